"""What an organisation sees when it reads answers: each beside the evidence on record, and what contradicts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from fairlead.standard import Contradiction, contradictions
from fairlead.web.evidence.models import Evidence
from fairlead.web.evidence.store import counting, evidence_table
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party
from fairlead.web.questionnaires.accepting import party_now
from fairlead.web.questionnaires.answers import answers_of, for_engine, progress, proofs_of
from fairlead.web.questionnaires.asking import asked_of, links_of
from fairlead.web.questionnaires.models import AcceptedEvidence, Questionnaire
from fairlead.web.questionnaires.shown import About, ShownQuestion, shown_question
from fairlead.web.site.templatetags.words import reader
from fairlead.web.standards.keep import standard_of


@dataclass(frozen=True)
class Reviewed:
    """One question: why it is asked of this supplier, its answer, and evidence on the same matter."""

    shown: ShownQuestion
    because: str
    of_the_law: bool
    evidence: Sequence[Evidence]


@dataclass(frozen=True)
class Chapter:
    """One chapter."""

    title: str
    questions: Sequence[Reviewed]


def about(one: Questionnaire) -> About:
    """Return what is needed to show a questionnaire."""
    asked, answers = asked_of(one), answers_of(one)
    return About(standard_of(one.standard), asked, answers, proofs_of(one), progress(asked, answers))


def visible(rows: QuerySet[Evidence], *, restricted: bool) -> QuerySet[Evidence]:
    """Return the evidence that somebody may see: restricted, and what workers told, only with the capability."""
    if restricted:
        return rows
    return rows.exclude(visibility="restricted").exclude(
        Q(asserted_by="worker_signal") | Q(verified_by="worker_signal")
    )


def chapters(one: Questionnaire, told: About, evidence: Sequence[Evidence]) -> list[Chapter]:
    """Return the chapters of a questionnaire with the evidence on the matters that they are about."""
    tongue = reader()
    by_finding: dict[str, list[Evidence]] = {}
    for row in evidence:
        by_finding.setdefault(row.finding, []).append(row)
    made = []
    for topic, title in told.standard.topics.items():
        questions = [
            Reviewed(
                shown_question(each, told, tongue),
                tongue.render(each.because),
                each.provision.of_the_law,
                [
                    row
                    for finding in sorted({effect.finding for effect in each.question.says} or each.provision.findings)
                    for row in by_finding.get(finding, [])
                ],
            )
            for each in told.asked.asked
            if each.provision.topic == topic
        ]
        if questions:
            made.append(Chapter(tongue.gettext(title), questions))
    return made


def evidence_beside(one: Questionnaire, *, restricted: bool) -> list[Evidence]:
    """Return the evidence about the party that somebody may see, apart from what came of these very answers."""
    own = AcceptedEvidence.objects.filter(questionnaire=one).values("evidence_id")
    rows = counting(one.organisation, timezone.localdate()).filter(party=party_now(one)).exclude(pk__in=own)
    return list(visible(rows, restricted=restricted).order_by("-event_date", "pk"))


def found_contradictions(
    one: Questionnaire, told: About, organisation: Organisation, *, restricted: bool, party: Party | None = None
) -> list[Mapping[str, Any]]:
    """Return contradictions as the page shows them; restricted ones only to whoever may see what they rest on."""
    party = party or party_now(one)
    of_these = Q(questionnaire=one) | Q(consent__questionnaire=one)
    own = AcceptedEvidence.objects.filter(of_these, organisation=organisation).values("evidence_id")
    rows = counting(organisation, timezone.localdate()).filter(party=party).exclude(pk__in=own)
    found = contradictions(
        told.standard,
        for_engine(told.answers.values()),
        subject_id=party.uid,
        evidence=evidence_table(visible(rows, restricted=restricted)),
        links=links_of(organisation, [party]),
    )
    sources = _sources(organisation, [each.other.id for each in found if each.other.kind == "evidence"])
    return [_shown(each, sources) for each in found if restricted or not each.restricted]


def _sources(organisation: Organisation, ids: Sequence[str]) -> Mapping[str, Evidence]:
    found = Evidence.objects.filter(organisation=organisation, uid__in=ids) if ids else Evidence.objects.none()
    return {row.uid: row for row in found}


def _shown(one: Contradiction, sources: Mapping[str, Evidence]) -> Mapping[str, Any]:
    tongue = reader()
    return {
        "sentence": tongue.render(one.sentence),
        "answer": tongue.render(one.answer.text),
        "other": tongue.render(one.other.text),
        "kind": str(one.other.kind),
        "source": sources.get(one.other.id),
        "restricted": one.restricted,
    }
