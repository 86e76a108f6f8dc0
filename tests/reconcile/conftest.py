"""A small catalogue of fictional parties, and the application that answers for it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from wsgiref.validate import validator

import orjson
import pytest

from fairlead.language import Language
from fairlead.model.vocabulary import PartyKind
from fairlead.reconcile import Catalogue, ReconciliationApplication, make_catalogue
from fairlead.screen import About, ListEntry, ListIdentifier, ListName, WatchList
from tests.screen.builders import AS_OF

LISTED = WatchList(
    "list_0123456789abcdef",
    "own.csv",
    "2026-01-31",
    "0" * 64,
    (
        ListEntry(
            entry_id="E1",
            name="Quillon Harrow Weaving",
            aliases=(ListName("Квиллон Харроу"),),
            countries=("IND",),
            kind=PartyKind.COMPANY,
            identifiers=(ListIdentifier("5493001KJTIIGC8Y1R12", "LEI"),),
            programme="Import ban",
            from_date="2021-06-24",
            locator="own.csv:2",
        ),
        ListEntry(
            entry_id="E2", name="Brook Stroy <script>alert(1)</script>", countries=("RUS",), to_date="2025-06-30"
        ),
        ListEntry(
            entry_id="E3", name="Jane Vestrel Harrow", kind=PartyKind.PERSON, countries=("PAN",), born=("1960-02-13",)
        ),
    ),
    About.IMPORT_BAN,
)
OWN = WatchList(
    "suppliers",
    "vendors.xlsx",
    "ab12cd34ef56",
    "1" * 64,
    (
        ListEntry(entry_id="pty_1", name="Quillon Harrow Weaving Ltd", countries=("IND",), locator="vendors.xlsx:A:2"),
        ListEntry(entry_id="pty_2", name="Larkin Zephyr Foods", countries=("KEN",), locator="vendors.xlsx:A:3"),
    ),
    About.OTHER,
)


@dataclass(frozen=True)
class Answer:
    """An answer of the application: status, headers, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return make_catalogue([LISTED, OWN], AS_OF)


@pytest.fixture(scope="session")
def ask(catalogue: Catalogue) -> Ask:
    """Ask the application, which is checked against the WSGI specification at the same time."""
    application = validator(ReconciliationApplication(catalogue, Language("en")))

    def asked(path: str = "/", method: str = "GET", body: bytes | str | dict[str, Any] = b"", **options: str) -> Answer:
        if isinstance(body, dict):
            body = urlencode(
                {name: value if isinstance(value, str) else orjson.dumps(value) for name, value in body.items()}
            )
        content = body.encode() if isinstance(body, str) else body
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8484",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8484",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(content)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(content),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **options,
        }
        told: list[Any] = []
        found = application(environ, lambda status, headers, *_: told.extend((status, dict(headers))))
        answer = b"".join(found)
        found.close()
        return Answer(int(told[0].split()[0]), told[1], answer)

    return asked
