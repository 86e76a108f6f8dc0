"""The list of sites, the places where parties work, and its page."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.template.defaultfilters import floatformat
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import SiteKind
from fairlead.web.lists.definition import Choices, Column, Filter, ListDefinition, equals
from fairlead.web.lists.lines import no_data
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.address import address_of
from fairlead.web.parties.country_filter import country_filter
from fairlead.web.parties.lookup import party_lookup
from fairlead.web.parties.models import RecordState, Site
from fairlead.web.parties.search import named
from fairlead.web.parties.values_in_use import values_in_use
from fairlead.web.parties.words import SITE_KINDS
from fairlead.web.site.templatetags import words
from fairlead.write.safe_cell import Value


def _rows(organisation: Organisation) -> QuerySet[Site]:
    return Site.live.filter(organisation=organisation, party__state=RecordState.LIVE).select_related("party")


def _party(row: Site, value: Value, organisation: Organisation) -> SafeString:
    return format_html('<a class="row" href="{}">{}</a>', address_of(row.party, organisation), value)


def _place(row: Site, _value: Value, _organisation: Organisation) -> SafeString:
    """Return what a site is called, and its address."""
    return conditional_escape(", ".join(filter(None, (row.name, row.address)))) or no_data()


def _kind(row: Site, _value: Value, _organisation: Organisation) -> SafeString:
    if row.kind == SiteKind.UNKNOWN:
        return no_data(gettext("not known"))
    return conditional_escape(str(SITE_KINDS[row.kind]))


def _workers(row: Site, _value: Value, _organisation: Organisation) -> SafeString:
    return no_data() if row.workers is None else conditional_escape(floatformat(row.workers, "0g"))


def _placed(organisation: Organisation) -> Choices:
    return [("yes", _("known")), ("no", _("not known"))]


def _search(_of: Organisation, typed: str) -> Q:
    """Return sites of the parties whose name or number has each word typed, and those in a town of that name."""
    town = typed.strip()
    written = {town, town.capitalize(), town.title(), town.upper()}  # an index finds a town only as it is written
    return named(typed, of="party") | Q(city__in=written)


SITE_LIST: Final = ListDefinition(
    key="sites",
    title=_("Sites"),
    page="chain:sites",
    rows=_rows,
    columns=(
        Column("party", _("Party"), lambda row: row.party.name, drawn=_party),
        Column("site", _("Site"), lambda row: row.name or None, drawn=_place),
        Column("address", _("Address"), lambda row: row.address or None, exported_only=True),
        Column("kind", _("Kind"), lambda row: str(SITE_KINDS[row.kind]), drawn=_kind),
        Column("city", _("Town"), lambda row: row.city or None),
        Column("region", _("Region"), lambda row: row.region or None),
        Column("country", _("Country"), lambda row: words.country(row.country) if row.country else None),
        Column("workers", _("Workers"), lambda row: row.workers, drawn=_workers, numeric=True),
        Column("latitude", _("Latitude"), lambda row: row.latitude, exported_only=True),
        Column("longitude", _("Longitude"), lambda row: row.longitude, exported_only=True),
        Column("id", _("Id"), lambda row: row.uid, exported_only=True),
        Column("party_id", _("Id of the party"), lambda row: row.party.uid, exported_only=True),
    ),
    order=("pk",),
    search=_search,
    search_hint=_("Name or number of the party, or a town"),
    filters=(
        country_filter(lambda organisation: values_in_use(organisation, Site, "country")),
        Filter(
            "kind",
            _("Kind"),
            lambda _of: [(str(kind), SITE_KINDS[kind]) for kind in SiteKind],
            equals("kind"),
        ),
        Filter("placed", _("Place on the map"), _placed, lambda _of, value: Q(latitude__isnull=value == "no")),
    ),
    lookups=(party_lookup(),),
    id_of=lambda row: row.uid,
    empty="chain/empty_sites.html",
)


@needs(Capability.SEE)
def site_list(request: MemberRequest) -> HttpResponse:
    """Show the sites."""
    return show_list(request, SITE_LIST, page="chain/sites.html")
