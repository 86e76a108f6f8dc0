"""`./run build cli-reference`: write docs/reference/cli.md from the commands as they are.

A test compares the page with what this makes, so that no command or option stays undocumented.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import typer.main

from fairlead.cli import app

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "cli.md"

HEAD: Final = """# Command line

<!-- Written by `./run build cli-reference` from the program itself; do not edit. -->

In a checkout write `./run fairlead` where this page says `fairlead`. Exit codes: 0 when the work is done, 2 when
something that you gave cannot be used (the message says what, where and what to do), 1 for a fault in Fairlead itself.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Yield each command with its full name, such as `fairlead reference list`; groups before their members."""
    yield from _walk("fairlead", typer.main.get_command(app))


def _walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for member, below in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(f"{name} {member}", below)


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(_section(name, command) for name, command in commands())])


def _section(name: str, command: Any) -> str:
    parts = [f"## `{name}`", "", inspect.cleandoc(command.help or ""), "", "```", usage(name, command), "```", ""]
    rows = [_row(parameter) for parameter in command.params if not getattr(parameter, "hidden", False)]
    if rows:
        parts += ["| argument or option | meaning |", "| --- | --- |", *rows, ""]
    members = sorted(getattr(command, "commands", {}))
    if members:
        links = (f"[`{name} {member}`](#{_anchor(f'{name} {member}')})" for member in members)
        parts += ["Commands: " + ", ".join(links), ""]
    return "\n".join(parts)


def usage(name: str, command: Any) -> str:
    """Return the line that shows how a command is called."""
    words = [name]
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            words.append(parameter.metavar or parameter.name.upper())
        elif parameter.required:
            words.append(f"{parameter.opts[0]} {parameter.metavar or parameter.name.upper()}")
    if any(parameter.param_type_name == "option" and not parameter.required for parameter in command.params):
        words.append("[OPTIONS]")
    if getattr(command, "commands", None):
        words.append("COMMAND …")
    return " ".join(words)


def _row(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        call = parameter.metavar or parameter.name.upper()
    else:
        call = ", ".join([*parameter.opts, *parameter.secondary_opts])
        if not parameter.is_flag:
            call += f" {parameter.metavar or parameter.name.upper()}"
    meaning = " ".join((getattr(parameter, "help", "") or "").split())
    if parameter.required:
        meaning += " Required."
    elif not getattr(parameter, "is_flag", False) and parameter.default not in (None, "", ()):
        meaning += f" Default: `{parameter.default}`."
    return "| `{}` | {} |".format(*(text.replace("|", r"\|") for text in (call, meaning)))


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def main(arguments: Sequence[str]) -> int:
    """Write the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(PAGE.parents[2])} is written")
    return 0
