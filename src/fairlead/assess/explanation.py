"""Takes the rating of one party of a results folder apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.assess.find_party import find_party
from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.model.ids import BUYER_ID
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.report.explained import explained
from fairlead.report.explained_content import Explained
from fairlead.risk.explanation import Explanation, explain
from fairlead.risk.forecast import Forecast, forecasts
from fairlead.risk.scale import Scale, headcounts, scale

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
    party = _party(assessment.parties, words)
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


def _party(parties: pa.Table, words: str) -> dict[str, Any]:
    """Return the row of the party that `words` name; the assessing organisation itself is none of them."""
    rows: dict[str, dict[str, Any]] = {row["party_id"]: row for row in parties.to_pylist()}
    rows.pop(BUYER_ID, None)
    names = {
        party: tuple(dict.fromkeys(name for name in (row["name"], *(row["names"] or ())) if name))
        for party, row in rows.items()
    }
    return rows[find_party(names, words)]


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
