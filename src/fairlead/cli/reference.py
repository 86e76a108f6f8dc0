"""`fairlead reference`: what facts the program carries, where they come from, and how old they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairlead.cli import reference_add

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used, which keeps --help fast)
    from fairlead.reference.overview import Use
    from fairlead.reference.publishers import Publisher

app = typer.Typer(no_args_is_help=True, help="Show, check and update the facts that the program carries.")
app.add_typer(reference_add.app, name="add")

_DAYS_IN_YEAR = 365.25
_FAILED = 2

_UPDATE = "Try `fairlead reference update {table}`."
_RENEW = "A newer edition comes with a newer version of Fairlead."


@app.command("list")
def list_command() -> None:
    """List every table with its sources, their editions, ages and licences, and warn where one is old."""
    from fairlead.cli.plain_table import print_table
    from fairlead.reference.overview import overview
    from fairlead.reference.publishers import publishers

    updatable = {name for publisher in publishers() for name in publisher.tables}
    uses = overview(_today())
    heading = ("table", "rows", "source", "edition", "age", "licence", "remarks")
    print_table(heading, [_line(use) for use in uses], right=("rows", "age"), whole=("table", "rows", "source", "age"))
    for use in uses:
        if use.old:
            typer.echo(
                f"Warning: {use.table.name} is old ({use.source.title}, {use.source.edition}). "
                + (_UPDATE if use.table.name in updatable else _RENEW).format(table=use.table.name)
            )
    unchecked = sorted({use.source.source_id for use in uses if use.unchecked})
    if unchecked:
        typer.echo(f"Not compared with the publisher, in part or as a whole: {', '.join(unchecked)}.")


def _line(use: Use) -> tuple[str, ...]:
    remarks = {"old": use.old, "not checked": bool(use.unchecked), "your copy": use.updated}
    return (
        use.table.name,
        str(use.rows),
        use.source.source_id,
        use.source.edition,
        _age(use.age_days),
        use.source.licence,
        ", ".join(remark for remark, applies in remarks.items() if applies),
    )


def _age(days: int) -> str:
    return f"{days / _DAYS_IN_YEAR:.1f} years"


@app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(metavar="TABLE", help="The table, as `fairlead reference list` names it.")],
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="COLUMN=VALUE", help="Only rows with this value; may be repeated."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for a file or another program.")] = False,
) -> None:
    """Show what a table is, its rows, and where they come from."""
    from fairlead.cli.plain_table import print_csv, print_table
    from fairlead.errors import OptionError
    from fairlead.reference import load_csv, source_records
    from fairlead.reference.load import table_path
    from fairlead.reference.table import table

    entry = table(name)
    if entry.format == "yaml":
        if where or as_csv:
            raise OptionError(f"The table “{name}” is in YAML and has no columns.", do="Leave out --where and --csv.")
        typer.echo(table_path(name, ".yaml").read_text(encoding="utf-8"), nl=False)
        return
    conditions = [_condition(text, entry.header) for text in where or ()]
    rows = [row for row in load_csv(name) if all(row[column] == value for column, value in conditions)]
    if as_csv:
        print_csv(entry.header, rows)
        return
    typer.echo(f"{entry.title}. {entry.about}\n")
    columns = [column.name for column in entry.columns]
    print_table((*columns, "source"), [(*(row[column] for column in columns), row["source_id"]) for row in rows])
    for source_id in sorted({row["source_id"] for row in rows}):
        source = source_records()[source_id]
        typer.echo(
            f"\n{source_id}: {source.title}. {source.publisher}. {source.edition}. {source.licence}. {source.url}"
        )
        if source.note:
            typer.echo(source.note)


def _condition(text: str, header: tuple[str, ...]) -> tuple[str, str]:
    from fairlead.errors import OptionError

    column, sign, value = text.partition("=")
    if not sign or column not in header:
        raise OptionError(
            f"“{text}” is not a condition on a column of this table.",
            do=f"Write COLUMN=VALUE with one of the columns {', '.join(header)}.",
        )
    return column, value


@app.command("check")
def check_command(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]…", help="Which tables; all when none is named.")
    ] = None,
) -> None:
    """Check that every table keeps its rules: columns, keys, codes that exist, and a source for every row."""
    from fairlead.reference.check import check_pack
    from fairlead.reference.table import tables

    findings = check_pack(names or ())
    for finding in findings:
        typer.echo(f"{'note: ' if finding.is_note else ''}{finding}", err=not finding.is_note)
    wrong = [finding for finding in findings if not finding.is_note]
    if wrong:
        typer.echo(f"{len(wrong)} findings. Mend the rows named, or delete your copy to go back to the shipped table.")
        raise typer.Exit(_FAILED)
    typer.echo(f"{len(names or tables())} tables are sound.")


@app.command("update")
def update_command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TABLE]…", help="Which tables; all that can be updated when none is named."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Use this file, which you have downloaded from the publisher."),
    ] = None,
    edition: Annotated[
        str | None, typer.Option("--edition", metavar="TEXT", help="The edition's name, where the file does not say.")
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option("--published", metavar="DATE", formats=["%Y-%m-%d"], help="The day the edition was published."),
    ] = None,
) -> None:
    """Fetch newer editions from their publishers, check them, and put them to use in FAIRLEAD_HOME."""
    from fairlead.errors import FairleadError, OptionError

    chosen = _chosen(names or ())
    if (file or edition or published) and len(chosen) != 1:
        raise OptionError("--from, --edition and --published belong to one table.", do="Name one table.")
    failed = False
    for publisher in chosen:
        try:
            _update(publisher, file, edition, published.date().isoformat() if published else None)
        except FairleadError as error:
            failed = True
            typer.echo(f"fairlead: {', '.join(publisher.tables)}: {error}", err=True)
    if failed:
        raise typer.Exit(_FAILED)


def _chosen(names: list[str] | tuple[str, ...]) -> list[Publisher]:
    """Return the publishers of the tables named, each once, or all whose files can be fetched."""
    from fairlead.reference.publishers import publisher_of, publishers

    if not names:
        return [publisher for publisher in publishers() if publisher.has_address]
    return list({publisher.source_id: publisher for publisher in map(publisher_of, names)}.values())


def _update(publisher: Publisher, file: Path | None, edition: str | None, published: str | None) -> None:
    from fairlead.reference.fetch import fetch
    from fairlead.reference.home import user_reference_folder
    from fairlead.reference.update import fetch_files, files_from, update

    files = files_from(publisher, _content(file)) if file else fetch_files(publisher, fetch)
    updated = update(publisher, files, as_of=_today(), edition=edition, published=published)
    tables = ", ".join(updated.tables)
    if not updated.changed:
        typer.echo(f"{tables}: nothing has changed since the edition in use, {updated.edition}.")
        return
    for note in updated.notes:
        typer.echo(f"note: {note}")
    typer.echo(f"{tables}: now the edition {updated.edition}, kept in {user_reference_folder()}.")


def _content(path: Path) -> bytes:
    from fairlead.errors import UnreadableFile, Where

    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"cannot be read ({error.strerror}).", where=Where(file=str(path)), do="Check the path."
        ) from error


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()
