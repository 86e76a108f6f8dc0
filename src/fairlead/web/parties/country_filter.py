"""The filter of lists by country, with a choice for rows whose country is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairlead.web.lists.definition import Choices, Filter
from fairlead.web.organisations.models import Organisation
from fairlead.web.site.templatetags import words

_NOT_KNOWN: Final = "none"


def country_filter(codes: Callable[[Organisation], Iterable[str | None]], column: str = "country") -> Filter:
    """Return the filter by country.

    `codes` are the countries (ISO 3166-1 alpha-3) that the rows have, null where one has none; `column` is where a row
    has its country, as Django's filters name it.
    """

    def choices(organisation: Organisation) -> Choices:
        found = ((code or _NOT_KNOWN, words.country(code)) for code in codes(organisation))
        return sorted(found, key=lambda each: each[1])

    def condition(_of: Organisation, value: str) -> Q:
        return Q(**{f"{column}__isnull": True}) if value == _NOT_KNOWN else Q(**{column: value})

    return Filter("country", _("Country"), choices, condition)
