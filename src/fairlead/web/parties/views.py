"""The list of parties, the page of one, adding and correcting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from fairlead.web.evidence.models import Evidence
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import edit
from fairlead.web.parties.forms import PartyForm
from fairlead.web.parties.models import Link, Party, RecordState
from fairlead.web.parties.party_list import PARTY_LIST
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.records.conflict import conflict_page

#: So many links and rows of evidence stand on a party's page; the rest is a list of its own.
SHOWN = 50


@needs(Capability.SEE)
def party_list(request: MemberRequest) -> HttpResponse:
    """Show the parties."""
    return show_list(request, PARTY_LIST, page="parties/list.html")


def find_party(request: MemberRequest, uid: str) -> Party:
    """Return a party of the request's organisation, also a merged one. Raises Http404 where there is none."""
    states = (RecordState.LIVE, RecordState.MERGED)
    return get_object_or_404(Party.objects, organisation=request.organisation, uid=uid, state__in=states)


@needs(Capability.SEE)
def party_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show a party: facts with their sources, links, evidence, history; of a merged one, where it went."""
    party = find_party(request, uid)
    if party.state == RecordState.MERGED and party.merged_into is not None:
        messages.info(request, _("%(name)s was merged into this party.") % {"name": party.name})
        return redirect("parties:party", slug=request.organisation.slug, uid=party.merged_into.uid)
    evidence = Evidence.live.filter(party=party)
    if not request.membership.may(Capability.RESTRICTED):
        evidence = evidence.exclude(visibility="restricted")
    return render(
        request,
        "parties/party.html",
        {
            "party": party,
            "identifiers": party.identifiers.order_by("scheme", "value"),
            "sites": party.sites.filter(state=RecordState.LIVE)[:SHOWN],
            "links_out": Link.live.filter(from_party=party).select_related("to_party")[:SHOWN],
            "links_in": Link.live.filter(to_party=party).select_related("from_party")[:SHOWN],
            "evidence": evidence.order_by("-event_date", "-pk")[:SHOWN],
            "source_rows": party.source_rows.order_by("file", "row")[:SHOWN],
        },
    )


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
