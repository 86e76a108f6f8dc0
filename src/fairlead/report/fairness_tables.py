"""The fairness report as Markdown and as CSV tables; English, so that two of them can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.risk import shipped_cards, shipped_parameters
from fairlead.risk.fairness import Fairness, GroupRow
from fairlead.risk.regions import QUARTER, REGION, SUBREGION, WORLD
from fairlead.write import write_csv
from fairlead.write.safe_cell import Value

#: So many terms and countries stand in the page; the tables have all.
_TOLD: Final = 15

_DIGITS: Final = 6

_QUARTERS: Final = {"q1": "strongest quarter", "q2": "second quarter", "q3": "third quarter", "q4": "weakest quarter"}

_HEADINGS: Final = {
    WORLD: "All suppliers",
    REGION: "By region (UN M49)",
    SUBREGION: "By subregion (UN M49)",
    QUARTER: "By the rule of law (World Bank)",
}


_GROUP_COLUMNS: Final = (
    "grouping", "group", "parties", "rated", "no_data", "find_out", "very_high", "high", "elevated", "moderate", "low",
    "p05", "p25", "p50", "p75", "p95", "mean_p", "mean_place_nats", "mean_residual_nats",
)  # fmt: skip
_TERM_COLUMNS: Final = ("term", "group", "basis", "parties", "mean_nats", "mean_size_nats", "variance_share")
_COUNTRY_COLUMNS: Final = ("country", "region", "rule_of_law", "state_imposed", "log_odds", "p", "band")


def _group_rows(report: Fairness) -> Iterator[Sequence[Value]]:
    for row in report.groups:
        quantiles = row.quantiles or (None,) * 5
        numbers = (*quantiles, row.mean_p, row.mean_place, row.mean_residual)
        counts = (row.parties, row.rated, row.parties - row.rated, row.find_out, *row.bands)
        yield (row.grouping, row.name, *counts, *(None if one is None else round(one, _DIGITS) for one in numbers))


def _term_rows(report: Fairness) -> Iterator[Sequence[Value]]:
    for row in report.terms:
        numbers = (round(one, _DIGITS) for one in (row.mean, row.mean_size, row.variance_share))
        yield (row.name, row.group, row.basis, row.parties, *numbers)


def _country_rows(report: Fairness) -> Iterator[Sequence[Value]]:
    for row in report.countries:
        place = (row.iso3, row.region, row.quarter, row.imposed)
        yield (*place, round(row.log_odds, _DIGITS), round(row.p, _DIGITS), row.band)


#: The page, then the tables with their columns and what makes their rows.
_PAGE: Final = "fairness.md"
_TABLES: Final[Mapping[str, tuple[Sequence[str], Callable[[Fairness], Iterator[Sequence[Value]]]]]] = {
    "fairness_groups.csv": (_GROUP_COLUMNS, _group_rows),
    "fairness_terms.csv": (_TERM_COLUMNS, _term_rows),
    "fairness_countries.csv": (_COUNTRY_COLUMNS, _country_rows),
}

#: The files of the report.
FILES: Final = (_PAGE, *_TABLES)


def write_fairness(report: Fairness, assessment: Assessment, folder: Path) -> tuple[Path, ...]:
    """Write fairness.md and its three tables into a folder that exists; return their paths."""
    page = folder / _PAGE
    page.write_text("\n".join(_page(report, assessment)) + "\n", encoding="utf-8", newline="\n")
    return (page, *(write_csv(folder / name, columns, rows(report)) for name, (columns, rows) in _TABLES.items()))


def _page(report: Fairness, assessment: Assessment) -> Iterator[str]:
    yield "# How these ratings are spread"
    yield ""
    yield (
        f"As of {assessment.as_of.isoformat()}, model {assessment.model_version}. What the columns mean and what they"
        " cannot show: the page “Fairness and sensitivity” of the documentation."
    )
    yield ""
    yield (
        f"The place (country, and labour imposed by a State) explains {report.place_share:.0%} of the variance of the"
        " log-odds. " + _alone(report)
    )
    for grouping, heading in _HEADINGS.items():
        yield from ("", f"## {heading}", "")
        yield from _group_table([row for row in report.groups if row.grouping == grouping])
    yield from ("", "## What each term contributes", "")
    yield "| term | basis | suppliers | mean, nats | mean size, nats | share of variance |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    cards = shipped_cards()
    for term in report.terms[:_TOLD]:
        title = cards[term.name].title if term.name in cards else term.name.replace("_", " ")
        yield (
            f"| {title} | {term.basis} | {term.parties} | {term.mean:+.2f} | {term.mean_size:.2f} |"
            f" {term.variance_share:.1%} |"
        )
    yield from ("", "## What a country makes by itself", "")
    yield "| country | region | rule of law | labour imposed by the State | p | band |"
    yield "| --- | --- | --- | --- | ---: | --- |"
    language = Language("en")
    for country in report.countries[:_TOLD]:
        yield (
            f"| {language.country(country.iso3)} | {country.region} | {_QUARTERS.get(country.quarter, 'unknown')} |"
            f" {'yes' if country.imposed else 'no'} | {country.p:.1%} | {country.band.replace('_', ' ')} |"
        )


def _alone(report: Fairness) -> str:
    top = str(shipped_parameters().bands[0].band)
    reached = [row for row in report.countries if row.band == top]
    if reached:
        return f"{len(reached)} countries reach the highest band by themselves, which the model must not allow."
    first = next((row for row in report.countries if not row.imposed), None)
    return (
        f"No country reaches the highest band by itself; without labour imposed by the State the most that one makes is"
        f" {first.p:.1%}."
        if first
        else ""
    )


def _group_table(rows: Sequence[GroupRow]) -> Iterator[str]:
    bands = [str(rule.band).replace("_", " ") for rule in shipped_parameters().bands]
    yield f"| group | suppliers | {' | '.join(bands)} | no data | find out | median p | 5–95% | mean residual, nats |"
    yield "| --- |" + " ---: |" * (len(bands) + 6)
    for row in rows:
        spread = f"{row.quantiles[2]:.1%} | {row.quantiles[0]:.1%}–{row.quantiles[4]:.1%}" if row.quantiles else "|"
        residual = "" if row.mean_residual is None else f"{row.mean_residual:+.2f}"
        name = _QUARTERS.get(row.name, "all" if row.name == WORLD else row.name)
        yield (
            f"| {name} | {row.parties} | {' | '.join(map(str, row.bands))} | {row.parties - row.rated} | {row.find_out}"
            f" | {spread} | {residual} |"
        )
