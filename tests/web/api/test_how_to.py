"""What the how-to page shows with curl works, word for word, on a server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import Any

import pytest

from tests.docs.pages import DOCS, text
from tests.web.api.conftest import program
from tests.web.conftest import Cast

PAGE = DOCS / "how-to" / "use-the-api.md"
COMMANDS = re.findall(r"^curl .+$", text(PAGE), re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.django_db(transaction=True)
def test_every_call_of_the_page_does_what_the_page_says(live_server: Any, cast: Cast) -> None:
    environment = {**os.environ, "WORKBENCH": live_server.url, "TOKEN": program(cast.alice).secret, "NO_PROXY": "*"}

    def run(command: str) -> str:
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, env=environment)
        return done.stdout

    organisations, parties, added, read, changed, refused = [run(command) for command in COMMANDS]
    assert json.loads(organisations)["items"][0]["id"] == "ministry"
    assert [each["country"] for each in json.loads(parties)["items"]] == ["KAZ"]
    assert json.loads(added)["name"] == "Grey Gull Ltd"
    assert run(COMMANDS[2]) == added
    assert 'etag: "1"' in read.lower()
    assert (json.loads(changed)["tier"], json.loads(changed)["version"]) == (1, 2)
    assert json.loads(run(COMMANDS[4]))["status"] == 412
    assert json.loads(refused)["where"] == "body.colour"
