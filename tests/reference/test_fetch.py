"""Fetching a publisher's file, from a server of the test's own and from none."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
from typing import Any

import pytest

from fairlead.errors import UpdateFailed
from fairlead.reference import fetch as module
from fairlead.reference.fetch import fetch


def answers(monkeypatch: pytest.MonkeyPatch, answer: bytes | OSError) -> list[Any]:
    """Let every request have this answer; return the requests as they come."""
    requests: list[Any] = []

    def urlopen(request: Any, timeout: float) -> io.BytesIO:
        requests.append(request)
        assert timeout > 0
        if isinstance(answer, OSError):
            raise answer
        return io.BytesIO(answer)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    return requests


def test_what_lies_at_the_address_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    requests = answers(monkeypatch, b"content")
    assert fetch("https://example.org/list.csv") == b"content"
    assert requests[0].full_url == "https://example.org/list.csv"
    assert requests[0].get_header("User-agent").startswith("fairlead/")


def test_without_a_network_it_says_so_and_that_nothing_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, urllib.error.URLError("Name or service not known"))
    with pytest.raises(UpdateFailed, match=r"Name or service not known.*Are you offline.*unchanged"):
        fetch("https://example.org/list.csv")


def test_a_refusal_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, urllib.error.HTTPError("https://example.org", 404, "Not Found", {}, None))  # type: ignore[arg-type]
    with pytest.raises(UpdateFailed, match="Not Found"):
        fetch("https://example.org/list.csv")


@pytest.mark.parametrize("address", ["http://example.org/list.csv", "file:///etc/passwd", ""])
def test_only_https_is_fetched(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    requests = answers(monkeypatch, b"content")
    with pytest.raises(UpdateFailed, match="not https"):
        fetch(address)
    assert requests == []


def test_an_endless_file_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST", 10)
    answers(monkeypatch, b"x" * 10)
    assert fetch("https://example.org/list.csv") == b"x" * 10
    answers(monkeypatch, b"x" * 11)
    with pytest.raises(UpdateFailed, match="more than 64 MiB"):
        fetch("https://example.org/list.csv")
