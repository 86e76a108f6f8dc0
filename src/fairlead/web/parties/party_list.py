"""The list of parties: what it shows, by what it is filtered and ordered."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fairlead.identity.normalise import fold
from fairlead.model.vocabulary import Band, PartyKind
from fairlead.web.lists.definition import BulkAction, Choices, Column, Filter, ListDefinition
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party
from fairlead.web.site.templatetags import words

NO_DATA: Final = "no_data"
NOT_ASSESSED: Final = "not_assessed"


def _rows(organisation: Organisation) -> QuerySet[Party]:
    return Party.live.filter(organisation=organisation)


def _search(typed: str) -> Q:
    """Each word that was typed has to stand in a name or number, in whatever script."""
    condition = Q()
    for word in fold(typed).split() or [typed.lower()]:
        condition &= Q(search__contains=word)
    return condition


def _bands(organisation: Organisation) -> Choices:
    return [
        *((str(band), words.band(band)) for band in Band),
        (NO_DATA, words.band(None)),
        (NOT_ASSESSED, _("Not assessed yet")),
    ]


def _band(value: str) -> Q:
    if value == NOT_ASSESSED:
        return Q(assessed=False)
    return Q(assessed=True, band__isnull=True) if value == NO_DATA else Q(band=value)


def _countries(organisation: Organisation) -> Choices:
    codes = _rows(organisation).order_by().values_list("country", flat=True).distinct()
    return sorted(((code or "none", words.country(code)) for code in codes), key=lambda each: each[1])


def _country(value: str) -> Q:
    return Q(country__isnull=True) if value == "none" else Q(country=value)


def _kinds(organisation: Organisation) -> Choices:
    return [(str(kind), words.party_kind(kind)) for kind in PartyKind]


def _tiers(organisation: Organisation) -> Choices:
    return [("1", "1"), ("2", "2"), ("3", "3"), ("4", _("4 and beyond")), ("none", _("not known"))]


def _tier(value: str) -> Q:
    if value == "none":
        return Q(tier__isnull=True)
    return Q(tier__gte=4) if value == "4" else Q(tier=int(value))


PARTY_LIST: Final = ListDefinition(
    key="parties",
    title=_("Parties"),
    page="parties:list",
    rows=_rows,
    columns=(
        Column("name", _("Name"), lambda row: row.name, "parties/cell_name.html", order=("folded",)),
        Column(
            "band",
            _("Rating"),
            lambda row: words.band(row.band) if row.assessed else "",
            "parties/cell_band.html",
            order=("rank",),
        ),
        Column(
            "country",
            _("Country"),
            lambda row: words.country(row.country) if row.country else None,
            order=("country", "folded"),
        ),
        Column("kind", _("Kind"), lambda row: words.party_kind(row.kind), order=("kind", "folded")),
        Column("tier", _("Tier"), lambda row: row.tier, order=("tier", "folded"), numeric=True),
        Column("id", _("Id"), lambda row: row.uid, exported_only=True),
        Column("p", _("Probability"), lambda row: row.p, exported_only=True),
        Column("p_low", _("Probability, low"), lambda row: row.p_low, exported_only=True),
        Column("p_high", _("Probability, high"), lambda row: row.p_high, exported_only=True),
    ),
    order=("rank", "folded", "pk"),
    search=_search,
    search_hint=_("Name or number, in any script"),
    filters=(
        Filter("band", _("Rating"), _bands, _band),
        Filter("country", _("Country"), _countries, _country),
        Filter("kind", _("Kind"), _kinds, lambda value: Q(kind=value)),
        Filter("tier", _("Tier"), _tiers, _tier),
    ),
    bulk=(BulkAction(_("Ask"), "questionnaires:create", "ask"),),
    id_of=lambda row: row.uid,
    empty="parties/empty.html",
)
