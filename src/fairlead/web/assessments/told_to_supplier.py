"""What an organisation that has chosen so shows a supplier of its estimate.

It is reckoned from what may be told to the supplier alone. Were the estimate shown as it is, a band that rises while no
reason is given would tell the supplier that somebody has spoken.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from fairlead.language import Language
from fairlead.model.assessment import Edition
from fairlead.report.explained import explained
from fairlead.report.explained_content import StepTold
from fairlead.report.ratings import Reasons
from fairlead.report.visible import told_to_supplier
from fairlead.risk import SUPPLIER_LIST
from fairlead.risk.cards import Group
from fairlead.risk.explanation import explain
from fairlead.risk.pieces import Piece
from fairlead.risk.scale import scale
from fairlead.risk.steps import Step, StepKind
from fairlead.web.assessments.models import Rating
from fairlead.web.assessments.parts import read_part
from fairlead.web.evidence.models import Evidence

#: So many reasons are shown that raise the estimate, and that lower it; and so many sentences of each.
_RAISING: Final = 5
_LOWERING: Final = 3
_SENTENCES: Final = 3

#: Groups of which only the card's name is told: their sentences may hold what somebody said.
_NAMED_ONLY: Final = frozenset({Group.EVIDENCE, Group.IDENTITY, Group.MITIGATION})


@dataclass(frozen=True)
class Contribution:
    """One reason in plain words: what it is about, and the sentences and public sources that it rests on."""

    name: str
    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToldToSupplier:
    """An estimate as the supplier reads it; without data there is no band, and `sentence` says what is missing."""

    as_of: date
    band: str
    range: str
    sentence: str
    raising: tuple[Contribution, ...]
    lowering: tuple[Contribution, ...]


def tell_supplier(rating: Rating, language: Language) -> ToldToSupplier:
    """Put a rating into words for the supplier that it is of. Raises UnreadableFile where the snapshot is gone."""
    assessment, uid = rating.assessment, rating.party.uid
    part = read_part(assessment, uid)
    evidence = told_to_supplier(part.evidence)
    explanation = explain(part.parties, part.links, evidence, uid, assessment.as_of)
    editions = tuple(Edition(**one) for one in assessment.editions)
    told = explained(
        language,
        explanation,
        (),
        scale(None, explanation.p_low, explanation.p, explanation.p_high),
        name=rating.party.name,
        country=rating.party.country,
        editions=editions,
    )
    by_people = _by_people(rating, evidence["evidence_id"].to_pylist())
    steps = tuple(zip(explanation.steps, told.steps, strict=True))
    reasons = Reasons.of(language, editions)
    return ToldToSupplier(
        as_of=assessment.as_of,
        band=explanation.band or "",
        range=told.range,
        sentence=told.rating,
        raising=_contributions(steps, reasons, by_people, raising=True)[:_RAISING],
        lowering=_contributions(steps, reasons, by_people, raising=False)[:_LOWERING],
    )


def _by_people(rating: Rating, ids: Collection[str]) -> frozenset[str]:
    """Return the evidence that people recorded or answered: its sentences are in their words and may hold names."""
    rows = Evidence.objects.filter(organisation=rating.assessment.organisation_id, uid__in=ids)
    return frozenset(rows.values_list("uid", flat=True))


def _contributions(
    steps: Sequence[tuple[Step, StepTold]], reasons: Reasons, by_people: Collection[str], *, raising: bool
) -> tuple[Contribution, ...]:
    """Return the steps that raise or lower the estimate, the weightiest first; a rule stands first."""
    chosen = [
        (step, words)
        for step, words in steps
        if step.kind in (StepKind.CLUSTER, StepKind.FLOOR) and (step.nats > 0 if raising else step.nats < 0)
    ]
    chosen.sort(key=lambda pair: (pair[0].kind is not StepKind.FLOOR, -abs(pair[0].nats)))
    return tuple(Contribution(words.name, _sentences(step, words, reasons, by_people)) for step, words in chosen)


def _sentences(
    step: Step, words: StepTold, reasons: Reasons, by_people: Collection[str]
) -> tuple[tuple[str, str], ...]:
    open_ = (
        (one.text, _source(piece, reasons))
        for piece, one in zip(step.pieces, words.pieces, strict=True)
        if piece.group not in _NAMED_ONLY and piece.evidence_id not in by_people
    )
    return tuple(open_)[:_SENTENCES]


def _source(piece: Piece, reasons: Reasons) -> str:
    """Name a public source; a list that the organisation has made is no list of the supplier's."""
    if piece.source == SUPPLIER_LIST:
        return _("The organisation's list of suppliers")
    return reasons.source(piece.source, piece.edition)
