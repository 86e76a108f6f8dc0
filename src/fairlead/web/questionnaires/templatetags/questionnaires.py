"""What the page of a party shows of its questionnaires."""

from __future__ import annotations

from django import template

from fairlead.web.parties.models import Party
from fairlead.web.questionnaires.models import Questionnaire

register = template.Library()

_SHOWN = 10


@register.simple_tag
def questionnaires_of(party: Party) -> list[Questionnaire]:
    """Return the newest questionnaires of a party, in one query."""
    return list(
        Questionnaire.objects.filter(party=party).select_related("standard").defer("questions").order_by("-pk")[:_SHOWN]
    )
