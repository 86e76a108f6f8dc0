"""Compares two ratings of the same list or of the same cases, and writes what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from fairlead.assess.output import files_beside, refuse_replacing
from fairlead.errors import OptionError
from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.read.rated import read_rated
from fairlead.report.texts import Texts
from fairlead.report.visible import TOLD_OF_HIDDEN, restricted_ids
from fairlead.report.words import NOT_SHOWN
from fairlead.risk.comparison import Comparison, PartyChange, Side, State, compare
from fairlead.risk.comparison_of_cases import compare_cases
from fairlead.risk.term_change import Cause, TermChange
from fairlead.write import write_csv
from fairlead.write.safe_cell import Value

COLUMNS: Final = (
    "change",
    "party_id",
    "old_party_id",
    "name",
    "country",
    "band_before",
    "band_after",
    "p_before",
    "p_after",
    "p_low_before",
    "p_low_after",
    "p_high_before",
    "p_high_after",
    "find_out_before",
    "find_out_after",
    "nats",
    "by_model",
    "by_time",
    "by_evidence",
    "added",
    "gone",
    "changed",
)

#: Digits after the point of probabilities and nats.
_DIGITS: Final = 6

_SEPARATOR: Final = " | "


def compare_results(old: Path, new: Path, *, restricted: bool = False) -> Comparison:
    """Compare two results folders of `fairlead assess`, or two tables of `fairlead risk rate`.

    Terms that rest on evidence which only those who handle the case may see keep their weight and are not told, unless
    `restricted` asks for it.

    Raises OptionError where one is a folder and the other a file, or where two tables have no column of cases in
    common, and an InputError where one cannot be read.
    """
    folders = [path.is_dir() or path.name == "assessment.json" for path in (old, new)]
    if any(folders):
        if not all(folders):
            raise OptionError(
                "One of the two is a folder of results and the other is a file.",
                do="Give two folders of fairlead assess, or two files of fairlead risk rate.",
            )
        sides = [read_assessment(path, OF_RATINGS) for path in (old, new)]
        compared = compare_assessments(*sides)
        return compared if restricted else _without_hidden(compared, *sides)
    before, after = read_rated(old), read_rated(new)
    if before and after and before[0].cells.keys().isdisjoint(after[0].cells):
        raise OptionError(
            "The two files have no column in common that says which case is which.",
            do="Give two files that fairlead risk rate made from the same columns.",
        )
    return compare_cases(before, after)


def compare_assessments(old: Assessment, new: Assessment) -> Comparison:
    """Compare the ratings of two assessments, party by party: what has changed, and why.

    Only their parties, links, evidence and ratings are looked at. Both need all evidence that the ratings were made
    from: an assessment that was read from a report without restricted evidence shows its weight as the model's.
    """
    return compare(_side(old), _side(new))


def _without_hidden(comparison: Comparison, *sides: Assessment) -> Comparison:
    """Return the comparison in which terms that restricted evidence makes say nothing but their weight."""
    hidden = frozenset[str]().union(*(restricted_ids(one.evidence) for one in sides))
    if not hidden:
        return comparison
    return replace(comparison, changes=tuple(_change_shown(change, hidden) for change in comparison.changes))


def _change_shown(change: PartyChange, hidden: frozenset[str]) -> PartyChange:
    terms = [term for side in (change.before, change.after) for term in (side or {}).get("terms") or ()]
    held = {(term["name"], term["source"] or "") for term in terms if not hidden.isdisjoint(term["evidence_ids"] or ())}
    return replace(
        change,
        terms=tuple(_not_told(term) if (term.name, term.source) in held else term for term in change.terms),
    )


def _not_told(term: TermChange) -> TermChange:
    return replace(term, name=NOT_SHOWN, source="", editions=("", ""), text=TOLD_OF_HIDDEN.to_arrow())


def _side(assessment: Assessment) -> Side:
    return Side(
        as_of=assessment.as_of,
        model_version=assessment.model_version,
        parties=assessment.parties,
        links=assessment.links,
        evidence=assessment.evidence,
        ratings=assessment.ratings,
    )


def write_comparison(comparison: Comparison, out: Path, inputs: Sequence[Path], language: Language) -> Path:
    """Write every party that is not the same as a row of a CSV file, the weightiest change first; return its path.

    Raises OptionError where the file would replace one that is read, ReportError where it cannot be written.
    """
    refuse_replacing(out, (), [path for path in inputs if path.is_file()])
    with files_beside(out, ()) as folder:
        write_csv(folder / out.name, COLUMNS, _rows(comparison, Texts(language)))
    return out


def _rows(comparison: Comparison, texts: Texts) -> Iterator[Sequence[Value]]:
    for change in comparison.changes:
        if change.state is not State.SAME:
            yield _row(change, texts)


def _row(change: PartyChange, texts: Texts) -> Sequence[Value]:
    was, now = change.before or {}, change.after or {}
    pairs = ((_cell(side, name) for side in (was, now)) for name in ("band", "p", "p_low", "p_high", "find_out"))
    told: dict[str, list[str]] = {"added": [], "gone": [], "changed": []}
    for term in change.terms:
        told[term.causes[0] if term.causes[0] in told else "changed"].append(term_told(term, texts))
    return (
        str(change.state),
        change.new_id,
        change.old_id,
        change.name,
        change.country,
        *(cell for pair in pairs for cell in pair),
        *(_rounded(nats) for nats in (change.nats, change.by_model, change.by_time, change.by_evidence)),
        *(_SEPARATOR.join(lines) for lines in told.values()),
    )


def _cell(side: Mapping[str, Any], name: str) -> Value:
    value = side.get(name)
    if side and name == "band" and value is None:
        return "no_data"
    return round(value, _DIGITS) if isinstance(value, float) else value


def _rounded(nats: float | None) -> float | None:
    return None if nats is None else round(nats, _DIGITS) + 0.0


def term_told(term: TermChange, texts: Texts) -> str:
    """Write a term's change: its factor before and after, its sentence, and why."""
    factors = [texts.factor(nats) for nats in (term.before, term.after) if nats is not None]
    causes = "" if term.causes[0] in {Cause.ADDED, Cause.GONE} else f" [{', '.join(term.causes)}{_editions(term)}]"
    return f"{' → '.join(factors)} {texts(term.text) or term.name}{causes}"


def _editions(term: TermChange) -> str:
    return f": {' → '.join(term.editions)}" if Cause.EDITION in term.causes else ""
