"""`fairlead reconcile serve`: reconcile names against lists and suppliers from OpenRefine."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairlead.cli.options import LanguageOfReasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairlead.model.progress import Progress
    from fairlead.screen import WatchList

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Reconcile names from OpenRefine.")


@app.callback()
def reconcile() -> None:
    """Reconcile names from OpenRefine against lists and suppliers."""


@app.command("serve")
def serve_command(
    suppliers: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SUPPLIERS…]", help="Supplier lists, or folders that hold them, as in fairlead assess."
        ),
    ] = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--list",
            metavar="LIST",
            help="A list of names; may be repeated. Without it the lists of the reference pack are taken.",
        ),
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port on this computer.")] = 8484,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="Lists as of this day. [today]"),
    ] = None,
    lang: LanguageOfReasons = "en",
) -> None:
    """Serve lists and suppliers to OpenRefine on this computer, until Ctrl+C."""
    from fairlead.cli.terminal_progress import terminal_progress
    from fairlead.language import Language
    from fairlead.reconcile import ReconciliationApplication, make_catalogue
    from fairlead.reconcile.serve import open_server

    language = Language(lang)
    day = (as_of or datetime.now(tz=UTC).astimezone()).date()
    with terminal_progress(quiet=False) as progress:
        sources = _sources(suppliers or (), lists or (), day, progress)
        progress.start("Indexing names")
        catalogue = make_catalogue(sources, day)
    with open_server(ReconciliationApplication(catalogue, language), port) as server:
        for source in sources:
            typer.echo(f"{source.title}, edition {source.edition}: {len(source.entries)} names")
        typer.echo("In OpenRefine choose Reconcile, Start reconciling, Add standard service, and paste:")
        typer.echo(f"  http://127.0.0.1:{server.server_port}/")
        typer.echo("Only this computer can reach it. Stop it with Ctrl+C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Stopped.")


def _sources(suppliers: Sequence[Path], lists: Sequence[Path], day: date, progress: Progress) -> tuple[WatchList, ...]:
    from fairlead.screen import read_lists, reference_lists

    progress.start("Reading lists")
    read = read_lists(lists) if lists else reference_lists(day)
    if not suppliers:
        return read
    from fairlead.classify import classify
    from fairlead.read import read_suppliers
    from fairlead.reconcile import supplier_list
    from fairlead.resolve import resolve

    rows = read_suppliers(suppliers, progress=progress)
    resolved = resolve(rows.rows, classify(rows.rows), progress=progress)
    return (*read, supplier_list(resolved.parties, rows.rows, [each.sha256 for each in rows.inputs], suppliers))
