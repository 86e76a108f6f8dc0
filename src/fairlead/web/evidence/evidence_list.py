"""The list of all evidence: what it shows, by what it is filtered and ordered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fairlead.web.evidence import list_cells
from fairlead.web.evidence.models import Evidence
from fairlead.web.evidence.templatetags import evidence as told
from fairlead.web.evidence.words import INDICATORS, POINTS, SEEN_BY, WHO, cards
from fairlead.web.lists.definition import Choices, Column, Filter, ListDefinition, SearchLimit, equals
from fairlead.web.lists.templatetags.lists import localised
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.lookup import party_lookup
from fairlead.web.parties.models import NOT_LIVE, Party
from fairlead.web.parties.search import ASKED_BEFOREHAND, named
from fairlead.web.records.remembered import remembered
from fairlead.web.site.templatetags.words import reader

#: So many of the newest pieces of evidence are searched for words in their source's title and quote.
_LOOKED_THROUGH: Final = 20_000


def _rows(organisation: Organisation) -> QuerySet[Any]:
    """Return the evidence of parties in use.

    The few parties that are not in use are looked up first: joined to the others, the database would sort all of them.
    """
    gone = Party.objects.filter(organisation=organisation, state__in=NOT_LIVE)
    rows = Evidence.live.filter(organisation=organisation).exclude(party__in=gone.values("pk"))
    return rows.prefetch_related("party", "recorded_by")


def _open_rows(organisation: Organisation) -> QuerySet[Any]:
    return _rows(organisation).exclude(visibility="restricted")


def _search(organisation: Organisation, typed: str) -> Q:
    """Return evidence of parties with each typed word in their names, or with the words in its source's title or quote.

    Titles and quotes of the newest pieces only are looked through: those of millions would take many seconds.
    """
    told = Q(pk__gte=_oldest_looked_through(organisation))
    for word in typed.split():
        told &= Q(source_title__icontains=word) | Q(quote__icontains=word)
    telling = Evidence.live.filter(told, organisation=organisation).order_by().values("pk")
    if connection.vendor == "postgresql":
        # Its text search is quick; out of a union it would look each row up a second time, and never stop early.
        pieces = list(telling.values_list("pk", flat=True)[: ASKED_BEFOREHAND + 1])
        return named(typed, of="party") | Q(pk__in=pieces if len(pieces) <= ASKED_BEFOREHAND else telling)
    of_parties = Evidence.objects.filter(named(typed, of="party")).order_by().values("pk")
    return Q(pk__in=of_parties.union(telling))


def _oldest_looked_through(organisation: Organisation) -> int:
    """Return the number of the oldest piece whose title and quote are looked through.

    It is asked for twice by a search, and nothing is left out where it is a minute old: what came since is newer.
    """
    newest = Evidence.live.filter(organisation=organisation).order_by("-pk").values_list("pk", flat=True)
    last = newest[_LOOKED_THROUGH - 1 : _LOOKED_THROUGH]
    return remembered("evidence-looked-through", organisation, lambda: next(iter(last), 0), slow=0)


def _more_than_looked_through(organisation: Organisation) -> bool:
    older = Evidence.live.filter(organisation=organisation, pk__lt=_oldest_looked_through(organisation))
    return older.order_by("-pk")[:1].exists()


def _findings(organisation: Organisation) -> Choices:
    return [(card.key, reader().gettext(card.title)) for card in cards().values()]


def _expiry(organisation: Organisation) -> Choices:
    return [("dated", _("Has an end")), ("open", _("Has none"))]


EVIDENCE_LIST: Final = ListDefinition(
    key="evidence",
    title=_("Evidence"),
    page="evidence:list",
    rows=_rows,
    columns=(
        Column("finding", _("Finding"), told.finding, drawn=list_cells.finding, order=("finding", "pk")),
        Column("party", _("Party"), lambda row: row.party.name, drawn=list_cells.party, order=("party__folded",)),
        Column("points", _("Points"), lambda row: told.points(row.polarity)),
        Column("said_by", _("Said by"), lambda row: told.said_by(row.asserted_by), order=("asserted_by", "pk")),
        Column("when", _("When"), lambda row: row.event_date, drawn=list_cells.when, order=("event_date", "pk")),
        Column("source", _("Source"), told.source, drawn=list_cells.source),
        Column("indicator", _("ILO indicator"), lambda row: told.indicator(row.indicator), exported_only=True),
        Column("value", _("Value"), lambda row: row.value, exported_only=True),
        Column("edition", _("Edition"), lambda row: row.edition, exported_only=True),
        Column("locator", _("Where in it"), lambda row: row.locator, exported_only=True),
        Column("quote", _("Quote"), lambda row: row.quote, exported_only=True),
        Column("verified_by", _("Verified by"), lambda row: told.said_by(row.verified_by), exported_only=True),
        Column("confidence", _("How sure"), lambda row: row.confidence, exported_only=True),
        Column("visibility", _("Who may see it"), lambda row: told.seen_by(row.visibility), exported_only=True),
        Column("expires", _("Counts until"), lambda row: str(row.expires_on or ""), exported_only=True),
        Column("id", _("Id"), lambda row: row.uid, exported_only=True),
        Column("party_id", _("Id of the party"), lambda row: row.party.uid, exported_only=True),
    ),
    order=("-pk",),
    search=_search,
    search_hint=_("Party, source or quote"),
    search_limit=SearchLimit(
        format_lazy(
            _("The names of all parties are searched, but sources and quotes only of the newest {number} pieces."),
            number=lazy(localised, str)(_LOOKED_THROUGH),
        ),
        _more_than_looked_through,
    ),
    filters=(
        Filter("finding", _("Finding"), _findings, equals("finding")),
        Filter("indicator", _("Indicator"), lambda _of: list(INDICATORS.items()), equals("indicator")),
        Filter("said_by", _("Said by"), lambda _of: list(WHO.items()), equals("asserted_by")),
        Filter("points", _("Points"), lambda _of: list(POINTS.items()), equals("polarity")),
        Filter("seen_by", _("Who may see it"), lambda _of: list(SEEN_BY.items()), equals("visibility")),
        Filter("ends", _("End"), _expiry, lambda _of, value: Q(expires_on__isnull=value == "open")),
    ),
    lookups=(party_lookup(),),
    id_of=lambda row: row.uid,
    empty="evidence/empty.html",
)

#: For those who may not see what is restricted.
OPEN_EVIDENCE_LIST: Final = replace(EVIDENCE_LIST, rows=_open_rows)
