"""The list of corrective actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairlead.remedy import OPEN, TO_BE_DONE
from fairlead.web.actions.models import CorrectiveAction, Owner
from fairlead.web.actions.words import STATES, choices
from fairlead.web.lists.definition import Choices, Column, Filter, ListDefinition, equals
from fairlead.web.organisations.models import Organisation
from fairlead.web.site.templatetags import words

_WEEK: Final = timedelta(days=7)
_MONTH: Final = timedelta(days=31)


def rows(organisation: Organisation) -> QuerySet[CorrectiveAction]:
    """Return the actions of an organisation with what a list shows of them."""
    return CorrectiveAction.objects.filter(organisation=organisation).select_related("party", "followed_by")


def what(action: CorrectiveAction) -> str:
    """Return in words what is to be done, in the reader's language where it comes from the plan."""
    return action.words or words.sentence(action.text)


def overdue(today: date) -> Q:
    """Return the condition that an action should have been done."""
    return Q(state__in=TO_BE_DONE, due_on__lt=today)


_DUE: Final[dict[str, Callable[[date], Q]]] = {
    "overdue": overdue,
    "week": lambda today: Q(state__in=OPEN, due_on__range=(today, today + _WEEK)),
    "month": lambda today: Q(state__in=OPEN, due_on__range=(today, today + _MONTH)),
    "none": lambda today: Q(state__in=OPEN, due_on__isnull=True),
}


def _due_choices(organisation: Organisation) -> Choices:
    return [
        ("overdue", _("Overdue")),
        ("week", _("Within a week")),
        ("month", _("Within a month")),
        ("none", _("No date")),
    ]


def _search(_of: Organisation, typed: str) -> Q:
    condition = Q()
    for word in typed.lower().split():
        condition &= Q(words__icontains=word) | Q(party__search__contains=word)
    return condition


ACTION_LIST: Final = ListDefinition(
    key="actions",
    title=_("Corrective actions"),
    page="actions:list",
    rows=rows,
    columns=(
        Column("what", _("What is to be done"), what, "actions/cell_what.html"),
        Column("party", _("Party"), lambda row: row.party.name, "actions/cell_party.html", order=("party__folded",)),
        Column(
            "state", _("State"), lambda row: str(row.get_state_display()), "actions/cell_state.html", order=("state",)
        ),
        Column(
            "due",
            _("Until"),
            lambda row: row.due_on.isoformat() if row.due_on else None,
            "actions/cell_due.html",
            order=("due_on",),
        ),
        Column("owner", _("Who does it"), lambda row: str(row.get_owner_display())),
        Column("followed", _("Who follows it"), lambda row: str(row.followed_by) if row.followed_by else None),
        Column("cost", _("Cost"), lambda row: row.cost, exported_only=True),
        Column("owed", _("Owed to workers"), lambda row: row.owed, exported_only=True),
        Column("paid", _("Paid to workers"), lambda row: row.paid, exported_only=True),
        Column("currency", _("Currency"), lambda row: row.currency, exported_only=True),
        Column("bearer", _("Who bears the cost"), lambda row: str(row.get_cost_bearer_display()), exported_only=True),
        Column("verifier", _("Who verified it"), lambda row: str(row.get_verifier_display()), exported_only=True),
        Column("id", _("Id"), lambda row: row.uid, exported_only=True),
    ),
    order=("due_on", "pk"),
    search=_search,
    search_hint=_("Step or party"),
    filters=(
        Filter("state", _("State"), lambda organisation: choices(STATES), equals("state")),
        Filter("due", _("Due"), _due_choices, lambda _of, value: _DUE[value](timezone.localdate())),
        Filter("owner", _("Who does it"), lambda organisation: Owner.choices, equals("owner")),
    ),
    id_of=lambda row: row.uid,
    empty="actions/empty.html",
)


def of_party(organisation: Organisation, party: Any) -> QuerySet[CorrectiveAction]:
    """Return the actions of one party, the open ones first."""
    return rows(organisation).filter(party=party).order_by("closed_on", "due_on", "pk")
