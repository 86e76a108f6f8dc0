"""Adding, correcting and withdrawing numbers, sites, links and labels of a party."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.errors import LinkError
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import parts
from fairlead.web.parties.models import Label, Link, Party, PartyIdentifier, Record, RecordState, Site
from fairlead.web.parties.part_forms import IdentifierForm, LinkForm, SiteForm
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.records.conflict import conflict_page
from fairlead.web.records.undo import offer_undo
from fairlead.web.site.told import told


def _live_party(request: MemberRequest, uid: str) -> Party:
    return get_object_or_404(Party.live.select_related("organisation"), organisation=request.organisation, uid=uid)


def _to(request: MemberRequest, page: str, party: Party) -> HttpResponse:
    return redirect(f"parties:{page}", slug=request.organisation.slug, uid=party.uid)


@require_POST
@needs(Capability.EDIT)
def add_identifier(request: MemberRequest, uid: str) -> HttpResponse:
    """Add a number; one that fails its check is kept and said to."""
    party = _live_party(request, uid)
    form = IdentifierForm(party, request.POST)
    if not form.is_valid() or form.read is None:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return _to(request, "party", party)
    if parts.add_identifier(party, request.user, form.read):
        messages.success(request, _("The number was added."))
    else:
        messages.info(request, _("The party has this number already."))
    if form.remark:
        messages.warning(request, form.remark)
    return _to(request, "party", party)


@require_POST
@needs(Capability.EDIT)
def remove_identifier(request: MemberRequest, number: int) -> HttpResponse:
    """Take a number away."""
    live = PartyIdentifier.objects.select_related("party__organisation")
    one = get_object_or_404(live, pk=number, party__organisation=request.organisation, party__state=RecordState.LIVE)
    former = one.pk
    parts.remove_identifier(one, request.user)
    address = reverse("parties:identifier_back", kwargs={"slug": request.organisation.slug, "number": former})
    offer_undo(request, _("The number %(number)s was taken away.") % {"number": one}, address)
    return _to(request, "party", one.party)


@require_POST
@needs(Capability.EDIT)
def identifier_back(request: MemberRequest, number: int) -> HttpResponse:
    """Give a party a number back that was taken away."""
    from_history = PartyIdentifier.history.filter(id=number, history_type="-").order_by("-history_id").first()
    party = from_history and Party.live.filter(pk=from_history.party_id, organisation=request.organisation).first()
    if not party:
        messages.info(request, _("There is nothing to undo."))
        return redirect("parties:list", slug=request.organisation.slug)
    parts.put_identifier_back(party, request.user, from_history.scheme, from_history.value, from_history.valid)
    messages.success(request, _("The number is there again."))
    return _to(request, "party", party)


@needs(Capability.EDIT)
def add_site(request: MemberRequest, uid: str) -> HttpResponse:
    """Add a site."""
    party = _live_party(request, uid)
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parts.add_site(party, request.user, form.values())
        messages.success(request, _("The site was added."))
        return _to(request, "chain", party)
    return render(request, "parties/site.html", {"form": form, "party": party, "site": None})


@needs(Capability.EDIT)
def edit_site(request: MemberRequest, uid: str) -> HttpResponse:
    """Correct a site."""
    site = get_object_or_404(Site.live.select_related("party"), organisation=request.organisation, uid=uid)
    form = SiteForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        kept = Site.objects.select_related("organisation").get(pk=site.pk)  # the form has written into the other
        seen = form.cleaned_data["seen"] or 0
        try:
            parts.correct(kept, request.user, form.values(), seen=seen)
        except ChangedMeanwhile as meanwhile:
            return conflict_page(request, meanwhile.current, seen, form)
        messages.success(request, _("Kept."))
        return _to(request, "chain", site.party)
    return render(request, "parties/site.html", {"form": form, "party": site.party, "site": site})


@needs(Capability.EDIT)
def add_link(request: MemberRequest, uid: str) -> HttpResponse:
    """Add a link from or to a party."""
    party = _live_party(request, uid)
    form = LinkForm(party, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            parts.add_link(party, request.user, form.values())
        except LinkError as error:
            form.add_error("other", told(error))
        else:
            messages.success(request, _("The link was added."))
            return _to(request, "chain", party)
    return render(request, "parties/link.html", {"form": form, "party": party, "link": None})


@needs(Capability.EDIT)
def edit_link(request: MemberRequest, uid: str) -> HttpResponse:
    """Correct a link, as told from its giving end."""
    links = Link.live.select_related("from_party__organisation", "to_party", "organisation")
    link = get_object_or_404(links, organisation=request.organisation, uid=uid)
    party = link.from_party
    form = LinkForm(party, request.POST or None, instance=link)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            parts.correct(links.get(pk=link.pk), request.user, form.values(), seen=seen)
        except ChangedMeanwhile as meanwhile:
            return conflict_page(request, meanwhile.current, seen, form)
        except LinkError as error:
            form.add_error("other", told(error))
        else:
            messages.success(request, _("Kept."))
            return _to(request, "chain", party)
    return render(request, "parties/link.html", {"form": form, "party": party, "link": link})


@require_POST
@needs(Capability.EDIT)
def withdraw_part(request: MemberRequest, kind: str, uid: str) -> HttpResponse:
    """Take a site or link out of use."""
    part = _part(request, kind, uid, RecordState.LIVE)
    parts.withdraw(part, request.user)
    where = {"slug": request.organisation.slug, "kind": kind, "uid": uid}
    text = _("The site was withdrawn.") if kind == "site" else _("The link was withdrawn.")
    offer_undo(request, text, reverse("parties:part_back", kwargs=where))
    return _to(request, "chain", _party_of(request, part))


@require_POST
@needs(Capability.EDIT)
def part_back(request: MemberRequest, kind: str, uid: str) -> HttpResponse:
    """Put a withdrawn site or link into use again."""
    part = _part(request, kind, uid, RecordState.WITHDRAWN)
    parts.take_back(part, request.user)
    messages.success(request, _("It is in use again."))
    return _to(request, "chain", _party_of(request, part))


def _part(request: MemberRequest, kind: str, uid: str, state: RecordState) -> Record:
    models: dict[str, Any] = {"site": Site, "link": Link}
    rows = models.get(kind, Site).objects.select_related("organisation")
    found: Record = get_object_or_404(rows, organisation=request.organisation, uid=uid, state=state)
    return found


def _party_of(request: MemberRequest, part: Record) -> Party:
    """Return the party on whose page the person was, or the one on which the part hangs."""
    if isinstance(part, Site):
        return part.party
    assert isinstance(part, Link)
    if part.to_party is not None and request.POST.get("party") == part.to_party.uid:
        return part.to_party
    return part.from_party


@require_POST
@needs(Capability.EDIT)
def add_label(request: MemberRequest, uid: str) -> HttpResponse:
    """Give a party a label."""
    party = _live_party(request, uid)
    name = parts.label_name(request.POST.get("label", ""))
    if name:
        parts.add_label(party, request.user, name)
    else:
        messages.error(request, _("A label needs a name."))
    return _to(request, "party", party)


@require_POST
@needs(Capability.EDIT)
def remove_label(request: MemberRequest, uid: str, number: int) -> HttpResponse:
    """Take a label from a party."""
    party = _live_party(request, uid)
    label = get_object_or_404(Label, pk=number, organisation=request.organisation)
    parts.remove_label(party, request.user, label)
    return _to(request, "party", party)
