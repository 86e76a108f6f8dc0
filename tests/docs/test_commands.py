"""The commands that the documentation shows exist."""

from __future__ import annotations

import runpy
import shlex
from pathlib import Path

import pytest

from builders import cli_reference
from builders.__main__ import builds
from tests.docs.pages import ROOT, pages, shown_commands

RUN = runpy.run_path(str(ROOT / "run"), run_name="run")["COMMANDS"]
FAIRLEAD = dict(cli_reference.commands())

#: Words of a usage line that stand for something.
PLACEHOLDERS = {"…", "[OPTIONS]", "COMMAND"}


def complaints(line: str) -> list[str]:
    """Return what is wrong with a shown command, nothing when it would be understood."""
    words = shlex.split(line, comments=True)
    program, *rest = words
    if program == "./run":
        if rest[0] == "…":
            return []
        if rest[0] not in RUN:
            return [f"./run has no command {rest[0]}"]
        if rest[0] == "build" and rest[1] not in {*builds(), "NAME"}:
            return [f"./run build has no {rest[1]}"]
        if rest[0] != "fairlead":
            return []
        rest = rest[1:]
    return fairlead_complaints([word for word in rest if word not in PLACEHOLDERS])


def fairlead_complaints(words: list[str]) -> list[str]:
    name = "fairlead"
    while words and f"{name} {words[0]}" in FAIRLEAD:
        name = f"{name} {words.pop(0)}"
    command = FAIRLEAD[name]
    default = getattr(command, "default_command", None)
    if default and words and words[0] not in command.commands:
        command = command.commands[default]
    if getattr(command, "commands", None) and words and not words[0].startswith("-"):
        alternatives = words[0].split("|")
        return [f"{name} has no command {word}" for word in alternatives if word not in command.commands]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    options = [word.partition("=")[0] for word in words if word.startswith("-")]
    wrong = [f"{name} has no option {option}" for option in options if option not in {*known, "-h", "--help"}]
    gone = [word for word in words if word.startswith("examples/") and not (ROOT / word).exists()]
    return wrong + [f"there is no {word}" for word in gone]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_shown_would_be_understood(page: Path) -> None:
    assert [complaint for line in shown_commands(page) for complaint in complaints(line)] == []


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("./run dance", "./run has no command dance"),
        ("./run build castles", "./run build has no castles"),
        ("fairlead dance", "fairlead has no command dance"),
        ("./run fairlead assess a.csv --out o --loud", "fairlead assess has no option --loud"),
        ("fairlead assess examples/nowhere --out o", "there is no examples/nowhere"),
    ],
)
def test_a_command_that_does_not_exist_is_noticed(line: str, complaint: str) -> None:
    assert complaints(line) == [complaint]


def test_the_documentation_shows_commands_at_all() -> None:
    shown = [line for page in pages() for line in shown_commands(page)]
    assert "./run demo" in shown
    assert any(line.startswith(("fairlead assess", "./run fairlead assess")) for line in shown)
