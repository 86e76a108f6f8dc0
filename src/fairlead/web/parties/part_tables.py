"""The sites and the links of one party as tables that can be taken away."""

from __future__ import annotations

from itertools import chain

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fairlead.web.lists.table_file import Table
from fairlead.web.parties.models import Link, Party, Site
from fairlead.web.parties.words import GIVES, SITE_KINDS
from fairlead.web.site.templatetags import words


def sites_table(party: Party, sites: QuerySet[Site]) -> Table:
    """Return the sites of a party."""
    headings = [
        _("Name"), _("Address"), _("Kind"), _("Town"), _("Region"), _("Country"), _("Workers"), _("Latitude"),
        _("Longitude"), _("Id"),
    ]  # fmt: skip
    rows = (
        [
            site.name or None,
            site.address or None,
            str(SITE_KINDS[site.kind]),
            site.city or None,
            site.region or None,
            words.country(site.country) if site.country else None,
            site.workers,
            site.latitude,
            site.longitude,
            site.uid,
        ]
        for site in sites.iterator()
    )
    return Table(f"sites-{party.uid}", _("Sites"), headings, rows)


def links_table(party: Party, *links: QuerySet[Link]) -> Table:
    """Return the links of a party, each told from who gives to who receives."""
    headings = [
        _("From"), _("Link"), _("To"), _("Good"), _("Sector"), _("HS code"), _("Share"), _("Spend"), _("Currency"),
        _("Since"), _("Until"), _("Id"),
    ]  # fmt: skip
    rows = (
        [
            link.from_party.name,
            str(GIVES[link.kind]),
            _receiver(party, link),
            words.good(link.good) or None,
            words.sector(link.sector) or None,
            link.product,
            link.share,
            link.spend,
            link.currency,
            link.from_date,
            link.to_date,
            link.uid,
        ]
        for link in chain.from_iterable(each.iterator() for each in links)
    )
    return Table(f"links-{party.uid}", _("Links"), headings, rows)


def _receiver(party: Party, link: Link) -> str | None:
    if link.to_self:
        return party.organisation.name
    return link.to_party.name if link.to_party else None
