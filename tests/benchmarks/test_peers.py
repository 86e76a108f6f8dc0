"""The peers' environment is made from a hashed lock, and where it cannot be made the benchmark says so and goes on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from benchmarks.identity import peers
from benchmarks.identity.data import ROOT

LOCK = peers.LOCK.read_text(encoding="utf-8")


def test_every_line_of_the_lock_is_pinned_and_hashed() -> None:
    packages = re.findall(r"^[A-Za-z0-9_.-]+(?:\[.*\])?==\S+ \\\n    --hash=sha256:", LOCK, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[A-Za-z]", LOCK, re.MULTILINE)) > 20


def test_the_lock_holds_the_versions_that_are_asked_for() -> None:
    wanted = re.findall(r"^(\S+)==(\S+)$", (peers.SCRIPTS / "requirements.in").read_text(), re.MULTILINE)
    assert ("nomenklatura", "4.17.4") in wanted
    for name, version in wanted:
        assert re.search(rf"^{re.escape(name)}=={re.escape(version)} ", LOCK, re.MULTILINE | re.IGNORECASE)


def test_the_environment_is_not_part_of_the_repository() -> None:
    assert ".venv-peers/" in (ROOT / ".gitignore").read_text().split()


@pytest.fixture
def no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(peers, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(peers, "STAMP", tmp_path / "peers-lock")
    return tmp_path


def test_without_a_compiler_it_says_what_to_install_and_goes_on(
    no_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1))
    assert not peers.available.__wrapped__()
    assert "g++ pkg-config libicu-dev" in capsys.readouterr().out
    assert not (no_environment / "peers-lock").exists()


def test_it_is_made_once(no_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: calls.append(1) or subprocess.CompletedProcess([], 0))
    assert peers.available.__wrapped__()
    assert peers.available.__wrapped__()
    assert len(calls) == 2  # venv and pip, the first time only
