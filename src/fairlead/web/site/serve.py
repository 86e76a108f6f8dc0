"""Starts the server and the background worker together, and stops both together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from fairlead.errors import OptionError
from fairlead.web.site.environment import read_number

_SETTINGS: Final = "fairlead.web.site.settings"
#: Seconds that a process has to finish what it is doing when it is told to stop.
_GRACE: Final = 15


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        shown = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{shown}:{self.port}/"


def prepare() -> None:
    """Bring the database up to date and gather the static files."""
    from django import setup  # noqa: PLC0415 - settings are read here, after the environment is complete
    from django.core.management import call_command  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(address: Address, tell: Callable[[str], None]) -> int:
    """Run server and worker until one of them ends or the program is told to stop; return an exit code.

    Raises OptionError where the port is taken.
    """
    _refuse_taken(address)
    os.environ.setdefault("FAIRLEAD_PUBLIC_URL", address.url.rstrip("/"))
    prepare()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": _SETTINGS}
    processes = [_start(_server(address), environment), _start(_worker(), environment)]
    stop = _Stop()
    tell(f"Fairlead's workbench runs at {address.url}")
    tell("Stop it with Ctrl+C.")
    try:
        while not stop.asked and all(process.poll() is None for process in processes):
            time.sleep(0.2)
    finally:
        ended = [process for process in processes if process.poll() is not None]
        _end(processes)
    if stop.asked:
        tell("Stopped.")
        return 0
    tell("The server has ended by itself." if processes[0] in ended else "The worker has ended by itself.")
    return 1


class _Stop:
    """Remembers that Ctrl+C or a service manager asked the program to stop."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True


def _refuse_taken(address: Address) -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise OptionError(
                f"Port {address.port} of {address.host} cannot be used ({error.strerror}).",
                do="Stop what runs there, or give another with --port.",
            ) from error


def _server(address: Address) -> list[str]:
    workers = read_number("FAIRLEAD_WORKERS", 2)
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", address.host, "--port", str(address.port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--backlog", "1024"),
        *("--respawn-failed-workers", "--no-access-log", "--log-level", "warning"),
        "fairlead.web.site.wsgi:application",
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "django", "work"]


def _start(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that Ctrl+C in the terminal reaches only this program."""
    return subprocess.Popen(command, env=environment, start_new_session=os.name != "nt")


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + _GRACE
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
