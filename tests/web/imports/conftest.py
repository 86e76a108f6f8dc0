"""Lists to upload, and a folder for what is kept of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairlead.web.imports.models import Import
from fairlead.web.parties.models import PartyIdentifier
from tests.web.conftest import Cast

#: A number that passes the check of its scheme.
BIN = "970540000127"

LIST = """Supplier,BIN,Country,Address,City,Product,"Spend, KZT",Workers
"Blue Heron Textiles LLP",BIN_,Kazakhstan,"5 Quay st.",Aktau,cotton workwear,1000,20
"Amber Kiln Bricks LLP",,Kazakhstan,"7 Clay st.",Almaty,bricks,2500.50,35
"Silent Orchard Tea LLP",,Kazakhstan,"9 Hill st.",Astana,tea,300,12
Total,,,,,,3800.50,
""".replace("BIN_", BIN)


@pytest.fixture(autouse=True)
def number(cast: Cast) -> None:
    """The known supplier of the ministry has the number that stands in the list."""
    PartyIdentifier.objects.create(party=cast.supplier, scheme="KZ-BIN", value=BIN, valid=True)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    """The folder of uploaded files."""
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


Upload = Callable[..., Import]


@pytest.fixture
def upload(cast: Cast) -> Upload:
    """Uploads a list as the analyst of the ministry and returns its import, read."""

    def done(content: str | bytes = LIST, name: str = "suppliers.csv", client: Client | None = None) -> Import:
        raw = content.encode() if isinstance(content, str) else content
        answer = (client or cast.client(cast.alice)).post(
            "/o/ministry/imports/add/", {"lists": [SimpleUploadedFile(name, raw)]}
        )
        assert answer.status_code == 302, answer.content.decode()
        return Import.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[1]))

    return done


def press(cast: Cast, one: Import, step: str, **data: str) -> Import:
    """Press a button on the page of an import; return the import as it is afterwards."""
    if step == "commit":
        data = {"preview": one.preview, **data}
    cast.client(cast.alice).post(f"/o/ministry/imports/{one.pk}/{step}/", data)
    one.refresh_from_db()
    return one
