"""The rating of one party in words: how it adds up, what would narrow it, the rule that holds it, what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fairlead.language import Language
from fairlead.model.assessment import Edition
from fairlead.model.schemas import ROW
from fairlead.model.vocabulary import Visibility
from fairlead.report.explained import explained
from fairlead.report.explained_content import Explained, StepTold
from fairlead.report.explained_visible import without_hidden
from fairlead.report.ratings import Reasons
from fairlead.report.scale import position_of_nats
from fairlead.report.words import NOT_SHOWN
from fairlead.risk.explanation import Explanation, explain
from fairlead.risk.forecast import forecasts
from fairlead.risk.parameters import model_version
from fairlead.risk.pieces import Piece
from fairlead.risk.scale import Scale, headcounts, scale
from fairlead.risk.steps import StepKind
from fairlead.web.assessments.models import Assessment, Rating
from fairlead.web.assessments.parts import OfParty, read_part

#: The width of the picture's axis.
AXIS: Final = 1000.0


@dataclass(frozen=True)
class Bar:
    """One step as the page draws it: words, and where its bar begins and ends on the axis (0 to AXIS)."""

    step: StepTold
    start: float
    width: float
    buyers_own: bool


@dataclass(frozen=True)
class Listing:
    """A listing because of which a rule holds the rating up: what it says, its source, and where to appeal."""

    text: str
    source: str
    publisher: str
    url: str


@dataclass(frozen=True)
class Told:
    """Everything of one rating for one reader.

    `explained` is null where the rating was made by another model than the one in use; then `reasons` are the terms as
    they were kept.
    """

    explained: Explained | None
    bars: tuple[Bar, ...]
    listings: tuple[Listing, ...]
    rule_note: str
    reasons: tuple[Any, ...]
    found: tuple[Mapping[str, Any], ...]
    hidden: int


def tell(assessment: Assessment, rating: Rating, language: Language, *, restricted: bool) -> Told:
    """Put a rating into words, without what only those who handle the case may see unless `restricted`.

    Raises UnreadableFile where the snapshot is gone or was changed.
    """
    uid = rating.party.uid
    part = read_part(assessment, uid)
    editions = tuple(Edition(**one) for one in assessment.editions)
    rows = part.evidence.to_pylist()
    hidden = frozenset(
        row["evidence_id"] for row in rows if row["visibility"] == Visibility.RESTRICTED and not restricted
    )
    found = tuple(_found(row, language, editions) for row in rows if row["evidence_id"] not in hidden)
    if assessment.model_version != model_version():
        reasons = _kept_reasons(rating, language, editions, hidden)
        return Told(None, (), (), "", reasons, found, len(hidden))
    explanation = explain(part.parties, part.links, part.evidence, uid, assessment.as_of)
    shown = without_hidden(explanation, hidden)
    told = _explained(assessment, rating, part, shown, language, editions, hidden)
    bars = tuple(_bar(step, one.buyers_own) for step, one in zip(told.steps, shown.steps, strict=True))
    floor = next((step for step in shown.steps if step.kind is StepKind.FLOOR), None)
    pieces = floor.pieces if floor else ()
    listings = tuple(_listing(piece, language, editions) for piece in pieces if not piece.hidden)
    note = next((bar.step.note for bar, one in zip(bars, shown.steps, strict=True) if one is floor), "")
    return Told(told, bars, listings, note, (), found, len(hidden))


def _explained(
    assessment: Assessment,
    rating: Rating,
    part: OfParty,
    explanation: Explanation,
    language: Language,
    editions: Sequence[Edition],
    hidden: frozenset[str],
) -> Explained:
    questions = forecasts(part.parties, part.links, part.evidence, rating.party.uid, assessment.as_of, hidden=hidden)
    return explained(
        language,
        explanation,
        questions,
        _scale(part, explanation),
        name=rating.party.name,
        country=rating.party.country,
        editions=editions,
    )


def _scale(part: OfParty, explanation: Explanation) -> Scale:
    """Return how many work there, as far as it is known."""
    headcount = headcounts(part.parties, part.sites, ROW.empty_table()).get(explanation.subject_id)
    return scale(headcount, explanation.p_low, explanation.p, explanation.p_high)


def _bar(step: StepTold, buyers_own: bool) -> Bar:
    first = 0.0 if step.kind == "prior" else position_of_nats(step.before)
    start, end = sorted((AXIS * first, AXIS * position_of_nats(step.after)))
    return Bar(step, round(start, 1), round(max(end - start, 4.0), 1), buyers_own)


def _listing(piece: Piece, language: Language, editions: Sequence[Edition]) -> Listing:
    source = next((one for one in editions if one.source_id == piece.source), None)
    reasons = Reasons.of(language, editions)
    return Listing(
        text=language.render(piece.text),
        source=reasons.source(piece.source, piece.edition),
        publisher=source.publisher if source else "",
        url=source.url if source and source.url.startswith(("https://", "http://")) else "",
    )


def _kept_reasons(
    rating: Rating, language: Language, editions: Sequence[Edition], hidden: frozenset[str]
) -> tuple[Any, ...]:
    terms = [
        {**term, "name": NOT_SHOWN, "source": "", "edition": "", "text": None}
        if not hidden.isdisjoint(term["evidence_ids"] or ())
        else term
        for term in rating.terms_row.terms
    ]
    return Reasons.of(language, editions).all_of({"terms": terms})


def _found(row: Mapping[str, Any], language: Language, editions: Sequence[Edition]) -> dict[str, Any]:
    """Return one row of evidence as the page lists it."""
    return {
        "uid": row["evidence_id"],
        "text": language.render(row["text"]) if row["text"] else "",
        "source": Reasons.of(language, editions).source(row["source_id"] or "", row["edition"] or ""),
        "locator": "" if (row["locator"] or "").startswith("row_") else row["locator"] or "",
        "restricted": row["visibility"] == Visibility.RESTRICTED,
    }
