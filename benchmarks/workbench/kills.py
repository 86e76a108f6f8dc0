"""`python -m benchmarks.workbench.kills [--times 50]`: kill -9 at random points, and nothing is lost or half-made.

Each round starts `fairlead serve` on the same home, uploads a list of fictional suppliers, puts it into the data,
begins an assessment, and after a random while kills the server, the worker, or both with SIGKILL: in the middle of an
upload, of reading, of a commit, of an assessment, or between them. Then the workbench is started again and the work
that was begun is waited for. What is checked after each restart, and at the end:

- what the server acknowledged is there: every upload with its bytes, every commit either whole or told as failed,
  every assessment whole or told as failed;
- nothing half-made is visible: the number of parties that a reader sees is always that of whole imports;
- nothing staged is left over, and the sealed log holds.

Ends with 1 where something does not hold.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil
import requests

SLUG: Final = "harbour"
#: Rows of each list, each a party of its own with no likeness to another.
ROWS: Final = 150
#: Seconds after which work that was begun has to be over when nobody kills anything.
PATIENCE: Final = 180
_WORDS: Final = [
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Heath",
    "Inlet",
    "Juniper",
    "Kestrel",
    "Laurel",
    "Meadow",
    "Nettle",
    "Osprey",
    "Plover",
    "Quarry",
    "Rowan",
    "Saffron",
    "Thistle",
    "Umber",
    "Valley",
    "Willow",
    "Yarrow",
    "Zephyr",
]


@dataclass
class Ledger:
    """What the server acknowledged, and what was found wrong."""

    uploads: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)
    assessments: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def suppliers(round_number: int) -> bytes:
    """Return a list of suppliers whose names are like none of another round."""
    chance = random.Random(round_number)
    lines = ["Supplier,Country,Product,Registration number"]
    for row in range(ROWS):
        name = f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {round_number * ROWS + row:05d} Works"
        lines.append(f"{name},KAZ,cotton fabric,R{round_number:03d}{row:05d}")
    return "\n".join(lines).encode()


class Workbench:
    """The running program and a signed-in session."""

    def __init__(self, port: int, session: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port, self._session = port, session
        self._process: subprocess.Popen[bytes] | None = None
        self.client = requests.Session()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fairlead", "serve", "--port", str(self._port)],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.client = requests.Session()
        self.client.cookies.set("sessionid", self._session)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(requests.RequestException):
                if self.get("parties/").ok:
                    return
            time.sleep(0.2)
        raise SystemExit("the workbench does not start")

    def get(self, page: str) -> requests.Response:
        """Open a page of the organisation."""
        return self.client.get(f"{self.url}/o/{SLUG}/{page}", timeout=60)

    def post(self, page: str, form: dict[str, Any], files: Any = None) -> requests.Response:
        """Send a form as a browser would, without following where it leads."""
        if "csrftoken" not in self.client.cookies:
            self.get("organisation/")
        form = {**form, "csrfmiddlewaretoken": self.client.cookies.get("csrftoken", "")}
        return self.client.post(
            f"{self.url}/o/{SLUG}/{page}", data=form, files=files, timeout=120, allow_redirects=False
        )

    def kill(self, whom: str) -> None:
        """Kill the server, the worker, or everything, without warning."""
        assert self._process is not None
        main = psutil.Process(self._process.pid)
        children = main.children(recursive=True)
        chosen = [child for child in children if whom == "everything" or _is(child, whom)]
        for process in [*chosen, *([main] if whom == "everything" else [])]:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        self._end()

    def stop(self) -> None:
        """Stop it in the ordinary way."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._end()

    def _end(self) -> None:
        """Wait until the program has ended, which it does by itself when one of its processes is gone."""
        assert self._process is not None
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _is(process: psutil.Process, whom: str) -> bool:
    with suppress(psutil.NoSuchProcess):
        command = " ".join(process.cmdline())
        return "granian" in command if whom == "server" else "django work" in command
    return False


def unhurt_round(bench: Workbench, ledger: Ledger) -> float:
    """Work once without being killed; return the seconds from the upload to the end of the assessment."""
    from fairlead.web.jobs.models import Job

    bench.start()
    began = time.monotonic()
    _work(0, bench, ledger)
    _until(lambda: not Job.objects.filter(state__in=["waiting", "running"]).exists())
    took = time.monotonic() - began
    bench.stop()
    return took


def one_round(number: int, bench: Workbench, ledger: Ledger, chance: random.Random, length: float) -> None:
    """Work and be killed somewhere in it, at any of the seconds that the whole takes."""
    bench.start()
    whom = chance.choice(("server", "worker", "everything"))
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(bench, ledger, over))
    watcher.start()
    killer = threading.Timer(chance.uniform(0.0, length), bench.kill, args=(whom,))
    killer.start()
    with suppress(requests.RequestException, LookupError):
        _work(number, bench, ledger)
    killer.join()
    over.set()
    watcher.join()
    ledger.kills[whom] = ledger.kills.get(whom, 0) + 1


def _work(number: int, bench: Workbench, ledger: Ledger) -> None:
    """Upload a list, put it into the data, assess. Raises LookupError where the work does not come so far."""
    answer = bench.post("imports/add/", {}, {"lists": (f"round-{number}.csv", suppliers(number), "text/csv")})
    upload = int(_part_of(bench, answer, "imports"))
    ledger.uploads.append(upload)
    _until(lambda: _previewed(bench, upload) is not None)
    seen = {"preview": _previewed(bench, upload)}
    if bench.post(f"imports/{upload}/commit/", seen).status_code == requests.codes.found:
        ledger.commits.append(upload)
    answer = bench.post("assessments/begin/", {"as_of": "2026-11-26", "note": f"round {number}"})
    if answer.status_code == requests.codes.found:
        ledger.assessments += 1


def _previewed(bench: Workbench, upload: int) -> str | None:
    """Return which preview the page of an import shows, as its form sends it; null while it is being read."""
    found = re.search(r'name="preview" value="([^"]*)"', bench.get(f"imports/{upload}/").text)
    return found[1] if found else None


def _part_of(bench: Workbench, answer: requests.Response, feature: str) -> str:
    """Return the number in the address that an upload leads to: of the import, or of its job."""
    if answer.status_code != requests.codes.found:
        raise LookupError(answer.status_code)
    parts = answer.headers["Location"].strip("/").split("/")
    if feature in parts:
        return parts[parts.index(feature) + 1]
    from fairlead.web.jobs.models import Job

    return Job.objects.get(pk=int(parts[parts.index("jobs") + 1])).subject


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise LookupError
        time.sleep(0.1)


def _watch(bench: Workbench, ledger: Ledger, over: threading.Event) -> None:
    """Look at the data as any reader would: always whole imports."""
    from django.db import connection

    from fairlead.web.parties.models import Party

    while not over.wait(0.05):
        seen = Party.live.count()
        if seen % ROWS:
            ledger.wrong.append(f"a reader saw {seen} parties, which is no number of whole imports")
    connection.close()


def settle(bench: Workbench, ledger: Ledger) -> None:
    """Start once more and wait until all work is over; then look whether everything holds."""
    from fairlead.web.jobs.models import Job

    bench.start()
    try:
        _until(lambda: not Job.objects.filter(state__in=["waiting", "running"]).exists())
    except LookupError:
        ledger.wrong.append("work that was begun is not over after a restart")
    bench.stop()
    ledger.wrong += check(ledger)


def check(ledger: Ledger) -> list[str]:
    """Return what does not hold of what was acknowledged."""
    from django.conf import settings

    from fairlead.web.assessments.models import Assessment
    from fairlead.web.audit.chain import verify
    from fairlead.web.imports.models import Import, ImportFile
    from fairlead.web.jobs.models import Job
    from fairlead.web.parties.models import Link, Party, RecordState, Site

    wrong = []
    kept = {path.name for path in Path(settings.FILES).rglob("*") if path.is_file()}
    for number in ledger.uploads:
        if not Import.objects.filter(pk=number).exists():
            wrong.append(f"upload {number} was acknowledged and is gone")
    for file in ImportFile.objects.all():
        if not any(file.sha256 in name for name in kept):
            wrong.append(f"the bytes of {file.name} are gone")
    for number in ledger.commits:
        state = Import.objects.get(pk=number).state
        live = Party.live.filter(import_batch=number).count()
        failed = Job.objects.filter(kind__contains="commit", subject=str(number), state="failed").exists()
        if (state, live) != ("committed", ROWS) and not (failed and live == 0):
            wrong.append(f"import {number} was acknowledged and is {state} with {live} parties")
    for model in (Party, Site, Link):
        staged = model.objects.filter(state=RecordState.STAGED).count()
        if staged:
            wrong.append(f"{staged} staged rows of {model.__name__} are left over")
    if Assessment.objects.count() < ledger.assessments:
        wrong.append("an assessment was acknowledged and is gone")
    wrong += [str(broken) for broken in verify().breaks]
    return wrong


def measure(times: int, seed: int) -> int:
    """Run all rounds, tell what came of them, return 1 where something does not hold."""
    from benchmarks.workbench.users import free_port, prepare
    from fairlead.web.site.serve import prepare as prepare_database

    prepare_database()
    [session] = prepare(1, parties=0)
    bench, ledger, chance = Workbench(free_port(), session), Ledger(), random.Random(seed)
    length = unhurt_round(bench, ledger)
    print(f"a round that nobody hurts takes {length:.1f} s", flush=True)
    for number in range(1, times + 1):
        one_round(number, bench, ledger, chance, length)
        if number % 5 == 0 or number == times:
            settle(bench, ledger)
        print(f"round {number}: {len(ledger.uploads)} uploads, {len(ledger.commits)} commits,"
              f" {ledger.assessments} assessments acknowledged; {len(ledger.wrong)} wrong", flush=True)  # fmt: skip
    kills = ", ".join(f"{whom} {count}" for whom, count in sorted(ledger.kills.items()))
    print(f"\n{times} kills ({kills}); {len(ledger.wrong)} things do not hold")
    for what in dict.fromkeys(ledger.wrong):
        print(f"  {what}")
    return 1 if ledger.wrong else 0


def main() -> int:
    """Read the command line and measure in a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fairlead-kills-") as home:
        os.environ["FAIRLEAD_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "fairlead.web.site.settings"
        os.environ.setdefault("FAIRLEAD_LOG_LEVEL", "ERROR")
        return measure(arguments.times, arguments.seed)


if __name__ == "__main__":
    sys.exit(main())
