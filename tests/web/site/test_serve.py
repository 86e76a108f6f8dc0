"""Starting, stopping and what happens when a part of it dies; as a person would do it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fairlead.web.site import serve
from fairlead.web.site.serve import Address

pytestmark = [pytest.mark.heavy, pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home: Path) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))}
    return {**given, "FAIRLEAD_HOME": str(home), "FAIRLEAD_WORKERS": "1"}


def start(home: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "fairlead", "serve", "--port", str(port)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def said_until(process: subprocess.Popen[str], words: str) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if words in line:
            break
    return said


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Every program that a test has started; it is ended with the test."""
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        process.stdout.close()


def status(port: int, path: str, method: str = "GET") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, headers={"Host": "localhost"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def test_it_says_where_to_look_serves_and_stops_by_ctrl_c(tmp_path: Path, started: list[subprocess.Popen[str]]) -> None:
    port = free_port()
    process = start(tmp_path, port)
    started.append(process)
    said = said_until(process, "Ctrl+C")
    assert f"runs at http://localhost:{port}/" in said
    assert status(port, "/welcome/")[0] == 200
    assert status(port, "/welcome/", "HEAD") == (200, b"")
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    second = start(tmp_path, port)
    started.append(second)
    assert "cannot be used" in said_until(second, "--port")
    assert second.wait(30) == 2
    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 0
    assert "Stopped." in process.stdout.read()


def test_when_the_worker_dies_all_is_stopped_and_it_says_so(
    tmp_path: Path, started: list[subprocess.Popen[str]]
) -> None:
    process = start(tmp_path, free_port())
    started.append(process)
    said_until(process, "Ctrl+C")
    worker = next(each for each in psutil.Process(process.pid).children() if "work" in each.cmdline())
    worker.kill()
    assert process.wait(40) == 1
    said = process.stdout.read()
    assert "The worker has ended by itself (by the signal SIGKILL)" in said
    assert "fairlead doctor" in said


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux to tell the children")
def test_when_the_program_itself_is_killed_nothing_keeps_the_port(
    tmp_path: Path, started: list[subprocess.Popen[str]]
) -> None:
    port = free_port()
    process = start(tmp_path, port)
    started.append(process)
    said_until(process, "Ctrl+C")
    process.kill()
    process.wait(10)
    until = time.monotonic() + 30
    while _answers(port) and time.monotonic() < until:
        time.sleep(0.3)
    assert not _answers(port)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_two_that_start_at_once_on_an_empty_folder_both_come_up(
    tmp_path: Path, started: list[subprocess.Popen[str]]
) -> None:
    ports = [free_port(), free_port()]
    started.extend(start(tmp_path, port) for port in ports)
    for process in started:
        assert "runs at" in said_until(process, "Ctrl+C")
    for port in ports:
        assert status(port, "/welcome/")[0] == 200


def test_the_address_to_open_is_one_that_a_browser_takes() -> None:
    assert Address("0.0.0.0", 8000).url == "http://localhost:8000/"
    assert Address("::1", 8000).url == "http://localhost:8000/"
    assert Address("192.168.1.5", 80).url == "http://192.168.1.5:80/"
    assert Address("fe80::1", 80).url == "http://[fe80::1]:80/"


@pytest.mark.skipif(os.name == "nt", reason="groups of processes are POSIX's")
def test_a_server_that_was_killed_leaves_no_worker_that_keeps_the_port(tmp_path: Path) -> None:
    number = tmp_path / "number"
    program = (
        "import subprocess, sys, time, pathlib;"
        "worker = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(number)!r}).write_text(str(worker.pid));"
        "time.sleep(60)"
    )
    process = serve._start([sys.executable, "-c", program], os.environ)
    until = time.monotonic() + 20
    while not (number.exists() and number.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    worker = psutil.Process(int(number.read_text()))
    process.kill()
    process.wait()
    assert worker.is_running()
    serve._end([process])
    _gone, alive = psutil.wait_procs([worker], timeout=10)
    assert not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]
