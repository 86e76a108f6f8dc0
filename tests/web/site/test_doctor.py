"""The doctor names what is not well and what to do, and gives no secret away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy  # each starts the whole program


def doctor(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "fairlead", "doctor"],
        env={**given, "FAIRLEAD_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "NOT  migrations: "),
        ({"FAIRLEAD_PUBLIC_ULR": "x"}, "nothing reads FAIRLEAD_PUBLIC_ULR"),
        ({"FAIRLEAD_DATABASE_URL": "mysql://x/y"}, "a database of the kind “mysql”"),
        ({"FAIRLEAD_DATABASE_URL": "postgresql://u:hush@localhost:1/x"}, "NOT  database: does not answer"),
        ({"FAIRLEAD_PUBLIC_URL": "http://diligence.example"}, "NOT  public address: is not encrypted"),
        ({"FAIRLEAD_EMAIL_URL": "smtp://u:hush@localhost:1"}, "NOT  e-mail: the server does not answer"),
    ],
)
def test_what_is_not_well_is_named_with_what_to_do(settings: dict[str, str], says: str, tmp_path: Path) -> None:
    done = doctor(tmp_path, **settings)
    assert done.returncode == 1
    assert says in done.stdout
    assert "hush" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_secret_key_that_others_can_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("of a test, long enough to sign with, and nobody's")
    (tmp_path / "secret.key").chmod(0o644)
    done = doctor(tmp_path)
    assert f"chmod 600 {tmp_path / 'secret.key'}" in done.stdout
    assert "nobody's" not in done.stdout


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    done = doctor(tmp_path / "home")
    assert "NOT  home: " in done.stdout
    assert "Traceback" not in done.stderr
