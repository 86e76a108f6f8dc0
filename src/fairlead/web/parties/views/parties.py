"""The list of parties, adding and correcting, withdrawing; finding one by its name for a form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import edit, parts
from fairlead.web.parties.forms import PartyForm
from fairlead.web.parties.models import DuplicatePair, Party, RecordState
from fairlead.web.parties.party_list import PARTY_LIST
from fairlead.web.parties.search import named
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.records.conflict import conflict_page
from fairlead.web.records.undo import offer_undo

#: So many parties are offered while a name is typed.
OFFERED = 12


@needs(Capability.SEE)
def party_list(request: MemberRequest) -> HttpResponse:
    """Show the parties."""
    open_pairs = DuplicatePair.objects.filter(organisation=request.organisation, decision="").count()
    return show_list(request, PARTY_LIST, page="parties/list.html", open_pairs=open_pairs)


@needs(Capability.SEE)
def find_parties(request: MemberRequest) -> HttpResponse:
    """Offer parties whose name or number has the typed words, as the answer to a search within a form."""
    typed = request.GET.get("q", "").strip()[:200]
    found = Party.live.filter(organisation=request.organisation)
    rows = found.filter(named(typed)).order_by("rank", "folded", "pk")[:OFFERED] if typed else []
    name = request.GET.get("name", "other")
    context = {"found": rows, "typed": typed, "field": name if name.isidentifier() else "other"}
    return render(request, "parties/found.html", {**context, "ourselves": request.GET.get("ourselves") == "yes"})


@needs(Capability.EDIT)
def add_party(request: MemberRequest) -> HttpResponse:
    """Add a party by hand."""
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        party = edit.add_party(request.organisation, request.user, form.values())
        messages.success(request, _("%(name)s was added.") % {"name": party.name})
        return redirect("parties:party", slug=request.organisation.slug, uid=party.uid)
    return render(request, "parties/edit.html", {"form": form, "party": None})


@needs(Capability.EDIT)
def edit_party(request: MemberRequest, uid: str) -> HttpResponse:
    """Correct a party's facts; where somebody else has changed them meanwhile, show both sides."""
    party = get_object_or_404(Party.live, organisation=request.organisation, uid=uid)
    form = PartyForm(request.POST or None, instance=party)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        party = get_object_or_404(Party.live, pk=party.pk)  # the form has written into the other
        try:
            edit.edit_party(party, request.user, form.values(), seen=seen)
        except ChangedMeanwhile as meanwhile:
            return conflict_page(request, meanwhile.current, seen, form)
        messages.success(request, _("Kept."))
        return redirect("parties:party", slug=request.organisation.slug, uid=uid)
    return render(request, "parties/edit.html", {"form": form, "party": party})


@require_POST
@needs(Capability.EDIT)
def withdraw_party(request: MemberRequest, uid: str) -> HttpResponse:
    """Take a party out of use."""
    party = get_object_or_404(Party.live, organisation=request.organisation, uid=uid)
    parts.withdraw(party, request.user)
    where = {"slug": request.organisation.slug, "uid": uid}
    offer_undo(
        request,
        _("%(name)s was withdrawn. It stands in no list and counts in no assessment.") % {"name": party.name},
        reverse("parties:take_back", kwargs=where),
    )
    return redirect("parties:list", slug=request.organisation.slug)


@require_POST
@needs(Capability.EDIT)
def take_back_party(request: MemberRequest, uid: str) -> HttpResponse:
    """Put a withdrawn party into use again."""
    party = get_object_or_404(Party, organisation=request.organisation, uid=uid, state=RecordState.WITHDRAWN)
    parts.take_back(party, request.user)
    messages.success(request, _("%(name)s is in use again.") % {"name": party.name})
    return redirect("parties:party", slug=request.organisation.slug, uid=uid)
