"""`fairlead risk rate`: cases of country, product and workforce in a year, each with a rating and its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fairlead.cli.options import LanguageOfReasons, Quiet
from fairlead.cli.out_file import refuse_out

if TYPE_CHECKING:
    from fairlead.read.cases import Case
    from fairlead.report.texts import Texts
    from fairlead.risk import RatedCase, Reason
    from fairlead.write.safe_cell import Value

ADDED: Final = ("p", "p_low", "p_high", "band", "data", "reasons")
#: Further digits of a probability would say nothing.
_DIGITS: Final = 6


def rate_command(
    cases: Annotated[
        Path,
        typer.Argument(
            metavar="CASES",
            help="A table (CSV, TSV, XLSX, XLS, ODS) with the columns country_iso3, region, sector, product, "
            "hs_if_known, workforce and year; further columns are carried through.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The CSV file to write.")],
    lang: LanguageOfReasons = "en",
    quiet: Quiet = False,
) -> None:
    """Rate cases: how probable is forced labour at a workplace of this country, product and workforce, in this year.

    Every row of CASES comes back with all its columns and p, p_low and p_high (a 90% interval), band, data (assessed
    or no_data) and reasons: the terms, the heaviest first, and how product and sector were read. A rating orders
    questions; it is no finding about anybody.
    """
    from fairlead.language import Language
    from fairlead.read.cases import read_cases
    from fairlead.report.texts import Texts
    from fairlead.risk import rate_cases
    from fairlead.write.csv_file import write_csv
    from fairlead.write.rejected_file import write_rejected

    language = Language(lang)
    refuse_out(out, cases, "rated")
    table = read_cases(cases)
    rated = rate_cases(table.cases)
    write_csv(out, (*table.columns, *ADDED), _rows(table.cases, rated, Texts(language)))
    rejected = write_rejected(out, table.rejected, language)
    if not quiet:
        typer.echo(f"{len(rated)} cases rated: {_said(rated)}.")
        if rejected:
            typer.echo(f"{table.rejected.num_rows} rows were not used: {rejected}")
        typer.echo(f"Written: {out}")


def _rows(cases: Sequence[Case], rated: Sequence[RatedCase], texts: Texts) -> Iterator[Sequence[Value]]:
    for case, one in zip(cases, rated, strict=True):
        numbers = (None if value is None else round(value, _DIGITS) for value in (one.p, one.p_low, one.p_high))
        reasons = " ".join(_told(reason, texts) for reason in one.reasons)
        yield (*case.cells, *numbers, one.band, one.data.value, reasons)


def _told(reason: Reason, texts: Texts) -> str:
    """Return a reason with the factor by which it multiplies the odds, where it is a term."""
    text = texts.language.render(reason.text)
    return text if reason.nats is None else f"{text} ({texts.factor(reason.nats)})"


def _said(rated: Sequence[RatedCase]) -> str:
    bands = Counter(one.band or "no data" for one in rated)
    order = ("very_high", "high", "elevated", "moderate", "low", "no data")
    return ", ".join(f"{bands[band]} {band.replace('_', ' ')}" for band in order if bands[band])
