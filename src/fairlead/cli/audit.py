"""`fairlead audit`: check the workbench's log, and print its heads to keep elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used, which keeps --help fast)
    from fairlead.web.audit.chain import Verified

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check the workbench's log of who did what.")

_BROKEN = 1


@app.command("verify")
def verify_command(
    head: Annotated[
        Path | None,
        typer.Option("--head", metavar="FILE", help="Compare with heads that `fairlead audit head` printed earlier."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for another program.")] = False,
) -> None:
    """Check that no line of the log was changed, left out or put in; exit with 1 where one was."""
    _set_up()
    from fairlead.web.audit.chain import verify
    from fairlead.web.audit.heads import read_heads

    found = verify(read_heads(head) if head else ())
    typer.echo(_json(found) if as_json else _told(found, compared=head is not None))
    if found.breaks:
        raise typer.Exit(_BROKEN)


@app.command("head")
def head_command() -> None:
    """Print the end of each chain as JSON: keep it where whoever runs the database cannot reach it."""
    _set_up()
    from fairlead.web.audit.heads import heads, written

    typer.echo(written(heads()))


def _set_up() -> None:
    """Load the workbench, without starting it."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.web.site.settings")
    django.setup()


def _told(found: Verified, *, compared: bool) -> str:
    lines = [f"{count} lines in the chain “{chain}”" for chain, count in sorted(found.lines.items())]
    lines += [f"{each.chain}, line {each.number}: {each.what}" for each in found.breaks]
    if found.breaks:
        lines.append(f"{len(found.breaks)} places do not hold. Compare them with a backup from before.")
    elif compared:
        lines.append("Every chain holds, and continues from the heads that were kept.")
    else:
        lines.append("Every chain holds.")
    return "\n".join(lines)


def _json(found: Verified) -> str:
    import orjson

    content = {
        "holds": not found.breaks,
        "lines": dict(found.lines),
        "breaks": [{"chain": each.chain, "number": each.number, "what": each.what} for each in found.breaks],
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode()
