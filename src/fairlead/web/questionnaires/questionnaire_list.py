"""The lists of questionnaires and of answers that grow old."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairlead.web.lists.definition import BulkAction, Choices, Column, Filter, ListDefinition
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import RecordState
from fairlead.web.parties.search import named
from fairlead.web.questionnaires.models import WITH_SUPPLIER, AcceptedEvidence, Questionnaire, State
from fairlead.web.site.templatetags import words
from fairlead.web.standards.models import StandardVersion

OVERDUE: Final = "overdue"
EXPIRED: Final = "expired"
WANTED: Final = "link_wanted"


def _rows(organisation: Organisation) -> QuerySet[Questionnaire]:
    return (
        Questionnaire.objects.filter(organisation=organisation)
        .select_related("party", "standard")
        .defer("questions", "standard__changes", "party__search", "party__names")
    )


def _states(organisation: Organisation) -> Choices:
    return [
        *State.choices,
        (OVERDUE, _("Overdue")),
        (EXPIRED, _("Link expired")),
        (WANTED, _("Asks for a new link")),
    ]


def _state(_of: Organisation, value: str) -> Q:
    with_supplier = Q(state__in=WITH_SUPPLIER)
    if value == OVERDUE:
        return with_supplier & Q(due_on__lt=timezone.localdate())
    if value == EXPIRED:
        return with_supplier & (Q(link_until__isnull=True) | Q(link_until__lt=timezone.now()))
    return Q(link_wanted=True) if value == WANTED else Q(state=value)


def _versions(organisation: Organisation) -> Choices:
    found = StandardVersion.objects.filter(organisation=organisation).values_list("number", "name")
    return [(str(number), f"{number}: {name}") for number, name in found]


QUESTIONNAIRE_LIST: Final = ListDefinition(
    key="questionnaires",
    title=_("Questionnaires"),
    page="questionnaires:list",
    rows=_rows,
    columns=(
        Column(
            "party",
            _("Party"),
            lambda row: row.party.name,
            "questionnaires/cell_party.html",
            order=("party__folded",),
        ),
        Column(
            "state",
            _("State"),
            lambda row: str(row.get_state_display()),
            "questionnaires/cell_state.html",
            order=("state", "due_on"),
        ),
        Column(
            "due_on",
            _("Answer by"),
            lambda row: row.due_on.isoformat(),
            "questionnaires/cell_due.html",
            order=("due_on",),
        ),
        Column(
            "answered",
            _("Answered"),
            lambda row: row.share,
            "questionnaires/cell_share.html",
            numeric=True,
            unit="%",
        ),
        Column("asked", _("Questions"), lambda row: row.asked_count, numeric=True, order=("asked_count",)),
        Column("standard", _("Version of the standard"), lambda row: row.standard.number, numeric=True),
        Column("language", _("Language"), lambda row: row.language, exported_only=True),
        Column("party_id", _("Id of the party"), lambda row: row.party.uid, exported_only=True),
        Column(
            "submitted",
            _("Sent in"),
            lambda row: row.submitted_at.date().isoformat() if row.submitted_at else None,
            exported_only=True,
        ),
    ),
    order=("-pk",),
    search=lambda _of, typed: named(typed, of="party"),
    search_hint=_("Name of the party"),
    filters=(
        Filter("state", _("State"), _states, _state),
        Filter("standard", _("Version of the standard"), _versions, lambda _of, value: Q(standard__number=int(value))),
    ),
    bulk=(
        BulkAction(_("Send"), "questionnaires:send_many", "ask"),
        BulkAction(_("Remind"), "questionnaires:remind_many", "ask"),
    ),
    empty="questionnaires/empty.html",
)


def _expiring(organisation: Organisation) -> QuerySet[AcceptedEvidence]:
    return (
        AcceptedEvidence.objects.filter(organisation=organisation, evidence__state=RecordState.LIVE)
        .select_related("evidence__party")
        .defer("evidence__party__search", "evidence__party__names")
    )


def _soon(_of: Organisation, value: str) -> Q:
    today = timezone.localdate()
    if value == "over":
        return Q(expires_on__lt=today)
    return Q(expires_on__gte=today, expires_on__lte=today + timedelta(days=int(value)))


EXPIRING_LIST: Final = ListDefinition(
    key="answers",
    title=_("Answers that grow old"),
    page="questionnaires:expiring",
    rows=_expiring,
    columns=(
        Column(
            "party",
            _("Party"),
            lambda row: row.evidence.party.name,
            "questionnaires/cell_expiring_party.html",
            order=("evidence__party__folded",),
        ),
        Column("answer", _("What was answered"), lambda row: words.sentence(row.evidence.text)),
        Column(
            "expires_on",
            _("Counts until"),
            lambda row: row.expires_on.isoformat(),
            "questionnaires/cell_expires.html",
            order=("expires_on",),
        ),
    ),
    order=("expires_on", "pk"),
    search=lambda _of, typed: named(typed, of="evidence__party"),
    search_hint=_("Name of the party"),
    filters=(
        Filter(
            "until",
            _("Counts until"),
            lambda organisation: [
                ("over", _("over already")),
                ("30", _("within 30 days")),
                ("90", _("within 90 days")),
                ("366", _("within a year")),
            ],
            _soon,
        ),
    ),
    empty="questionnaires/empty_expiring.html",
)
