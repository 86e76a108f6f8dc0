"""Makes questionnaires: which questions a party is asked follows from the standard, its rating, evidence and links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.errors import FairleadError
from fairlead.language import LANGUAGES
from fairlead.model.ids import BUYER_ID
from fairlead.model.message import Message
from fairlead.model.vocabulary import Band, Workforce
from fairlead.standard import Form, Standard, adjusted, asked_again, findings_to_ask_about, questionnaire, recruited_for
from fairlead.standard import Questionnaire as Asked
from fairlead.web.accounts.models import User
from fairlead.web.evidence.store import counting, evidence_table
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, Party, RecordState
from fairlead.web.questionnaires.models import Questionnaire
from fairlead.web.standards.keep import standard_of
from fairlead.web.standards.models import StandardVersion

_LINKS: Final = pa.schema([(name, pa.string()) for name in ("link_id", "from_id", "to_id", "kind", "sector")])


def links_of(organisation: Organisation, parties: Collection[Party]) -> pa.Table:
    """Return the links of some parties: link_id, from_id, to_id, kind and sector, as the engine's table has them."""
    near = Q(from_party__in=parties) | Q(to_party__in=parties)
    rows = Link.live.filter(near, organisation=organisation, from_party__state=RecordState.LIVE).order_by("uid")
    return pa.Table.from_pylist(
        [
            {
                "link_id": one["uid"],
                "from_id": one["from_party__uid"],
                "to_id": BUYER_ID if one["to_self"] else one["to_party__uid"],
                "kind": one["kind"],
                "sector": one["sector"],
            }
            for one in rows.values("uid", "from_party__uid", "to_party__uid", "to_self", "kind", "sector")
        ],
        schema=_LINKS,
    )


def make(
    parties: Sequence[Party],
    version: StandardVersion,
    *,
    organisation: Organisation,
    user: User | None,
    due_on: date,
    language: str = "",
    greeting: str = "",
    reminders: bool = True,
) -> list[Questionnaire]:
    """Make a draft for each party; an empty `language` is each party's own, else the organisation's.

    Call it within the transaction of what it belongs to.
    """
    standard = standard_of(version)
    evidence = evidence_table(counting(organisation, timezone.localdate()).filter(party__in=parties))
    links = links_of(organisation, parties)
    made = []
    for party in parties:
        asked = _asked(standard, party, evidence, links)
        one = Questionnaire(
            organisation=organisation,
            party=party,
            standard=version,
            form=str(asked.form),
            questions=stored(asked),
            asked_count=len(asked.asked),
            language=language or _language(party, organisation),
            due_on=due_on,
            greeting=greeting,
            email=party.contact_email,
            reminders=reminders,
            created_by=user,
        )
        one.save()
        made.append(one)
    return made


def _language(party: Party, organisation: Organisation) -> str:
    return next((code for code in (party.language, organisation.language) if code in LANGUAGES), "en")


def _asked(standard: Standard, party: Party, evidence: pa.Table, links: pa.Table) -> Asked:
    rows = links.to_pylist()
    known = set(Workforce)
    return questionnaire(
        standard,
        Band(party.band) if party.assessed and party.band else None,
        findings=findings_to_ask_about(evidence, party.uid),
        sectors={row["sector"] for row in rows if row["from_id"] == party.uid and row["sector"]},
        workforce=[Workforce(word) for word in party.workforce if word in known],
        uses_labour_provider=recruited_for(links, party.uid),
    )


def stored(asked: Asked) -> list[dict[str, Any]]:
    """Return the questions of a questionnaire as they are kept."""
    return [
        {
            "question": one.question.key,
            "because": {"template": one.because.template, "values": dict(one.because.values)},
        }
        for one in asked.asked
    ]


def asked_of(one: Questionnaire) -> Asked:
    """Return a questionnaire as the engine's, with the reasons of both kinds."""
    because = {
        each["question"]: Message(each["because"]["template"], each["because"]["values"]) for each in one.questions
    }
    return asked_again(standard_of(one.standard), Form(one.form), because)


def change_questions(one: Questionnaire, add: Iterable[str], remove: Iterable[str]) -> dict[str, Any]:
    """Return the fields of a questionnaire with questions put in and taken out.

    Raises BelowLegalMinimum or AdaptationError where that cannot be.
    """
    asked = adjusted(standard_of(one.standard), asked_of(one), add=list(add), remove=list(remove))
    if not asked.asked:
        raise FairleadError(_("A questionnaire needs a question."))
    return {"questions": stored(asked), "asked_count": len(asked.asked)}
