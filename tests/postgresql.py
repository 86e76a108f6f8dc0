"""Runs the tests of the workbench on PostgreSQL: `./run test-postgres`, or python -m tests.postgresql [pytest options].

A server of its own is made in a temporary folder, reached only by a socket in it, and thrown away afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

#: An account without rights under which the server runs where the tests run as root, which PostgreSQL refuses.
UNPRIVILEGED = "postgres"


def binaries() -> Path:
    """The folder of PostgreSQL's programs: that of the newest version installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    if found:
        return found[-1].parent
    if named:
        return Path(named).resolve().parent
    sys.exit("PostgreSQL is not installed (Debian and Ubuntu: apt install postgresql).")


def _as_server(folder: Path) -> list[str]:
    """What stands before a command so that it runs as whoever may run the server; gives them the folder."""
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam(UNPRIVILEGED)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["runuser", "-u", UNPRIVILEGED, "--"]


def _run(*words: str | Path) -> None:
    subprocess.run([*words], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Start a server; the address of its database `fairlead`. Only where `durable` does a commit wait for the disk."""
    programs = binaries()
    with tempfile.TemporaryDirectory(prefix="fairlead-postgresql-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        before, data = _as_server(folder), folder / "data"
        made_as = ["--username=fairlead", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        _run(*before, programs / "initdb", "--pgdata", data, *made_as)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=100"
        options += "" if durable else " -c fsync=off"
        control = [*before, programs / "pg_ctl", "--pgdata", data, "--wait"]
        _run(*control, "--log", folder / "log", "--options", options, "start")
        try:
            _run(programs / "createdb", "--host", folder, "--username", "fairlead", "fairlead")
            yield f"postgresql://fairlead@{quote(str(folder), safe='')}/fairlead"
        finally:
            _run(*control, "--mode=immediate", "stop")


def main(options: Sequence[str]) -> int:
    """Run pytest with the workbench on a PostgreSQL of its own; its exit code."""
    with server() as address:
        path = os.pathsep.join([str(binaries()), os.environ.get("PATH", "")])
        environment = {**os.environ, "FAIRLEAD_DATABASE_URL": address, "PATH": path}
        asked = list(options) if any(not each.startswith("-") for each in options) else [*options, "tests/web"]
        command = [sys.executable, "-m", "pytest", "--numprocesses", "logical", "--dist", "loadfile", *asked]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
