"""Starts the server and the background worker together, and stops both together."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from fairlead.errors import OptionError
from fairlead.web.site.environment import read, read_number
from fairlead.web.site.start import SETTINGS, prepare

#: Seconds that a process has to finish what it is doing when it is told to stop.
_GRACE: Final = 15
_EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to open in a browser on this computer."""
        shown = "localhost" if self.host in _EVERYWHERE | _LOCAL else self.host
        return f"http://[{shown}]:{self.port}/" if ":" in shown else f"http://{shown}:{self.port}/"

    @property
    def reached_at(self) -> str:
        """The host by which this computer reaches the server."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104


def serve(address: Address, tell: Callable[[str], None]) -> int:
    """Run server and worker until one of them ends or the program is told to stop; return an exit code.

    Raises OptionError where the port is taken or a setting cannot be used.
    """
    _refuse_taken(address)
    named = read("FAIRLEAD_PUBLIC_URL")
    os.environ.setdefault("FAIRLEAD_PUBLIC_URL", address.url.rstrip("/"))
    stop = _Stop()
    prepare()
    _refuse_taken(address)  # somebody else may have taken it meanwhile
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS}
    processes = {
        "server": _start(server_command(address), environment),
        "worker": _start(worker_command(), environment),
    }
    try:
        if _answers(address, processes, stop):
            _greet(address, named, tell)
        while not stop.asked and not _ended(processes):
            time.sleep(0.2)
    finally:
        ended = _ended(processes)
        _end(processes.values())
    if stop.asked:
        tell("Stopped.")
        return 0
    for name in ended:
        code = processes[name].returncode
        tell(f"The {name} has ended by itself ({_how(code)}), so all was stopped. The lines above may say why.")
    tell("Nothing that was saved is lost. Look with `fairlead doctor`, then start again with `fairlead serve`.")
    return 1


def _greet(address: Address, named: str, tell: Callable[[str], None]) -> None:
    tell(f"Fairlead's workbench runs at {named or address.url}")
    if address.host not in _LOCAL and not named:
        tell("Other computers are refused until FAIRLEAD_PUBLIC_URL names the address by which they come.")
    tell("Stop it with Ctrl+C.")


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"by the signal {signal.Signals(-code).name}"
    return f"exit code {code}"


class _Stop:
    """Remembers that Ctrl+C or a service manager asked the program to stop."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True


def _refuse_taken(address: Address) -> None:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise OptionError(
                f"Port {address.port} of {address.host} cannot be used ({error.strerror or error}).",
                do="Stop what runs there, or give another with --port.",
            ) from error


def _answers(address: Address, processes: Mapping[str, subprocess.Popen[bytes]], stop: _Stop) -> bool:
    """Wait until the server answers; return False where something has ended before, or it is to stop."""
    while not stop.asked and not _ended(processes):
        connection = http.client.HTTPConnection(address.reached_at, address.port, timeout=5)
        try:
            connection.request("GET", "/health/live", headers={"Host": "localhost"})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return True
        finally:
            connection.close()
    return False


def worker_command() -> list[str]:
    """Return the command that runs the background worker."""
    return [sys.executable, "-m", "django", "work"]


def server_command(address: Address) -> list[str]:
    """Return the command that runs the server. Raises OptionError where FAIRLEAD_WORKERS is no number."""
    workers = read_number("FAIRLEAD_WORKERS", 2)
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", address.host, "--port", str(address.port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--backlog", "1024"),
        *("--respawn-failed-workers", "--no-access-log", "--log-level", "warning"),
        "fairlead.web.site.wsgi:application",
    ]


def _start(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that Ctrl+C in the terminal reaches only this program.

    On Linux it is told to stop when this program dies, even by `kill -9`, so that nothing keeps the port.
    """
    return subprocess.Popen(
        command,
        env=environment,
        start_new_session=os.name != "nt",
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no thread runs yet
    )


def _end_with_parent() -> None:
    import ctypes  # noqa: PLC0415

    ask_for_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(ask_for_signal, int(signal.SIGTERM))


def _ended(processes: Mapping[str, subprocess.Popen[bytes]]) -> list[str]:
    return [name for name, process in processes.items() if process.poll() is not None]


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    processes = list(processes)
    running = [process for process in processes if process.poll() is None]
    for process in running:
        process.terminate()
    until = time.monotonic() + _GRACE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for process in processes:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process has left of its group when it was killed: such as a server's workers, which keep the port."""
    if os.name != "nt":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
