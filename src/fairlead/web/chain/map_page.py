"""The page of the map: how many parties or sites are in each country, and one country with its sites as dots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairlead.report.world_map import RAISED, CountryCount, world, world_map
from fairlead.web.chain.country_drawing import Spot, draw_country
from fairlead.web.lists.table_file import Table, exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party, RecordState, Site
from fairlead.web.records.remembered import remembered
from fairlead.web.site.templatetags.words import country, reader
from fairlead.write.safe_cell import Value

#: Parties and sites of one country that stand on its page; the rest is in the list of parties.
_LISTED: Final = 50
_DOTS: Final = 500
_ON_A_DOT: Final = ("uid", "name", "address", "longitude", "latitude", "party__uid", "party__name")


@needs(Capability.SEE)
def world_page(request: MemberRequest) -> HttpResponse:
    """Show the world, or with `?country=` one country."""
    code = request.GET.get("country", "")
    if code:
        return _country(request, code)
    counts, unknown = remembered("map", request.organisation, lambda: counted(request.organisation))
    if file := exported(request, lambda: _table(counts, unknown)):
        return file
    address = reverse("chain:map", kwargs={"slug": request.organisation.slug})
    picture = world_map(reader(), counts, unknown, address=lambda iso3: f"{address}?country={iso3}")
    context = {"picture": picture, "svg": SafeString(picture.svg), "counts": counts, "unknown": unknown}
    return render(request, "chain/map.html", context)


def _table(counts: Sequence[CountryCount], unknown: int) -> Table:
    headings = [_("Country"), "ISO 3166-1", _("Parties"), _("Elevated or higher"), _("No data")]
    rows: list[list[Value]] = [
        [country(one.iso3), one.iso3, one.all, one.raised if one.all > one.no_data else None, one.no_data]
        for one in counts
    ]
    if unknown:
        rows.append([_("Place not known"), None, unknown, None, None])
    return Table("countries", _("Parties by country"), headings, rows)


def counted(organisation: Organisation) -> tuple[list[CountryCount], int]:
    """Count an organisation's parties by country, most rated elevated or higher first, and those without a country."""
    rows = Party.live.filter(organisation=organisation).order_by().values("country", "band").annotate(count=Count("pk"))
    counts: dict[str, CountryCount] = {}
    unknown = 0
    for row in rows:
        if not row["country"]:
            unknown += row["count"]
            continue
        one = counts.setdefault(row["country"], CountryCount(row["country"]))
        one.all += row["count"]
        one.raised += row["count"] if row["band"] in RAISED else 0
        one.no_data += row["count"] if row["band"] is None else 0
    return sorted(counts.values(), key=lambda one: (-one.raised, -one.all, one.iso3)), unknown


def _country(request: MemberRequest, code: str) -> HttpResponse:
    """Show one country: its outline with the sites whose place is known, its parties, its sites."""
    if code not in world()["countries"]:
        raise Http404
    parties = Party.live.filter(organisation=request.organisation, country=code).order_by("rank", "folded", "pk")
    sites = _sites(request.organisation, code)
    placed = list(sites.filter(latitude__isnull=False, longitude__isnull=False).values(*_ON_A_DOT)[: _DOTS + 1])
    counted_sites = remembered(f"sites-{code}", request.organisation, lambda: _counted_sites(sites))
    svg = draw_country(code, _spots(request, placed[:_DOTS]))
    context = {
        "code": code,
        "svg": SafeString(svg),
        "parties": parties[:_LISTED],
        "party_count": parties.count(),
        "sites": list(sites[:_LISTED]),
        "site_count": counted_sites["all"],
        "unplaced": counted_sites["all"] - counted_sites["placed"],
        "too_many": len(placed) > _DOTS,
        "listed": _LISTED,
        "dots": _DOTS,
    }
    return render(request, "chain/country.html", context)


def _counted_sites(sites: QuerySet[Site]) -> dict[str, int]:
    """Return how many sites there are, and of how many the place is known."""
    placed = Q(latitude__isnull=False, longitude__isnull=False)
    return dict(sites.order_by().aggregate(all=Count("pk"), placed=Count("pk", filter=placed)))


def _sites(organisation: Organisation, code: str) -> QuerySet[Site]:
    live = Site.live.filter(organisation=organisation, country=code, party__state=RecordState.LIVE)
    return live.select_related("party").order_by("pk")


def _spots(request: MemberRequest, sites: Sequence[Mapping[str, Any]]) -> list[Spot]:
    told = _("%(site)s of %(party)s")
    party = reverse("parties:party", kwargs={"slug": request.organisation.slug, "uid": "UID"})
    return [
        Spot(
            site["longitude"],
            site["latitude"],
            told % {"site": site["name"] or site["address"] or site["uid"], "party": site["party__name"]},
            party.replace("UID", site["party__uid"]),
        )
        for site in sites
    ]
