"""The service over real HTTP on a free port, as OpenRefine would ask it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from fairlead.errors import OptionError
from fairlead.language import Language
from fairlead.reconcile import Catalogue, ReconciliationApplication
from fairlead.reconcile.serve import open_server
from tests.reconcile.schemas import check


@pytest.fixture(scope="module")
def address(catalogue: Catalogue) -> Iterator[str]:
    with open_server(ReconciliationApplication(catalogue, Language("en")), 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def fetched(url: str, **form: str) -> bytes:
    body = urlencode(form).encode() if form else None
    with urllib.request.urlopen(url, body, timeout=10) as answer:
        content: bytes = answer.read()
    return content


def test_a_client_finds_its_way_from_the_manifest(address: str) -> None:
    manifest = json.loads(fetched(address))
    check(manifest, "manifest")
    batch = json.loads(fetched(address, queries=json.dumps({"q0": {"query": "Larkin Zephyr Foods"}})))
    check(batch, "batch")
    (candidate,) = batch["q0"]["result"]
    page = fetched(manifest["preview"]["url"].replace("{{id}}", quote(candidate["id"], safe="")))
    assert b"Larkin Zephyr Foods" in page
    entity = manifest["suggest"]["entity"]
    check(json.loads(fetched(f"{entity['service_url']}{entity['service_path']}?prefix=quil")), "entities")


def test_many_clients_at_once_get_the_same_answers(address: str) -> None:
    queries = json.dumps({"q0": {"query": "Quillon Harrow Weaving"}})
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: fetched(address, queries=queries), range(24)))
    assert len(set(answers)) == 1


def test_requests_are_not_logged(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    fetched(address, queries=json.dumps({"q0": {"query": "Jane Vestrel"}}))
    assert capfd.readouterr() == ("", "")


def test_a_port_that_is_taken_is_named(address: str, catalogue: Catalogue) -> None:
    port = int(address.rpartition(":")[2])
    with pytest.raises(OptionError, match=f"Port {port} cannot be used"):
        open_server(ReconciliationApplication(catalogue, Language("en")), port)


def test_the_command_says_what_to_paste(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("name,country\nQuillon Weaving,India\n", encoding="utf-8")
    (tmp_path / "vendors.csv").write_text("Supplier,Country\nLarkin Zephyr Foods,Kenya\n", encoding="utf-8")
    arguments = [
        "reconcile",
        "serve",
        str(tmp_path / "vendors.csv"),
        "--list",
        str(tmp_path / "own.csv"),
        "--port",
        "0",
    ]
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "fairlead", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as printed:
        lines = [printed.readline() for _ in range(5)]
        process.terminate()
        process.wait(timeout=10)
    assert lines[0].startswith("own.csv, edition ")
    assert lines[1].startswith("vendors.csv, edition ")
    assert "Add standard service" in lines[2]
    assert lines[3].strip().startswith("http://127.0.0.1:")
    assert "Stop it with Ctrl+C" in lines[4]
