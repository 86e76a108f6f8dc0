"""The list of parties: what it shows, by what it is filtered and ordered."""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import Band, PartyKind
from fairlead.web.lists.definition import BulkAction, Choices, Column, Filter, ListDefinition, equals
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties import list_cells
from fairlead.web.parties.country_filter import country_filter
from fairlead.web.parties.models import Label, Labelling, Link, Party
from fairlead.web.parties.search import named
from fairlead.web.parties.told import DELIVERS, look_up, told
from fairlead.web.parties.values_in_use import values_in_use
from fairlead.web.records.remembered import remembered
from fairlead.web.site.templatetags import words

NO_DATA: Final = "no_data"
NOT_ASSESSED: Final = "not_assessed"

#: Seconds: looking for what all parties supply is done once a minute where it takes longer.
_SLOW: Final = 0.005

#: What stands before the key of a sector among goods and sectors, some of which have the same key.
SECTOR: Final = "sector-"


def _rows(organisation: Organisation) -> QuerySet[Party]:
    return Party.live.filter(organisation=organisation)


def _bands(organisation: Organisation) -> Choices:
    return [
        *((str(band), words.band(band)) for band in Band),
        (NO_DATA, words.band(None)),
        (NOT_ASSESSED, _("Not assessed yet")),
    ]


def _band(_of: Organisation, value: str) -> Q:
    if value == NOT_ASSESSED:
        return Q(assessed=False)
    return Q(assessed=True, band__isnull=True) if value == NO_DATA else Q(band=value)


def _kinds(organisation: Organisation) -> Choices:
    return [(str(kind), words.party_kind(kind)) for kind in PartyKind]


def _tiers(organisation: Organisation) -> Choices:
    return [("1", "1"), ("2", "2"), ("3", "3"), ("4", _("4 and beyond")), ("none", _("not known"))]


def _tier(_of: Organisation, value: str) -> Q:
    if value == "none":
        return Q(tier__isnull=True)
    return Q(tier__gte=4) if value == "4" else Q(tier=int(value))


def _labels(organisation: Organisation) -> Choices:
    return [(str(pk), name) for pk, name in Label.objects.filter(organisation=organisation).values_list("pk", "name")]


def _label(_of: Organisation, value: str) -> Q:
    return Q(pk__in=Labelling.objects.filter(label_id=int(value)).values("party"))


def _supplied(organisation: Organisation) -> Choices:
    language = words.reader()

    def in_words() -> Choices:
        goods = ((key, language.good(key)) for key in values_in_use(organisation, Link, "good") if key)
        sectors = ((SECTOR + key, language.sector(key)) for key in values_in_use(organisation, Link, "sector") if key)
        return sorted((*goods, *sectors), key=lambda each: each[1])

    return remembered(f"supplied-{language.code}", organisation, in_words, slow=_SLOW)


def _supplies(organisation: Organisation, value: str) -> Q:
    column = "sector" if value.startswith(SECTOR) else "good"
    of = {"organisation": organisation, column: value.removeprefix(SECTOR)}
    givers = Link.live.filter(**of, kind__in=DELIVERS).order_by().values("from_party")
    if connection.vendor != "postgresql":
        return Q(pk__in=givers)
    question, parameters = givers.query.sql_with_params()
    listed = f"SELECT unnest(ARRAY({question}))"  # the parties of a list are looked up; else all would be read
    return Q(pk__in=RawSQL(listed, parameters))  # noqa: S611 - what Django has written


def _yes(organisation: Organisation) -> Choices:
    return [("yes", _("Yes"))]


def _other_names(row: Party) -> str:
    return "; ".join(name for name in row.names if name != row.name)


PARTY_LIST: Final = ListDefinition(
    key="parties",
    title=_("Parties"),
    page="parties:list",
    rows=_rows,
    columns=(
        Column("name", _("Name"), lambda row: row.name, drawn=list_cells.name, order=("folded",)),
        Column(
            "band",
            _("Rating"),
            lambda row: words.band(row.band) if row.assessed else "",
            drawn=list_cells.band,
            order=("rank",),
        ),
        Column(
            "country",
            _("Country"),
            lambda row: words.country(row.country) if row.country else None,
            order=("country", "folded"),
        ),
        Column("supplies", _("Supplies"), lambda row: told(row).supplies, drawn=list_cells.supplies),
        Column("kind", _("Kind"), lambda row: words.party_kind(row.kind), order=("kind", "folded")),
        Column("tier", _("Tier"), lambda row: row.tier, order=("tier", "folded"), numeric=True),
        Column("spend_share", _("Spend"), lambda row: told(row).spend_share, drawn=list_cells.spend, numeric=True),
        Column("labels", _("Labels"), lambda row: ", ".join(told(row).labels), drawn=list_cells.labels),
        Column("spend", _("Spend, amounts"), lambda row: told(row).spend, exported_only=True),
        Column("names", _("Other names"), _other_names, exported_only=True),
        Column("numbers", _("Numbers"), lambda row: told(row).numbers, exported_only=True),
        Column("note", _("Note"), lambda row: row.note, exported_only=True),
        Column("id", _("Id"), lambda row: row.uid, exported_only=True),
        Column("p", _("Probability"), lambda row: row.p, exported_only=True),
        Column("p_low", _("Probability, low"), lambda row: row.p_low, exported_only=True),
        Column("p_high", _("Probability, high"), lambda row: row.p_high, exported_only=True),
    ),
    order=("rank", "folded", "pk"),
    search=lambda _of, typed: named(typed),
    search_hint=_("Name or number, in any script"),
    filters=(
        Filter("band", _("Rating"), _bands, _band),
        country_filter(lambda organisation: values_in_use(organisation, Party, "country")),
        Filter("kind", _("Kind"), _kinds, equals("kind")),
        Filter("tier", _("Tier"), _tiers, _tier),
        Filter("supplies", _("Supplies"), _supplied, _supplies, slow=True),
        Filter("find_out", _("Find out"), _yes, lambda _of, value: Q(find_out=True)),
        Filter("label", _("Label"), _labels, _label, slow=True),
    ),
    bulk=(
        BulkAction(_("Ask"), "questionnaires:create", Capability.ASK),
        BulkAction(_("Change…"), "parties:bulk_change", Capability.EDIT),
        BulkAction(_("Merge…"), "parties:bulk_merge", Capability.EDIT),
        BulkAction(_("Withdraw"), "parties:bulk_withdraw", Capability.EDIT),
    ),
    prepare=look_up,
    id_of=lambda row: row.uid,
    empty="parties/empty.html",
)
