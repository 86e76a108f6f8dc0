"""What was backed up comes back whole, on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import orjson
import pytest
from django.db import connection

pytestmark = pytest.mark.heavy  # each step starts the whole program

FAIRLEAD = [sys.executable, "-m", "fairlead"]

#: Makes an installation with people, a filled sandbox, an attached file and an updated reference table.
FILL = """
from fairlead.web.site.start import prepare
prepare()
from pathlib import Path
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from fairlead.web.files.store import store
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.jobs.run import run_job
from fairlead.web.organisations.forms import make_account
from fairlead.web.organisations.sandbox.make import make_sandbox
user = make_account("aru@reeds.example", "Aru Ә", "a quiet harbour at dawn", "kk")
sandbox = make_sandbox(user)
while (job := Job.objects.filter(state=JobState.WAITING).order_by("pk").first()) is not None:
    run_job.func(job.pk)
assert not Job.objects.exclude(state=JobState.DONE).exists()
store(SimpleUploadedFile("дәлел.txt", "дәлел".encode()), sandbox, user)
(Path(settings.HOME) / "reference").mkdir()
(Path(settings.HOME) / "reference" / "wages.csv").write_text("a,b\\n1,2\\n")
"""

#: Prints every row of every table as one hash by table, and every file of the folder with its hash.
COMPARE = """
import hashlib, orjson
from fairlead.web.site.start import set_up
set_up()
from pathlib import Path
from django.apps import apps
from django.conf import settings
from fairlead.web.audit.chain import verify
left_out = {"contenttypes.contenttype", "auth.permission", "sessions.session", "jobs.workerbeat"}
found = {}
for model in apps.get_models(include_auto_created=True):
    if model._meta.label_lower not in left_out:
        rows = [list(row) for row in model._base_manager.order_by("pk").values_list()]
        found[model._meta.label] = [len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()]
for path in sorted((Path(settings.HOME) / "files").rglob("*")) + sorted((Path(settings.HOME) / "reference").rglob("*")):
    if path.is_file():
        found[str(path.relative_to(settings.HOME))] = hashlib.sha256(path.read_bytes()).hexdigest()
found["breaks"] = len(verify().breaks)
print(orjson.dumps(found).decode())
"""


class Installation:
    """A folder and a database of their own, in which commands are run as a person would."""

    def __init__(self, home: Path, database: str) -> None:
        self.home, self.database = home, database
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FAIRLEAD_")},
            "FAIRLEAD_HOME": str(home),
            "FAIRLEAD_LOG_LEVEL": "WARNING",
            **({"FAIRLEAD_DATABASE_URL": database} if database else {}),
        }
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*FAIRLEAD, *words], env=self.environment, capture_output=True, text=True, check=False)

    def python(self, code: str) -> str:
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def content(self) -> dict[str, object]:
        return orjson.loads(self.python(COMPARE).splitlines()[-1])


def _new(folder: Path, name: str) -> Installation:
    """An installation on the kind of database on which the tests run."""
    (folder / name).mkdir()
    if connection.vendor != "postgresql":
        return Installation(folder / name, "")
    given = connection.settings_dict
    database = f"{name}_{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"
    import psycopg  # noqa: PLC0415 - only there

    with psycopg.connect(host=given["HOST"], user=given["USER"], dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{database}"')
    return Installation(folder / name, f"postgresql://{given['USER']}@{given['HOST'].replace('/', '%2F')}/{database}")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = _new(tmp_path_factory.mktemp("backup"), "filled")
    made.python(FILL)
    return made


@pytest.fixture(scope="module")
def archive(filled: Installation) -> Path:
    path = filled.home.parent / "backup.tar.gz"
    done = filled.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    return _new(tmp_path, "empty")


def test_everything_comes_back_into_an_empty_installation(
    filled: Installation, archive: Path, empty: Installation
) -> None:
    done = empty.run("restore", str(archive))
    assert done.returncode == 0, done.stderr
    before, after = filled.content(), empty.content()
    assert after == before
    assert after["parties.Party"][0] > 100
    assert after["breaks"] == 0
    assert any(name.startswith("files/") for name in after)
    assert (empty.home / "secret.key").read_bytes() == (filled.home / "secret.key").read_bytes()
    assert (empty.home / "secret.key").stat().st_mode & 0o077 == 0


def test_a_portable_backup_goes_into_sqlite_whatever_it_came_from(filled: Installation, tmp_path: Path) -> None:
    path = tmp_path / "portable.tar.gz"
    assert filled.run("backup", str(path), "--portable").returncode == 0
    (tmp_path / "moved").mkdir()
    moved = Installation(tmp_path / "moved", "")
    done = moved.run("restore", str(path))
    assert done.returncode == 0, done.stderr
    before, after = filled.content(), moved.content()
    assert {name: each[0] if isinstance(each, list) else each for name, each in after.items()} == {
        name: each[0] if isinstance(each, list) else each for name, each in before.items()
    }
    assert after["audit.AuditEntry"][0] > 0
    assert after["breaks"] == 0


def test_a_filled_installation_is_replaced_only_when_that_is_said_and_nothing_is_destroyed(
    filled: Installation, archive: Path, tmp_path: Path
) -> None:
    other = _new(tmp_path, "other")
    assert other.run("restore", str(archive)).returncode == 0
    refused = other.run("restore", str(archive))
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    (other.home / "reference" / "mine.csv").write_text("mine")
    replaced = other.run("restore", str(archive), "--replace")
    assert replaced.returncode == 0, replaced.stderr
    assert other.content() == filled.content()
    assert (other.home / "put-aside" / "1" / "reference" / "mine.csv").read_text() == "mine"


def test_the_manifest_has_the_hash_of_every_file(archive: Path) -> None:
    with tarfile.open(archive) as opened:
        content = {member.name: opened.extractfile(member).read() for member in opened}
    manifest = orjson.loads(content.pop("manifest.json"))
    assert {name: hashlib.sha256(each).hexdigest() for name, each in content.items()} == {
        name: entry["sha256"] for name, entry in manifest["files"].items()
    }
    assert manifest["kind"] == connection.vendor
    assert archive.stat().st_mode & 0o077 == 0


def test_a_backup_into_a_folder_that_is_not_there_is_refused(filled: Installation, tmp_path: Path) -> None:
    done = filled.run("backup", str(tmp_path / "nowhere" / "b.tar.gz"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
