"""Which questions of a standard a supplier is asked, and why each: short where little risk is seen, deep elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.message import Message, message
from fairlead.model.vocabulary import AssertedBy, Band, DataState, LinkKind, Polarity, Visibility, Workforce
from fairlead.risk.cards import Cards, shipped_cards
from fairlead.risk.parameters import hashed_version
from fairlead.standard.answers import Answers, applies
from fairlead.standard.provisions import Form, Provision, Question, Standard

#: The bands for which the short form is enough.
SHORT_BANDS: Final = frozenset({Band.LOW, Band.MODERATE})

#: The workforce that using a labour provider stands for.
_OF_LABOUR_PROVIDERS: Final = Workforce.AGENCY


@dataclass(frozen=True)
class Asked:
    """One question of a questionnaire.

    `reason` says to the supplier why it is asked: from the standard only. `because` says to the organisation why this
    supplier is asked: it may speak of the rating and of evidence, and is never shown to the supplier.
    """

    question: Question
    provision: Provision
    reason: Message
    because: Message


@dataclass(frozen=True)
class Questionnaire:
    """The questions for one supplier, in the order of the standard, and the version of the standard they come from."""

    form: Form
    standard: str
    asked: tuple[Asked, ...]

    @property
    def version(self) -> str:
        """The name of the questionnaire: the form and a hash of standard and questions."""
        return hashed_version(self.form, [self.standard, [one.question.key for one in self.asked]])

    def open(self, answers: Answers) -> tuple[Asked, ...]:
        """Return the questions that apply after the answers given so far and are not answered yet."""
        return tuple(one for one in self.asked if one.question.key not in answers and applies(one.question, answers))


def questionnaire(
    standard: Standard,
    band: Band | None,
    *,
    findings: Collection[str] = (),
    sectors: Collection[str] = (),
    workforce: Collection[Workforce] = (),
    uses_labour_provider: bool | None = None,
    cards: Cards | None = None,
) -> Questionnaire:
    """Return the questions for a supplier.

    `band` is that of its rating, None where there is no data: then the deep form is asked, because nothing is known and
    that is neither low nor high. `findings` are keys of evidence cards on record (see `findings_to_ask_about`),
    `sectors` keys of the reference table sectors, `workforce` what is known of the workers. A question that another one
    leads to is never asked without it. The same facts in any order give the same questionnaire.
    """
    cards = cards or shipped_cards()
    form = Form.SHORT if band in SHORT_BANDS else Form.DEEP
    tags = set(workforce) | ({_OF_LABOUR_PROVIDERS} if uses_labour_provider else set())
    facts = _Facts(band, form, frozenset(findings), frozenset(tags), cards)
    supplements = {supplement.key for supplement in standard.supplements_for(sectors)}
    reasons: dict[str, Message] = {}
    for provision in standard.provisions:
        if not provision.supplement or provision.supplement in supplements:
            for question in provision.questions:
                because = _because(standard, provision, question, facts)
                if because is not None:
                    reasons[question.key] = because
    for key in list(reasons):
        for parent in leads_to(standard, key):
            reasons.setdefault(parent, message("Asked because the answer decides whether another question applies."))
    return Questionnaire(
        form,
        standard.version,
        tuple(_asked(standard, key, reasons[key]) for key in standard.questions if key in reasons),
    )


@dataclass(frozen=True)
class _Facts:
    band: Band | None
    form: Form
    findings: frozenset[str]
    workforce: frozenset[Workforce]
    cards: Cards


def _asked(standard: Standard, key: str, because: Message) -> Asked:
    provision = standard.provision_of[key]
    return Asked(
        standard.questions[key],
        provision,
        message("Asked because of the requirement “{title:term}”.", title=provision.title),
        because,
    )


def _because(standard: Standard, provision: Provision, question: Question, facts: _Facts) -> Message | None:
    """Return why a question is asked, the most particular reason first; None where it is not."""
    named = [key for key in facts.cards if key in facts.findings and key in provision.findings]
    if named:
        return message("Asked because of evidence on record: {finding:term}.", finding=facts.cards[named[0]].title)
    tags = sorted(question.workforce & facts.workforce)
    if tags:
        title = facts.cards[f"workforce_{tags[0]}"].title
        return message("Asked because of what is known of the workforce: {workforce:term}.", workforce=title)
    if question.form is Form.DEEP and facts.form is Form.SHORT:
        return None
    return _because_of_form(standard, provision, question, facts)


def _because_of_form(standard: Standard, provision: Provision, question: Question, facts: _Facts) -> Message:
    """Return why a question is asked that belongs to the form."""
    if provision.supplement:
        title = next(one.title for one in standard.supplements if one.key == provision.supplement)
        return message("Asked of everybody in this sector: {supplement:term}.", supplement=title)
    if question.form is Form.SHORT:
        return message("Asked of every supplier.")
    if facts.band is None:
        return message("Asked because there is no data to assess this supplier by, so as to find out.")
    return message("Asked because the estimate for this supplier is elevated or higher.")


def leads_to(standard: Standard, key: str) -> Iterator[str]:
    """Yield the questions that a question depends on, and those that they depend on; a question may come twice."""
    for condition in standard.questions[key].when:
        yield condition.question
        yield from leads_to(standard, condition.question)


def findings_to_ask_about(evidence: pa.Table, subject_id: str) -> frozenset[str]:
    """Return the findings on record about a subject that may shape what it is asked.

    Left out are denials, and whatever came from workers or is restricted: a supplier that is asked more than others
    about one matter could guess that somebody spoke.
    """
    rows = evidence.filter(pc.equal(evidence["subject_id"], subject_id)).to_pylist()
    return frozenset(
        row["finding"]
        for row in rows
        if row["polarity"] != Polarity.CONTRADICTS
        and row["visibility"] != Visibility.RESTRICTED
        and AssertedBy.WORKER_SIGNAL not in (row["asserted_by"], row["verified_by"])
    )


def recruited_for(links: pa.Table, subject_id: str) -> bool | None:
    """Say whether a link on record says that a labour provider recruits for a subject; None where none does.

    That no link is known does not mean that there is none.
    """
    of_kind = pc.equal(links["kind"], str(LinkKind.RECRUITS_FOR))
    return True if len(links.filter(pc.and_(of_kind, pc.equal(links["to_id"], subject_id)))) else None


def band_of(data: str, band: str | None) -> Band | None:
    """Return the band of a RATING row; None without data, whatever else the row holds."""
    return Band(band) if band and data == DataState.ASSESSED else None
