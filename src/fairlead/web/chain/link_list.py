"""The list of links, and its page."""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import LinkKind
from fairlead.web.chain import link_cells
from fairlead.web.lists.definition import Choices, Column, Filter, ListDefinition, equals
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.lookup import party_lookup
from fairlead.web.parties.models import Link, Party
from fairlead.web.parties.search import named
from fairlead.web.parties.values_in_use import values_in_use
from fairlead.web.parties.words import GIVES
from fairlead.web.site.templatetags import words

_DIRECT: Final = "direct"
_NAMES_LOOKED_UP: Final = 200


def _rows(organisation: Organisation) -> QuerySet[Link]:
    return Link.live.filter(organisation=organisation).prefetch_related("from_party", "to_party", "organisation")


def _kinds(organisation: Organisation) -> Choices:
    return [(str(kind), GIVES[kind]) for kind in LinkKind]


def _goods(organisation: Organisation) -> Choices:
    goods = values_in_use(organisation, Link, "good")
    return sorted(((key, words.good(key)) for key in goods if key), key=lambda each: each[1])


def _ends(organisation: Organisation) -> Choices:
    return [(_DIRECT, _("This organisation")), ("other", _("Another party")), ("open", _("not known"))]


def _end(_of: Organisation, value: str) -> Q:
    if value == _DIRECT:
        return Q(to_self=True)
    return Q(to_self=False, to_party__isnull=value == "open")


def at_either_end(party: int) -> Q:
    """Return links from or to a party. SQLite, asked for both ends at once, would read every link that it finds."""
    if connection.vendor == "postgresql":
        return Q(from_party=party) | Q(to_party=party)
    ends = (Link.live.filter(from_party=party), Link.live.filter(to_party=party))
    gives, receives = (each.order_by().values("pk") for each in ends)
    return Q(pk__in=gives.union(receives))


def _search(organisation: Organisation, typed: str) -> Q:
    """Return links of the parties whose name or number has each word typed, of the first ones where they are many."""
    fits = Party.live.filter(named(typed), organisation=organisation).order_by("rank", "pk")
    ids = list(fits.values_list("pk", flat=True)[:_NAMES_LOOKED_UP])
    return Q(from_party__in=ids) | Q(to_party__in=ids)


def _to(row: Link) -> str | None:
    if row.to_self:
        return row.organisation.name
    return row.to_party.name if row.to_party else None


def _when(row: Link) -> str | None:
    if row.from_date and row.to_date:
        return gettext("%(start)s to %(end)s") % {"start": row.from_date, "end": row.to_date}
    if row.from_date:
        return gettext("since %(start)s") % {"start": row.from_date}
    return gettext("until %(end)s") % {"end": row.to_date} if row.to_date else None


LINK_LIST: Final = ListDefinition(
    key="links",
    title=_("Links"),
    page="chain:links",
    rows=_rows,
    columns=(
        Column("from", _("From"), lambda row: row.from_party.name, drawn=link_cells.giver),
        Column("kind", _("Link"), lambda row: str(GIVES[row.kind])),
        Column("to", _("To"), _to, drawn=link_cells.receiver),
        Column("good", _("Good"), lambda row: words.good(row.good) or None),
        Column("share", _("Share"), lambda row: row.share, drawn=link_cells.share, numeric=True),
        Column("spend", _("Spend"), lambda row: row.spend, drawn=link_cells.spend, numeric=True),
        Column("tier", _("Tier"), lambda row: row.tier, numeric=True),
        Column("dates", _("When"), _when),
        Column("since", _("Since"), lambda row: row.from_date, exported_only=True),
        Column("until", _("Until"), lambda row: row.to_date, exported_only=True),
        Column("currency", _("Currency"), lambda row: row.currency, exported_only=True),
        Column("product", _("HS code"), lambda row: row.product, exported_only=True),
        Column("sector", _("Sector"), lambda row: words.sector(row.sector) or None, exported_only=True),
        Column("id", _("Id"), lambda row: row.uid, exported_only=True),
        Column("from_id", _("Id of the giver"), lambda row: row.from_party.uid, exported_only=True),
        Column("to_id", _("Id of the receiver"), lambda row: row.to_party and row.to_party.uid, exported_only=True),
    ),
    order=("pk",),  # the order of an index, however many links there are
    search=_search,
    search_hint=_("Name or number of either end"),
    filters=(
        Filter("kind", _("Link"), _kinds, equals("kind")),
        Filter("good", _("Good"), _goods, equals("good")),
        Filter("to", _("To"), _ends, _end),
    ),
    lookups=(party_lookup(at_either_end, slow=True),),
    id_of=lambda row: row.uid,
    empty="chain/empty_links.html",
)


@needs(Capability.SEE)
def link_list(request: MemberRequest) -> HttpResponse:
    """Show the links."""
    return show_list(request, LINK_LIST, page="chain/links.html")
