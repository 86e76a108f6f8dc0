"""Runs the background worker: takes up what a crash interrupted, then does what is queued."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import Error, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from fairlead.engine.cycles import seldom_look_for_cycles
from fairlead.web.jobs.beat import gone, show_alive
from fairlead.web.jobs.regular import do_what_is_due
from fairlead.web.jobs.run import take_up_interrupted

log = logging.getLogger(__name__)

#: Seconds between two looks for interrupted work, and for regular work that is due.
_PAUSE: Final = 10
#: Seconds after which a database that does not answer, such as one that is started again, is asked once more.
_AWAY: Final = 3


class Command(BaseCommand):
    """`python -m django work`, which `fairlead serve` starts."""

    help = "Run the background worker."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        seldom_look_for_cycles()
        over = threading.Event()
        name = secrets.token_hex(8)

        def watch() -> None:
            look(name)  # at once: what was interrupted waits for nobody but this worker
            while not over.wait(_PAUSE):
                look(name)

        show_alive(name)

        threading.Thread(target=watch, name="watch for interrupted work", daemon=True).start()
        try:
            _work()
        finally:
            over.set()
            gone(name)


def look(name: str) -> None:
    """Show that the worker of this name lives, take up interrupted work and do what is due; next time if not now."""
    try:
        show_alive(name)
        take_up_interrupted()
        do_what_is_due(timezone.now())
    except Error:
        log.warning("the database does not answer: interrupted and regular work is looked for later")
    close_old_connections()


def _work() -> None:
    """Do what is queued until told to stop; a database that goes away is waited for."""
    while True:
        try:
            call_command("db_worker", interval=0.3, startup_delay=False, verbosity=1)
        except (OperationalError, InterfaceError):
            log.warning("the database does not answer: the worker asks again in %s seconds", _AWAY)
            close_old_connections()
            time.sleep(_AWAY)
        else:
            return
