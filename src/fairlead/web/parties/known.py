"""What is known of a party, what is not, and what would be the next thing to find out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairlead.model.vocabulary import LinkKind
from fairlead.web.parties.models import Link, Party
from fairlead.web.parties.words import WORKFORCE
from fairlead.web.site.templatetags import words


@dataclass(frozen=True)
class Missing:
    """Something that is not known: what it is, and the page where it can be entered."""

    what: str
    do: str
    address: str


@dataclass(frozen=True)
class Knowledge:
    """What is known of a party in sentences, and what is not; the first of these is the next step."""

    known: tuple[str, ...]
    missing: tuple[Missing, ...]


def knowledge(party: Party, evidence_count: int, sites_count: int) -> Knowledge:
    """Return what is known of a party and what is not."""
    links = Link.live.filter(Q(from_party=party) | Q(to_party=party)).aggregate(
        owners=Count("pk", filter=Q(to_party=party, kind__in=(LinkKind.OWNS, LinkKind.CONTROLS))),
        suppliers=Count("pk", filter=Q(to_party=party, kind__in=(LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS))),
        providers=Count("pk", filter=Q(to_party=party, kind__in=(LinkKind.RECRUITS_FOR, LinkKind.SECONDS_TO))),
    )
    goods = _goods(party)
    counts = {**links, "evidence": evidence_count, "sites": sites_count}
    return Knowledge(tuple(_known(party, goods, counts)), tuple(_missing(party, goods, counts)))


def _goods(party: Party) -> list[str]:
    """Return what a party is known to supply, in words, ten at most."""
    rows = Link.live.filter(from_party=party, kind__in=(LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS))
    told = rows.order_by().values_list("good", "sector").distinct()[:10]
    return sorted({words.good(good) or words.sector(sector) for good, sector in told} - {""})


def _known(party: Party, goods: list[str], counts: dict[str, int]) -> Iterator[str]:
    if party.country:
        yield _("Country: %(country)s.") % {"country": words.country(party.country)}
    if goods:
        yield _("It supplies: %(goods)s.") % {"goods": ", ".join(goods)}
    if party.workforce:
        yield _("Its workforce: %(workforce)s.") % {
            "workforce": ", ".join(str(WORKFORCE.get(one, one)) for one in party.workforce)
        }
    if counts["sites"]:
        yield ngettext("%(n)s site.", "%(n)s sites.", counts["sites"]) % {"n": counts["sites"]}
    if counts["owners"]:
        yield ngettext("%(n)s owner or person in control.", "%(n)s owners or persons in control.", counts["owners"]) % {
            "n": counts["owners"]
        }
    if counts["evidence"]:
        yield ngettext("%(n)s piece of evidence.", "%(n)s pieces of evidence.", counts["evidence"]) % {
            "n": counts["evidence"]
        }


def _missing(party: Party, goods: list[str], counts: dict[str, int]) -> Iterator[Missing]:
    def page(name: str) -> str:
        return reverse(f"parties:{name}", kwargs={"slug": party.organisation.slug, "uid": party.uid})

    if not party.country:
        yield Missing(_("in which country it works."), _("Add the country"), page("edit"))
    if not goods:
        yield Missing(_("what it supplies."), _("Add what it supplies"), page("add_link"))
    if not party.workforce:
        yield Missing(_("how its workers came to the work, and who employs them."), _("Add that"), page("edit"))
    if not counts["sites"]:
        yield Missing(_("where the work is done."), _("Add a site"), page("add_site"))
    if not counts["owners"]:
        yield Missing(_("who owns it."), _("Add an owner"), page("add_link"))
    if not counts["suppliers"]:
        yield Missing(_("from whom it buys."), _("Add a supplier of it"), page("add_link"))
    if not counts["providers"]:
        yield Missing(_("whether it uses labour providers."), _("Add one"), page("add_link"))
