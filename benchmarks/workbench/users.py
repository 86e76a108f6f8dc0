"""`python -m benchmarks.workbench.users [--users 200] [--minutes 10]`: many people at work at once, and no write lost.

Starts `fairlead serve` on an empty home with its default settings (or on FAIRLEAD_DATABASE_URL), fills it with
fictional parties, and lets simulated people read, search, correct parties and write notes, each with pauses to think.
They meet at few parties on purpose, so that conflicts happen. Every change that the server acknowledged goes into a
ledger; at the end each line of it is looked for in the history of the database, and the sealed log is verified.

Prints the time of answers by kind of request, errors, conflicts, acknowledged and lost writes. Ends with 1 where there
was an error or a lost write.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

SLUG: Final = "harbour"
#: People correct only so many parties, so that they get in each other's way.
CONTESTED: Final = 40
PARTIES: Final = 2_000
#: Seconds somebody thinks between two requests: the mean of an exponential distribution.
THINKING: Final = 4.0

#: Seconds after which a connection that nobody used is not used again: the server closes such ones after thirty.
IDLE: Final = 20.0

_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SEEN: Final = re.compile(r'name="seen" value="(\d+)"')
_NAME: Final = re.compile(r'name="name" value="([^"]*)"')


@dataclass
class Measured:
    """What happened, gathered from all people."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    ledger: list[tuple[str, str]] = field(default_factory=list)  # what was written, as acknowledged: table, words
    conflicts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """One person with a session: goes on until the end, and writes down what the server said."""

    def __init__(self, number: int, port: int, session: str, measured: Measured) -> None:
        self._number, self._port, self._measured = number, port, measured
        self._chance = random.Random(number)
        self._cookies = {"sessionid": session}
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0
        self._written = 0

    def work(self, until: float) -> None:
        """Do one thing after the other."""
        time.sleep(self._chance.uniform(0, THINKING))
        deeds = (self.look, self.search, self.read, self.correct, self.correct, self.note)
        while time.monotonic() < until:
            self._chance.choice(deeds)()
            time.sleep(self._chance.expovariate(1 / THINKING))

    def look(self) -> None:
        """Open the overview."""
        self._get("overview", f"/o/{SLUG}/overview/")

    def search(self) -> None:
        """Search the list of parties."""
        self._get("search", f"/o/{SLUG}/parties/?q=party+{self._chance.randrange(PARTIES)}")

    def read(self) -> None:
        """Open a party."""
        self._get("party", f"/o/{SLUG}/parties/{self._uid(PARTIES)}/")

    def correct(self) -> None:
        """Change the note of a party that others change as well."""
        address = f"/o/{SLUG}/parties/{self._uid(CONTESTED)}/edit/"
        status, page = self._get("form", address)
        found = _TOKEN.search(page), _SEEN.search(page), _NAME.search(page)
        if status != http.HTTPStatus.OK or None in found:
            return
        token, seen, name = (match.group(1) for match in found if match)
        words = self._words()
        form = {"csrfmiddlewaretoken": token, "seen": seen, "name": name, "kind": "company", "note": words}
        status, _page = self._post("correct", address, form)
        if status == http.HTTPStatus.FOUND:
            self._acknowledged("party", words)
        elif status == http.HTTPStatus.CONFLICT:
            with self._measured.lock:
                self._measured.conflicts += 1
        else:
            self._error(f"correct answered {status}")

    def note(self) -> None:
        """Write a note beside a corrective action."""
        address = f"/o/{SLUG}/actions/act_{self._chance.randrange(CONTESTED)}/"
        status, page = self._get("action", address)
        token = _TOKEN.search(page)
        if status != http.HTTPStatus.OK or token is None:
            return
        words = self._words()
        status, _page = self._post("note", f"{address}note/", {"csrfmiddlewaretoken": token.group(1), "words": words})
        if status == http.HTTPStatus.FOUND:
            self._acknowledged("event", words)
        else:
            self._error(f"note answered {status}")

    def _words(self) -> str:
        self._written += 1
        return f"person {self._number} writes {self._written}"

    def _uid(self, most: int) -> str:
        return f"pty_{self._chance.randrange(most):016x}"

    def _acknowledged(self, table: str, words: str) -> None:
        with self._measured.lock:
            self._measured.ledger.append((table, words))

    def _error(self, what: str) -> None:
        with self._measured.lock:
            self._measured.errors.append(what)

    def _get(self, kind: str, address: str) -> tuple[int, str]:
        return self._ask(kind, "GET", address, None)

    def _post(self, kind: str, address: str, form: Mapping[str, str]) -> tuple[int, str]:
        return self._ask(kind, "POST", address, urlencode(form))

    def _ask(self, kind: str, method: str, address: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.monotonic()
        try:
            if self._connection is None or begun - self._used > IDLE:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            self._connection.request(method, address, body, headers)
            answer = self._connection.getresponse()
            page = answer.read().decode("utf-8", "replace")
            self._used = time.monotonic()
        except (OSError, http.client.HTTPException) as error:
            self._connection = None
            self._error(f"{kind}: {type(error).__name__}")
            return 0, ""
        with self._measured.lock:
            self._measured.seconds[kind].append(time.monotonic() - begun)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            self._error(f"{kind} answered {answer.status}")
        return answer.status, page


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def prepare(users: int, *, parties: int = PARTIES) -> list[str]:
    """Make the organisation, its people, so many parties, and actions; return a session for each person."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction

    from fairlead.web.accounts.models import User
    from fairlead.web.actions.models import CorrectiveAction
    from fairlead.web.organisations.capabilities import Role
    from fairlead.web.organisations.models import Membership, Organisation
    from fairlead.web.parties.models import Party
    from fairlead.web.parties.save import derive

    organisation = Organisation.objects.create(name="Harbour Office", slug=SLUG)
    made = []
    for number in range(parties):
        party = Party(organisation=organisation, uid=f"pty_{number:016x}", name=f"Party {number}", country="KAZ")
        derive(party, ())
        made.append(party)
    sessions = []
    with transaction.atomic():
        for party in made:
            party.save()
        for number, party in enumerate(made[:CONTESTED]):
            CorrectiveAction.objects.create(
                organisation=organisation, uid=f"act_{number}", party=party, words="Give the documents back"
            )
        for number in range(users):
            user = User(email=f"person{number}@harbour.example")
            user.set_unusable_password()
            user.save()
            Membership.objects.create(organisation=organisation, user=user, role=Role.CASE_LEAD)
            store = SessionStore()
            store[SESSION_KEY] = str(user.pk)
            store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
            store[HASH_SESSION_KEY] = user.get_session_auth_hash()
            store.save()
            sessions.append(str(store.session_key))
    return sessions


@contextmanager
def served(port: int) -> Iterator[None]:
    """Run `fairlead serve` and stop it at the end."""
    command = [sys.executable, "-m", "fairlead", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(port, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(3_000):
        if process.poll() is not None:
            raise SystemExit("the server did not start")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not answer within five minutes")


def lost(ledger: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the acknowledged writes that the database does not know."""
    from fairlead.web.actions.models import ActionEvent
    from fairlead.web.parties.models import Party

    kept = {("party", words) for words in Party.history.values_list("note", flat=True)}
    kept |= {("event", words) for words in ActionEvent.objects.values_list("words", flat=True)}
    return [line for line in ledger if line not in kept]


def measure(users: int, minutes: float) -> int:
    """Run the whole of it and print what came of it; return 1 where something was wrong."""
    from fairlead.web.site.serve import prepare as prepare_database

    prepare_database()
    sessions = prepare(users)
    port, measured = free_port(), Measured()
    with served(port):
        until = time.monotonic() + 60 * minutes
        people = [Person(number, port, session, measured) for number, session in enumerate(sessions)]
        threads = [threading.Thread(target=person.work, args=(until,), daemon=True) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return report(measured, users, minutes)


def report(measured: Measured, users: int, minutes: float) -> int:
    """Print the figures; return 1 where there was an error, a lost write or a break in the log."""
    from fairlead.web.audit.chain import verify

    missing, verified = lost(measured.ledger), verify()
    count = sum(len(seconds) for seconds in measured.seconds.values())
    print(f"{users} people, {minutes:g} minutes: {count:,} requests, {count / (60 * minutes):.1f} a second\n")
    print(f"{'request':<10} {'count':>7} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}")
    for kind, seconds in sorted(measured.seconds.items()):
        ordered = sorted(seconds)
        at = [1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99)]
        print(f"{kind:<10} {len(ordered):>7,} " + " ".join(f"{one:>7.0f}" for one in at))
    print(
        f"\n{len(measured.errors)} errors, {measured.conflicts:,} conflicts shown to the person,"
        f" {len(measured.ledger):,} writes acknowledged, {len(missing)} of them lost;"
        f" {sum(verified.lines.values()):,} lines of the log verified, {len(verified.breaks)} breaks"
    )
    for what in sorted(set(measured.errors))[:10]:
        print(f"  {measured.errors.count(what):>5} x {what}")
    return 1 if measured.errors or missing or verified.breaks else 0


def main() -> int:
    """Read the command line and measure in a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fairlead-users-") as home:
        os.environ["FAIRLEAD_HOME"] = str(Path(home))
        os.environ["DJANGO_SETTINGS_MODULE"] = "fairlead.web.site.settings"
        os.environ.setdefault("FAIRLEAD_LOG_LEVEL", "ERROR")
        return measure(arguments.users, arguments.minutes)


if __name__ == "__main__":
    sys.exit(main())
