"""Filters for the templates of corrective actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.remedy import is_overdue
from fairlead.web.actions.action_list import of_party, what
from fairlead.web.actions.forms import in_words
from fairlead.web.actions.models import ActionEvent, CorrectiveAction
from fairlead.web.parties.models import Party

register = template.Library()

_EVENTS: Final[Mapping[str, str | Promise]] = {
    "agree": _("agreed"),
    "begin": _("begun"),
    "done": _("marked as done"),
    "verify": _("verified"),
    "refuse": _("sent back: not done"),
    "cancel": _("cancelled"),
    "reopen": _("opened again"),
    "note": _("note"),
    "escalation": _("escalated"),
    "reminder": _("reminder sent"),
    "change": _("changed"),
}


@register.filter
def what_to_do(action: CorrectiveAction) -> str:
    """Return in words what is to be done."""
    return what(action)


@register.filter
def event_word(event: ActionEvent) -> str | Promise:
    """Return in a word what happened."""
    return _EVENTS.get(event.kind, event.kind)


@register.filter
def event_words(event: ActionEvent) -> str:
    """Return what was written down with what happened; of a change, the fields in the language of the reader."""
    return in_words(event.words) if event.kind == "change" else event.words


@register.filter
def late(action: CorrectiveAction) -> bool:
    """Say whether an action should have been done."""
    return is_overdue(action.state, action.due_on, timezone.localdate())


@register.simple_tag
def actions_of(party: Party) -> list[CorrectiveAction]:
    """Return the actions of a party, the open ones first."""
    return list(of_party(party.organisation, party)[:100])
