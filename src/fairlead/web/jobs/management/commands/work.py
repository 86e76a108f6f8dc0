"""Runs the background worker: takes up what a crash interrupted, then does what is queued."""

from __future__ import annotations

import secrets
import threading
from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from fairlead.web.jobs.beat import gone, show_alive
from fairlead.web.jobs.regular import do_what_is_due
from fairlead.web.jobs.run import take_up_interrupted

#: Seconds between two looks for interrupted work, and for regular work that is due.
_PAUSE: Final = 10


class Command(BaseCommand):
    """`python -m django work`, which `fairlead serve` starts."""

    help = "Run the background worker."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        over = threading.Event()
        name = secrets.token_hex(8)

        def watch() -> None:
            while not over.wait(_PAUSE):
                show_alive(name)
                take_up_interrupted()
                do_what_is_due(timezone.now())
                close_old_connections()

        show_alive(name)

        threading.Thread(target=watch, name="watch for interrupted work", daemon=True).start()
        try:
            call_command("db_worker", interval=0.3, startup_delay=False, verbosity=1)
        finally:
            over.set()
            gone(name)
