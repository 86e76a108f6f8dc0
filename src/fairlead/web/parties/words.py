"""What kinds of sites and links are called, seen from either end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import LinkKind, SiteKind, Workforce

Text = str | Promise

SITE_KINDS: Final[Mapping[str, Text]] = {
    SiteKind.FACTORY: _("Factory"),
    SiteKind.MINE: _("Mine"),
    SiteKind.SMELTER: _("Smelter"),
    SiteKind.FARM: _("Farm"),
    SiteKind.CAMP: _("Workers' camp"),
    SiteKind.OFFICE: _("Office"),
    SiteKind.SHIP: _("Ship"),
    SiteKind.UNKNOWN: _("Kind not known"),
}

#: Of a link, what the one who gives does to the other.
GIVES: Final[Mapping[str, Text]] = {
    LinkKind.SUPPLIES: _("supplies"),
    LinkKind.SUBCONTRACTS: _("is a subcontractor of"),
    LinkKind.RECRUITS_FOR: _("recruits workers for"),
    LinkKind.SECONDS_TO: _("sends workers to"),
    LinkKind.OWNS: _("owns"),
    LinkKind.CONTROLS: _("controls"),
    LinkKind.OPERATES: _("runs"),
    LinkKind.HOUSES: _("houses workers of"),
}

#: The same from the other end.
RECEIVES: Final[Mapping[str, Text]] = {
    LinkKind.SUPPLIES: _("is supplied by"),
    LinkKind.SUBCONTRACTS: _("has as a subcontractor"),
    LinkKind.RECRUITS_FOR: _("recruits workers through"),
    LinkKind.SECONDS_TO: _("has workers sent by"),
    LinkKind.OWNS: _("is owned by"),
    LinkKind.CONTROLS: _("is controlled by"),
    LinkKind.OPERATES: _("is run by"),
    LinkKind.HOUSES: _("has its workers housed by"),
}

WORKFORCE: Final[Mapping[str, Text]] = {
    Workforce.MIGRANT: _("migrant workers"),
    Workforce.AGENCY: _("workers from agencies"),
    Workforce.SECONDED: _("workers sent by another company"),
    Workforce.SEASONAL: _("seasonal workers"),
    Workforce.TIED_VISA: _("permits tied to the employer"),
    Workforce.ARTISANAL: _("artisanal work"),
    Workforce.SMALLHOLDER: _("smallholders"),
    Workforce.LARGE_SCALE: _("large-scale work"),
    Workforce.MECHANISED: _("mechanised work"),
    Workforce.STATE_SCHEME: _("a scheme of the State"),
    Workforce.PRISON: _("prison labour"),
    Workforce.ON_SITE_HOUSING: _("housing on site"),
}
