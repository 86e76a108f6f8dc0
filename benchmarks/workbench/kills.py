"""`python -m benchmarks.workbench.kills [--times 50]`: kill -9 at random points, and nothing is lost or half-made.

Each round starts what is dead of server and worker on the same home, uploads a list of fictional suppliers, looks at
its preview, puts it into the data and assesses. It aims at one of these phases, waits until that has begun, and kills
the server, the worker, or both with SIGKILL at a random moment of the time that the phase takes. What stood in the
database at that moment is written down, so that the table at the end shows what the kills have hit. The next round
begins as if a minute had passed, and goes on beside the work that is taken up.

What is checked every few rounds and at the end:

- what the server acknowledged is there: every upload with its bytes, every commit either whole or told as failed,
  every assessment whole or told as failed;
- nothing half-made is visible: the number of parties that a reader sees, all the time, is that of whole imports, no
  import is without its files, no assessment that is done without a rating of it or a file of its snapshot;
- nothing staged is left over, and the sealed log holds.

Ends with 1 where something does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final

import psutil
import requests

from benchmarks.workbench.acknowledged import ROWS, Ledger, check

SLUG: Final = "harbour"
#: Seconds after which work that was begun has to be over when nobody kills anything.
PATIENCE: Final = 90
#: What a round does, one after the other; those that the worker does with the kind of their job.
PHASES: Final = ("upload", "reading", "preview", "committing", "assessing")
JOBS: Final = {"imports.read": "reading", "imports.commit": "committing", "assessment": "assessing"}
KILLED: Final = ("server", "worker", "everything")
#: So many rounds after each other until all work is waited for and everything is checked.
BETWEEN_CHECKS: Final = 5
_WORDS: Final = (
    "Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Heath", "Inlet",
    "Juniper", "Kestrel", "Laurel", "Meadow", "Nettle", "Osprey", "Plover", "Quarry", "Rowan",
    "Saffron", "Thistle", "Umber", "Valley", "Willow", "Yarrow", "Zephyr",
)  # fmt: skip


def suppliers(round_number: int) -> bytes:
    """Return a list of suppliers whose names are like none of another round."""
    chance = random.Random(round_number)
    lines = ["Supplier,Country,Product,Registration number"]
    for row in range(ROWS):
        name = f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {round_number * ROWS + row:05d} Works"
        lines.append(f"{name},KAZ,cotton fabric,R{round_number:03d}{row:05d}")
    return "\n".join(lines).encode()


class Workbench:
    """The running server and worker and a signed-in session; `doing` is what the person is in the middle of."""

    def __init__(self, port: int, session: str, log: Path) -> None:
        from fairlead.web.site.serve import Address, server_command, worker_command

        self.url = f"http://127.0.0.1:{port}"
        self._commands = {"server": server_command(Address("127.0.0.1", port)), "worker": worker_command()}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._session, self._log = session, log.open("ab")
        self.client = requests.Session()
        self.doing = ""
        self.killed = threading.Event()

    def start(self) -> None:
        """Start what does not run, as `fairlead serve` does, and wait until the server answers."""
        _a_minute_later({"worker"} - self._processes.keys())
        self.killed.clear()
        self.doing = ""
        for name in self._commands.keys() - self._processes.keys():
            self._processes[name] = subprocess.Popen(
                self._commands[name], start_new_session=True, stdout=subprocess.DEVNULL, stderr=self._log
            )
        self.client = requests.Session()
        self.client.cookies.set("sessionid", self._session)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(requests.RequestException):
                if self.get("parties/").ok:
                    return
            time.sleep(0.1)
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

    @contextmanager
    def in_the_middle_of(self, what: str) -> Iterator[None]:
        """Say that the person is doing something, until it is over."""
        self.doing = what
        yield
        self.doing = ""

    def kill(self, whom: str) -> None:
        """Kill the server, the worker, or everything, without warning; return when that is dead."""
        names = [name for name in self._processes if whom in {name, "everything"}]
        for name in names:
            main = psutil.Process(self._processes[name].pid)
            for process in (main, *main.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGKILL)
        for name in names:
            self._processes.pop(name).wait()


def _a_minute_later(gone: set[str]) -> None:
    """Put the signs of life of what a gone worker was at back by a minute, so that it is taken up without a wait."""
    from django.utils import timezone

    from fairlead.web.jobs.models import Job

    if gone:
        Job.objects.filter(state="running").update(beat_at=timezone.now() - timedelta(minutes=1))


def unhurt_round(number: int, bench: Workbench, ledger: Ledger) -> dict[str, float]:
    """Work once without being killed; return the seconds that each phase takes."""
    from fairlead.web.jobs.models import Job

    bench.start()
    lengths: dict[str, float] = {}
    _work(number, bench, ledger, lengths)
    for job in Job.objects.filter(state="done").order_by("pk"):
        if job.finished_at and job.started_at:
            lengths[JOBS[job.kind]] = (job.finished_at - job.started_at).total_seconds()
    return lengths


def one_round(
    number: int, bench: Workbench, ledger: Ledger, aim: tuple[str, str], moment: Callable[[str], float]
) -> str:
    """Work and be killed somewhere in the phase aimed at; return what the kill has hit."""
    bench.start()
    over, hit = threading.Event(), [""]
    phase, whom = aim

    def kill() -> None:
        if _until(lambda: over.is_set() or phase in _goes_on(bench), pause=0.005):
            time.sleep(moment(phase))
            doing = bench.doing
            bench.kill(whom)
            bench.killed.set()
            hit[0] = _hit(doing)
        _close_connection()

    threads = [threading.Thread(target=kill), threading.Thread(target=_watch, args=(ledger, over))]
    for thread in threads:
        thread.start()
    with suppress(requests.RequestException, LookupError):
        _work(number, bench, ledger, {})
    over.set()
    for thread in threads:
        thread.join()
    return hit[0] or "not reached"


def _goes_on(bench: Workbench) -> set[str]:
    """Return the phases that are going on now."""
    from fairlead.web.jobs.models import Job

    running = Job.objects.filter(state="running").values_list("kind", flat=True)
    return {bench.doing, *(JOBS[kind] for kind in running)}


def _hit(doing: str) -> str:
    """Return what was going on when the kill came: what the person did, else the phase and step of the worker."""
    from fairlead.web.jobs.models import Job

    job = Job.objects.filter(state="running").order_by("-pk").first()
    if doing or job is None:
        return doing or "between two phases"
    return f"{JOBS[job.kind]}: {job.step or 'just begun'}"


def _work(number: int, bench: Workbench, ledger: Ledger, lengths: dict[str, float]) -> None:
    """Upload a list, put it into the data, assess. Raises LookupError where the work does not come so far."""
    began = time.monotonic()
    with bench.in_the_middle_of("upload"):
        answer = bench.post("imports/add/", {}, {"lists": (f"round-{number}.csv", suppliers(number), "text/csv")})
    lengths["upload"] = time.monotonic() - began
    upload = _import_of(answer)
    ledger.uploads.append(upload)
    _or_give_up(bench, lambda: _previewed(bench, upload) is not None)
    began = time.monotonic()
    with bench.in_the_middle_of("preview"):
        for page in ("", "table/created/", "table/review/"):
            bench.get(f"imports/{upload}/{page}")
    lengths["preview"] = time.monotonic() - began
    _or_give_up(bench, lambda: _committed(bench, upload))
    ledger.commits.append(upload)
    _or_give_up(bench, lambda: not _goes_on(bench) & {"reading", "committing"})
    answer = bench.post("assessments/begin/", {"as_of": "2026-11-26", "note": f"round {number}"})
    if answer.status_code == requests.codes.found:
        ledger.assessments += 1
    _or_give_up(bench, _all_over)


def _previewed(bench: Workbench, upload: int) -> str | None:
    """Return which preview the page of an import shows, as its form sends it; null while it is being read."""
    found = re.search(r'name="preview" value="([^"]*)"', bench.get(f"imports/{upload}/").text)
    return found[1] if found else None


def _committed(bench: Workbench, upload: int) -> bool:
    """Commit what the preview shows; return False where it is refused, such as while another one is committed.

    A refusal comes with a sentence for the next page, in a cookie; an acknowledgement without.
    """
    preview = _previewed(bench, upload)
    if preview is None:
        return False
    answer = bench.post(f"imports/{upload}/commit/", {"preview": preview})
    return answer.status_code == requests.codes.found and "messages" not in answer.cookies


def _import_of(answer: requests.Response) -> int:
    """Return the number of the import in the address that an upload leads to."""
    found = re.search(r"/imports/(\d+)/", answer.headers.get("Location", ""))
    if answer.status_code != requests.codes.found or found is None:
        raise LookupError(answer.status_code)
    return int(found[1])


def _all_over() -> bool:
    from fairlead.web.jobs.models import Job

    return not Job.objects.filter(state__in=["waiting", "running"]).exists()


def _or_give_up(bench: Workbench, holds: Callable[[], bool]) -> None:
    """Wait until something holds. Raises LookupError where the workbench is killed meanwhile, or it takes too long."""
    if not _until(lambda: bench.killed.is_set() or holds()) or bench.killed.is_set():
        raise LookupError


def _until(holds: Callable[[], bool], *, pause: float = 0.05) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True


def _watch(ledger: Ledger, over: threading.Event) -> None:
    """Look at the data as any reader would: always whole imports."""
    from fairlead.web.parties.models import Party

    while not over.wait(0.05):
        seen = Party.live.count()
        if seen % ROWS:
            ledger.wrong.append(f"a reader saw {seen} parties, which is no number of whole imports")
    _close_connection()


def _close_connection() -> None:
    from django.db import connection

    connection.close()


def settle(bench: Workbench, ledger: Ledger) -> None:
    """Start what was killed and wait until all work is over; then look whether everything holds."""
    bench.start()
    if not _until(_all_over):
        ledger.wrong.append("work that was begun is not over after a restart")
    bench.get("imports/")  # whoever looks is told of work that was given up
    ledger.wrong += check(ledger)


def measure(times: int, seed: int) -> int:
    """Run all rounds, tell what came of them, return 1 where something does not hold."""
    from benchmarks.workbench.users import free_port, prepare
    from fairlead.web.site.serve import prepare as prepare_database

    prepare_database()
    [session] = prepare(1, parties=0)
    log = Path(os.environ["FAIRLEAD_HOME"]) / "log"
    bench, ledger, chance = Workbench(free_port(), session, log), Ledger(), random.Random(seed)
    try:
        return _rounds(times, bench, ledger, chance, log)
    finally:
        bench.kill("everything")  # also where the benchmark itself is stopped, and before its home goes


def _rounds(times: int, bench: Workbench, ledger: Ledger, chance: random.Random, log: Path) -> int:
    lengths = unhurt_round(0, bench, ledger)
    told = ", ".join(f"{phase} {lengths[phase]:.2f} s" for phase in PHASES)
    print(f"a round that nobody hurts: {told}\n", flush=True)
    began, hits, aims = time.monotonic(), Counter[tuple[str, str]](), list[tuple[str, str]]()
    for number in range(1, times + 1):
        if not aims:
            aims = list(product(PHASES, KILLED))
            chance.shuffle(aims)
        phase, whom = aims.pop()
        # Rather early than late: a worker that has loaded the engine is faster than the one that was measured.
        hit = one_round(number, bench, ledger, (phase, whom), lambda one: lengths[one] * chance.random() ** 2)
        hits[hit, whom] += 1
        if number % BETWEEN_CHECKS == 0 or number == times:
            settle(bench, ledger)
        print(f"{number:>3} {time.monotonic() - began:>5.0f} s  {phase + ', ' + whom:<24} hit {hit:<54}"
              f" {len(ledger.uploads)} uploads, {len(ledger.commits)} commits, {ledger.assessments} assessments;"
              f" {len(ledger.wrong)} wrong", file=sys.stderr, flush=True)  # fmt: skip
    report(hits, ledger, log)
    return 1 if ledger.wrong else 0


def report(hits: Counter[tuple[str, str]], ledger: Ledger, log: Path) -> None:
    """Print in the middle of what the kills came, what does not hold, and what the program logged as errors."""
    print(f"\n{'killed in the middle of':<54}" + "".join(f"{whom:>12}" for whom in KILLED))
    for hit in sorted({hit for hit, _whom in hits}, key=lambda hit: (_place(hit), hit)):
        print(f"{hit:<54}" + "".join(f"{hits[hit, whom]:>12}" for whom in KILLED))
    kills = sum(count for (hit, _whom), count in hits.items() if hit != "not reached")
    print(f"\n{kills} kills; acknowledged: {len(ledger.uploads)} uploads, {len(ledger.commits)} commits,"
          f" {ledger.assessments} assessments; {len(ledger.wrong)} things do not hold")  # fmt: skip
    for what in dict.fromkeys(ledger.wrong):
        print(f"  {what}")
    told = (json.loads(line) for line in log.read_text("utf-8").splitlines() if line.startswith('{"at"'))
    for what, count in Counter(each["what"] for each in told if each["level"] == "ERROR").most_common(10):
        print(f"  logged as an error, {count} times: {what}")


def _place(hit: str) -> int:
    phase = hit.partition(":")[0]
    return PHASES.index(phase) if phase in PHASES else len(PHASES)


def main() -> int:
    """Read the command line and measure in a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="fairlead-kills-") as home:
        os.environ["FAIRLEAD_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "fairlead.web.site.settings"
        os.environ.setdefault("FAIRLEAD_LOG_LEVEL", "ERROR")
        os.environ.setdefault("FAIRLEAD_WORKERS", "1")  # starting takes most of a round
        return measure(arguments.times, arguments.seed)


if __name__ == "__main__":
    sys.exit(main())
