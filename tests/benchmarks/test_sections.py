"""What `./run bench identity` consists of."""

from __future__ import annotations

import subprocess

import pytest

from benchmarks.identity import sections
from benchmarks.identity.sections import SECTIONS, Section


def test_the_sections_have_names_of_their_own() -> None:
    assert len({section.name for section in SECTIONS}) == len(SECTIONS)


def test_a_section_that_is_not_there_is_named() -> None:
    with pytest.raises(SystemExit, match="no section nothing"):
        sections.main(only=["nothing"])


def test_a_part_that_fails_is_named_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: object, *, quick: bool) -> None:
        raise subprocess.CalledProcessError(1, "peer")

    def works(_: object, *, quick: bool) -> None:
        print("a figure")

    made = (Section("one", "One", fails), Section("two", "Two", works))
    monkeypatch.setattr(sections, "SECTIONS", made)
    sections.main()
    said = capsys.readouterr()
    assert "could not be measured" in said.out
    assert "### Two\n\na figure" in said.out
    assert "these parts failed: one" in said.err


def test_samples_are_marked_as_no_record(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sections, "SECTIONS", ())
    sections.main(quick=True)
    assert "no record" in capsys.readouterr().out
