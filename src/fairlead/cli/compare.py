"""`fairlead compare`: pairs of names, each with a score, a verdict and the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fairlead.cli.options import LanguageOfReasons, Quiet
from fairlead.cli.out_file import refuse_out

if TYPE_CHECKING:
    from fairlead.language import Language
    from fairlead.read.pairs import PairTable
    from fairlead.write.safe_cell import Value

ADDED: Final = ("score", "verdict", "reasons")


def compare_command(
    pairs: Annotated[
        Path,
        typer.Argument(
            metavar="PAIRS",
            help="A table (CSV, TSV, XLSX, XLS, ODS) with the columns id, left, right and kind: person, company, "
            "vessel, address or empty.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The CSV file to write.")],
    lang: LanguageOfReasons = "en",
    quiet: Quiet = False,
) -> None:
    """Compare pairs of names: may both mean the same person, company, vessel or address, and why.

    Every row of PAIRS comes back with all its columns and the columns score (0 to 1), verdict (match, review or
    different) and reasons.
    """
    from fairlead.language import Language
    from fairlead.read.pairs import read_pairs
    from fairlead.write.csv_file import write_csv
    from fairlead.write.rejected_file import write_rejected

    language = Language(lang)
    refuse_out(out, pairs, "compared")
    table = read_pairs(pairs)
    counts: dict[str, int] = {}
    write_csv(out, (*table.columns, *ADDED), _rows(table, language, counts))
    rejected = write_rejected(out, table.rejected, language)
    if not quiet:
        typer.echo(f"{len(table.pairs)} pairs compared: {_said(counts)}.")
        if table.repeated:
            typer.echo(f"{table.repeated} rows have an id that another row has too; all were kept.")
        if rejected:
            typer.echo(f"{table.rejected.num_rows} rows were not used: {rejected}")
        typer.echo(f"Written: {out}")


def _rows(table: PairTable, language: Language, counts: dict[str, int]) -> Iterator[Sequence[Value]]:
    from fairlead.identity.pair import compare_names

    for pair in table.pairs:
        result = compare_names(pair.left, pair.right, pair.kind)
        counts[result.verdict.value] = counts.get(result.verdict.value, 0) + 1
        reasons = " ".join(language.render(reason) for reason in (*result.reasons, *pair.remarks))
        yield (*pair.cells, result.score, result.verdict.value, reasons)


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts.get(verdict, 0)} {verdict}" for verdict in ("match", "review", "different"))
