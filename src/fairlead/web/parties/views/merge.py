"""Merging parties, splitting one, and undoing either."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fairlead.errors import LaterWork, RegroupingError
from fairlead.model.vocabulary import PartyKind
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.combined import FILLED, among_said, combined
from fairlead.web.parties.forms import countries
from fairlead.web.parties.merge import MOST, merge
from fairlead.web.parties.models import Party, Regrouping
from fairlead.web.parties.side import Side, sides
from fairlead.web.parties.split import PARTS, Leaving, choosable, split
from fairlead.web.parties.undo_regrouping import title, undo
from fairlead.web.records.undo import offer_undo
from fairlead.web.site.templatetags import words
from fairlead.web.site.told import told

_LISTED = 300


@needs(Capability.EDIT)
def merge_page(request: MemberRequest) -> HttpResponse:
    """Show parties side by side and what the merged one will have; merge them."""
    given = request.POST if request.method == "POST" else request.GET
    uids = list(dict.fromkeys(given.getlist("party")))[:MOST]
    found = {party.uid: party for party in Party.live.filter(organisation=request.organisation, uid__in=uids)}
    parties = [found[uid] for uid in uids if uid in found]
    if len(parties) < 2:  # noqa: PLR2004
        return render(request, "parties/merge_choose.html", {"parties": parties})
    kept = found.get(given.get("kept", ""), parties[0])
    others = [party for party in parties if party.pk != kept.pk]
    if request.method == "POST" and request.POST.get("do") == "merge":
        return _merge(request, kept, others)
    shown = sides(parties)
    context = {
        "sides": shown,
        "kept": kept,
        "choices": _choices(shown),
        "values": combined(kept, others),
        "others_query": "&".join(f"party={party.uid}" for party in parties),
    }
    return render(request, "parties/merge.html", context)


def _choices(shown: list[Side]) -> list[dict[str, Any]]:
    """Return the facts on which the parties differ, each with what they say, so that a person can choose."""
    found = []
    for field in ("name", *FILLED):
        said = list(dict.fromkeys(getattr(side.party, field) for side in shown))
        said = [value for value in said if value not in (None, "")]
        if len(said) > 1:
            options = [(value, _word(field, value)) for value in said]
            found.append({"field": field, "title": title(field), "options": options})
    return found


def _word(field: str, value: Any) -> str:
    if field == "country":
        return words.country(value)
    return words.party_kind(value) if field == "kind" else str(value)


def _merge(request: MemberRequest, kept: Party, others: list[Party]) -> HttpResponse:
    try:
        done = merge(
            kept,
            others,
            user=request.user,
            chosen=among_said(
                [kept, *others], {field: request.POST.get(f"value_{field}") for field in ("name", *FILLED)}
            ),
            why=request.POST.get("why", "").strip(),
        )
    except RegroupingError as error:
        messages.error(request, told(error))
        return redirect("parties:list", slug=request.organisation.slug)
    text = _("Merged into %(name)s.") % {"name": done.kept.name}
    if done.withdrawn:
        text += " " + _("Links between them were withdrawn: %(n)s.") % {"n": len(done.withdrawn)}
    offer_undo(request, text, _undo_address(request, done))
    return redirect("parties:party", slug=request.organisation.slug, uid=done.kept.uid)


def _undo_address(request: MemberRequest, done: Regrouping) -> str:
    return reverse("parties:undo_regrouping", kwargs={"slug": request.organisation.slug, "number": done.pk})


@needs(Capability.EDIT)
def split_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Choose what of a party belongs to another, and part the two."""
    parties = Party.live.select_related("organisation")
    party = get_object_or_404(parties, organisation=request.organisation, uid=uid)
    if request.method == "POST":
        leaving = _leaving(request, party)
        if leaving is not None:
            try:
                done = split(party, leaving, user=request.user, why=request.POST.get("why", "").strip())
            except RegroupingError as error:
                messages.error(request, told(error))
            else:
                offer_undo(
                    request,
                    _("%(name)s is a party of its own now.") % {"name": leaving.name},
                    _undo_address(request, done),
                )
                return redirect("parties:party", slug=request.organisation.slug, uid=uid)
    others = [name for name in party.names if name != party.name]
    context = {
        "party": party,
        "names": others,
        "chosen": {name: set(request.POST.getlist(name)) for name in PARTS},
        "kinds": [(str(kind), words.party_kind(kind)) for kind in PartyKind],
        "countries": countries(),
        "rows": [row for rows in choosable(party, "rows") for row in rows[:_LISTED]],
        "identifiers": [row for rows in choosable(party, "identifiers") for row in rows],
        "sites": [row for rows in choosable(party, "sites") for row in rows[:_LISTED]],
        "links": [
            row for rows in choosable(party, "links") for row in rows.select_related("from_party", "to_party")[:_LISTED]
        ],
        "evidence": _evidence(request, party),
        "questionnaires": [row for rows in choosable(party, "questionnaires") for row in rows[:_LISTED]],
        "challenges": [row for rows in choosable(party, "challenges") for row in rows[:_LISTED]],
        "actions": [row for rows in choosable(party, "actions") for row in rows[:_LISTED]],
        "accounts": [row for rows in choosable(party, "accounts") for row in rows.select_related("user")[:_LISTED]],
        "invitations": [row for rows in choosable(party, "invitations") for row in rows[:_LISTED] if row.open],
        "given": request.POST,
    }
    return render(request, "parties/split.html", context)


def _evidence(request: MemberRequest, party: Party) -> list[Any]:
    rows = [row for rows in choosable(party, "evidence") for row in rows[:_LISTED]]
    may = request.membership.may(Capability.RESTRICTED)
    return [row for row in rows if may or row.visibility != "restricted"]


def _leaving(request: MemberRequest, party: Party) -> Leaving | None:
    """Return what leaves, as the form says it; None, with a message, where it has no name."""
    name = " ".join(request.POST.get("name", "").split())[:400]
    names = [one for one in request.POST.getlist("names") if one in party.names]
    if not name:
        messages.error(request, _("The new party needs a name."))
        return None
    kinds = {str(kind) for kind in PartyKind}
    kind = request.POST.get("kind", "")
    codes = {code for code, _word in countries()}
    country = request.POST.get("country", "")
    chosen = {part: [int(pk) for pk in request.POST.getlist(part) if pk.isdecimal()] for part in PARTS}
    return Leaving(
        name, kind if kind in kinds else party.kind, country if country in codes else None, tuple(names), chosen
    )


@needs(Capability.EDIT)
def undo_regrouping(request: MemberRequest, number: int) -> HttpResponse:
    """Undo a merge or split; where later work stands in the way, name it and ask."""
    done = get_object_or_404(
        Regrouping.objects.select_related("organisation", "kept"), pk=number, organisation=request.organisation
    )
    conflicts: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            undo(done, user=request.user, all_the_same=request.POST.get("all_the_same") == "yes")
        except LaterWork as error:
            conflicts = error.conflicts
        except RegroupingError as error:
            messages.error(request, told(error))
            return redirect("parties:history", slug=request.organisation.slug, uid=done.kept.uid)
        else:
            messages.success(request, _("Undone: all is as it was before."))
            return redirect("parties:party", slug=request.organisation.slug, uid=done.kept.uid)
    others = Party.objects.filter(pk__in=done.others, organisation=request.organisation)
    return render(request, "parties/undo_regrouping.html", {"done": done, "others": others, "conflicts": conflicts})
