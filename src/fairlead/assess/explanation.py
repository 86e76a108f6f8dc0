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
from fairlead.report.explained_visible import without_hidden
from fairlead.report.visible import restricted_ids
from fairlead.report.words import NOT_SHOWN
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


def explain_party(folder: Path, words: str, language: Language, *, restricted: bool = False) -> ExplainedParty:
    """Take the rating of the party that `words` name apart: its id, the beginning of its id, or its name or the
    beginning of it. The rating is explained by the model and cards in use; where that gives another than the one in
    the folder, a note says so. Evidence that only those who handle the case may see is counted and not told, unless
    `restricted` asks for it.

    Raises an InputError where the folder has no results, nobody or more than one is meant.
    """
    assessment = read_assessment(folder, OF_RATINGS | {"sites", "rows"})
    party = _party(assessment.parties, words)
    tables = (assessment.parties, assessment.links, assessment.evidence, party["party_id"], assessment.as_of)
    own = assessment.evidence.filter(pc.equal(assessment.evidence["subject_id"], party["party_id"]))
    hidden = frozenset() if restricted else restricted_ids(own)
    explanation = without_hidden(explain(*tables), hidden)
    questions = forecasts(*tables, hidden=hidden)
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
        notes=(*_hidden_note(language, len(hidden)), *_notes(language, assessment, explanation)),
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


def _hidden_note(language: Language, count: int) -> tuple[str, ...]:
    """Say how many pieces are restricted and not told."""
    if not count:
        return ()
    text = language.ngettext(
        "{count} piece of evidence is restricted: only those who handle the case may see it. Its weight is in the"
        " rating.",
        "{count} pieces of evidence are restricted: only those who handle the case may see them. Their weight is in the"
        " rating.",
        count,
    )
    return (text.format(count=language.number(count)),)


def _notes(language: Language, assessment: Assessment, explanation: Explanation) -> tuple[str, ...]:
    """Say where the rating that is explained is not the one in the folder."""
    stored = assessment.ratings.filter(pc.equal(assessment.ratings["subject_id"], explanation.subject_id)).to_pylist()
    before = stored[0]["p"] if stored else None
    if before is None and explanation.p is None:
        return ()
    if before is not None and explanation.p is not None and abs(before - explanation.p) < _SAME:
        return ()
    if any(term["name"] == NOT_SHOWN for row in stored for term in row["terms"] or ()):
        text = language.gettext(
            "The rating in this folder, {before}, also rests on restricted evidence, which the folder does not have."
            " What is explained here is the rating without it."
        )
        return (text.format(before=_share(language, before)),)
    text = language.gettext(
        "The results were rated {before} by the model {model}. What is explained here is the rating by the model in"
        " use; run fairlead assess again to have both the same."
    )
    return (text.format(before=_share(language, before), model=assessment.model_version),)


def _share(language: Language, p: float | None) -> str:
    return language.gettext("no data") if p is None else language.percent(round(p, 4))
