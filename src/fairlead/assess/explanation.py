"""Takes the rating of one party of a results folder apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.errors import OptionError
from fairlead.identity.normalise import fold
from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.model.ids import BUYER_ID
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.report.explained import explained
from fairlead.report.explained_content import Explained
from fairlead.risk.explanation import Explanation, explain
from fairlead.risk.forecast import Forecast, forecasts
from fairlead.risk.scale import Scale, headcounts, scale

#: So many parties are named when the words fit several.
_NAMED: Final = 12

#: Probabilities that differ by less are the same but for rounding.
_SAME: Final = 1e-9


@dataclass(frozen=True)
class ExplainedParty:
    """One party's rating taken apart: as data, the questions that would narrow it, how many work there, in words."""

    explanation: Explanation
    questions: tuple[Forecast, ...]
    scale: Scale
    told: Explained


def explain_party(folder: Path, words: str, language: Language) -> ExplainedParty:
    """Take the rating of the party that `words` name apart: its id, the beginning of its id, or its name or the
    beginning of it. The rating is explained by the model and cards in use; where that gives another than the one in
    the folder, a note says so.

    Raises an InputError where the folder has no results, nobody or more than one is meant.
    """
    assessment = read_assessment(folder, OF_RATINGS | {"sites", "rows"})
    party = find_party(assessment.parties, words)
    tables = (assessment.parties, assessment.links, assessment.evidence, party["party_id"], assessment.as_of)
    explanation = explain(*tables)
    questions = forecasts(*tables)
    headcount = headcounts(assessment.parties, assessment.sites, assessment.rows).get(party["party_id"])
    scaled = scale(headcount, explanation.p_low, explanation.p, explanation.p_high)
    told = explained(
        language,
        explanation,
        questions,
        scaled,
        name=party["name"],
        country=party["country"],
        editions=assessment.editions,
        notes=_notes(language, assessment, explanation),
    )
    return ExplainedParty(explanation, questions, scaled, told)


def find_party(parties: pa.Table, words: str) -> dict[str, Any]:
    """Return the one party that is meant: by its id; else its name, as written or folded; else what begins so.

    Raises OptionError where there is none, or where several fit; then it names them.
    """
    rows: list[dict[str, Any]] = [row for row in parties.to_pylist() if row["party_id"] != BUYER_ID]
    folded = fold(words)
    tests = (
        lambda row: row["party_id"] == words,
        lambda row: words in {row["name"], *(row["names"] or ())},
        lambda row: bool(folded) and folded in {fold(name) for name in {row["name"], *(row["names"] or ())}},
        lambda row: words.startswith("pty_") and row["party_id"].startswith(words),
        lambda row: (
            bool(folded) and any(fold(name).startswith(folded) for name in {row["name"], *(row["names"] or ())})
        ),
    )
    for test in tests:
        found = [row for row in rows if test(row)]
        if len(found) == 1:
            return found[0]
        if found:
            raise OptionError(f"“{words}” fits {len(found)} parties: {_named(found)}.", do="Give the id of one.")
    raise OptionError(
        f"There is no party “{words}” in these results.", do="parties.csv has their names and ids; give one of them."
    )


def _named(rows: list[dict[str, Any]]) -> str:
    rows = sorted(rows, key=lambda row: (row["name"] or "", row["party_id"]))
    text = "; ".join(f"{row['name']} ({row['party_id']})" for row in rows[:_NAMED])
    return f"{text}; and {len(rows) - _NAMED} more" if len(rows) > _NAMED else text


def _notes(language: Language, assessment: Assessment, explanation: Explanation) -> tuple[str, ...]:
    """Say where the rating that is explained is not the one in the folder."""
    stored = assessment.ratings.filter(pc.equal(assessment.ratings["subject_id"], explanation.subject_id)).to_pylist()
    before = stored[0]["p"] if stored else None
    if before is None and explanation.p is None:
        return ()
    if before is not None and explanation.p is not None and abs(before - explanation.p) < _SAME:
        return ()
    text = language.gettext(
        "The results were rated {before} by the model {model}. What is explained here is the rating by the model in"
        " use; run fairlead assess again to have both the same."
    )
    no_data = language.gettext("no data")
    return (
        text.format(
            before=no_data if before is None else language.percent(round(before, 4)), model=assessment.model_version
        ),
    )
