"""`python -m benchmarks.workbench.load --home FOLDER [--rate 20] [--seconds 60]`: how long pages take under load.

FOLDER is a home that `python -m benchmarks.workbench.fill` filled. Server and background worker are started as
`fairlead serve` starts them, with their default settings, and an administrator is signed in. Requests come at fixed
times, so many a second, whether or not earlier ones were answered (an open loop), and the time of an answer counts from
the time at which its request was due: a server that stalls is not spared the queue behind it. A mix of pages is asked
for in turn, at places chosen with a fixed seed: lists with search, filters, other orders and deep pages; parties; the
picture of the chain, walking in it, the map; evidence; the log.

Before the minute that counts every page is asked for twice. Prints for each page p50, p95 and p99 in milliseconds and
errors (an answer that is not 200, or none in 30 seconds), and how busy the machine was. A page that this version does
not have is left out.
"""

from __future__ import annotations

import argparse
import http.client
import math
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from benchmarks.workbench.fill import SLUG, set_up

#: Pages with how often each is asked for; {party} is one of the parties, {hub} the one with the most links, {page} one
#: of a hundred deep pages.
MIX: Final[Mapping[str, int]] = {
    "parties/": 3,
    "parties/?q=alatau+steel": 2,
    "parties/?q=zzyzx": 1,
    "parties/?country=KAZ&band=high": 2,
    "parties/?supplies=bricks_clay": 1,
    "parties/?order=name": 1,
    "parties/?page={page}": 2,
    "parties/{party}/": 4,
    "overview/": 1,
    "chain/": 3,
    "chain/?from={party}": 4,
    "chain/?from={hub}": 1,
    "chain/?band=high&country=KAZ": 1,
    "chain/map/": 2,
    "chain/map/?country=KAZ": 1,
    "chain/links/": 2,
    "chain/links/?kind=owns": 1,
    "chain/links/?q=alatau+steel": 1,
    "chain/links/?page={page}": 1,
    "chain/links/?party={party}": 1,
    "chain/links/?party={hub}": 1,
    "chain/sites/": 1,
    "chain/sites/?country=KAZ": 1,
    "chain/sites/?q=alatau+steel": 1,
    "chain/sites/?party={party}": 1,
    "evidence/": 2,
    "evidence/?page={page}": 1,
    "evidence/?q=alatau+steel": 1,
    "evidence/?finding=fees_paid": 1,
    "evidence/?party={party}": 1,
    "audit/": 1,
    "audit/?page={page}": 1,
}
_WAIT: Final = 30


@dataclass
class Measured:
    """Milliseconds of each page's answers, and how many went wrong."""

    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True)
class Browser:
    """Somebody who is signed in: the port of the server and the cookie of the session."""

    port: int
    cookie: str

    def get(self, path: str) -> int:
        """Ask for a page and read it to its end; return the status, 0 where there was no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_WAIT)
        try:
            connection.request("GET", f"/o/{SLUG}/{path}", headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except OSError:
            return 0
        finally:
            connection.close()


def signed_in_cookie() -> str:
    """Return the cookie of a new session of the administrator."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from fairlead.web.accounts.models import User

    user = User.objects.get()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def served(home: Path) -> Iterator[int]:
    """Run `fairlead serve` on a free port; yields it when the first page is answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "FAIRLEAD_HOME": str(home), "FAIRLEAD_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "fairlead", "serve", "--port", str(port)],
        env=environment, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        for _ in range(600):
            if Browser(port, "").get("parties/"):
                break
            time.sleep(0.2)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def places() -> dict[str, list[str]]:
    """Return what stands for each name in braces."""
    from django.db.models import Count

    from fairlead.web.parties.models import Link, Party

    busiest = Link.objects.filter(to_party__isnull=False).values("to_party").annotate(count=Count("pk"))
    hub = Party.objects.get(pk=busiest.order_by("-count").values_list("to_party", flat=True)[0])
    count = Party.objects.count()
    step = max(1, count // 500)
    pages = max(2, count // 50)
    return {
        "party": [f"pty_{number:016x}" for number in range(1, count, step)],
        "hub": [hub.uid],
        "page": [str(number) for number in range(1, pages, max(1, pages // 100))],
    }


def load(browser: Browser, rate: float, seconds: float, without: Sequence[str] = (), *, seed: int = 7) -> Measured:
    """Ask for the mix of pages, so many a second at fixed times; return how long the answers took."""
    rng, there, measured, lock = random.Random(seed), places(), Measured(), threading.Lock()

    def filled(page: str) -> str:
        return page.format(**{name: rng.choice(values) for name, values in there.items()})

    asked = [page for page in MIX if not page.startswith(tuple(without))]
    pages = [page for page in asked if all(browser.get(filled(page)) != 404 for _ in range(2))]
    mix = [page for page in pages for _ in range(MIX[page])]

    def ask(page: str, path: str, due: float) -> None:
        status = browser.get(path)
        with lock:
            if status:
                measured.times[page].append((time.perf_counter() - due) * 1000)
            measured.errors[page] += status != 200

    waiting: list[threading.Thread] = []
    began = time.perf_counter() + 0.5
    rng.shuffle(mix)
    for number in range(int(rate * seconds)):
        page, due = mix[number % len(mix)], began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        thread = threading.Thread(target=ask, args=(page, filled(page), due))
        thread.start()
        waiting.append(thread)
    for thread in waiting:
        thread.join()
    return measured


def tell(measured: Measured) -> None:
    """Print a line for each page, the slowest first, and one for all."""

    def line(name: str, times: list[float], errors: int) -> str:
        ordered = sorted(times) or [math.nan]
        at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99)]
        return f"| {name} | {len(times)} | {at[0]:.0f} | {at[1]:.0f} | {at[2]:.0f} | {errors} |"

    print("| page | requests | p50 ms | p95 ms | p99 ms | errors |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for page, times in sorted(measured.times.items(), key=lambda each: -max(each[1], default=0)):
        print(line(page, times, measured.errors[page]))
    every = [one for times in measured.times.values() for one in times]
    print(line("all", every, sum(measured.errors.values())))


def measure(home: Path, rate: float, seconds: float, without: Sequence[str] = ()) -> None:
    """Serve a filled home, load it and print what was measured."""
    set_up(home)
    with served(home) as port:
        psutil.cpu_percent(percpu=False)
        measured = load(Browser(port, signed_in_cookie()), rate, seconds, without)
        busy = psutil.cpu_percent(percpu=False)
    tell(measured)
    one, five, _fifteen = os.getloadavg()
    print(
        f"\n{rate:g} requests a second for {seconds:g} s; {os.cpu_count()} processors, {busy:.0f} % busy; "
        f"load average {one:.1f} in one minute, {five:.1f} in five."
    )


def main() -> None:
    """Load a home as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbench.load", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a home that was filled")
    parser.add_argument("--rate", type=float, default=20, help="requests a second")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument(
        "--without", nargs="+", default=(), metavar="PAGE", help="pages to leave out, by their beginning"
    )
    arguments = parser.parse_args()
    measure(arguments.home, arguments.rate, arguments.seconds, arguments.without)


if __name__ == "__main__":
    main()
