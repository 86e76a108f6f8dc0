"""The page of one party, in parts: what is known, evidence, its place in the chain, work, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.history import entries
from fairlead.web.parties.known import knowledge
from fairlead.web.parties.models import Label, Link, Party, RecordState, Regrouping
from fairlead.web.parties.part_forms import IdentifierForm

#: So many links, sites and rows stand on one page.
SHOWN = 200
_STATES = (RecordState.LIVE, RecordState.MERGED, RecordState.WITHDRAWN)


def find_party(request: MemberRequest, uid: str) -> Party:
    """Return a party of the request's organisation, also one that is merged or withdrawn. Raises Http404 without."""
    parties = Party.objects.select_related("merged_into")
    return get_object_or_404(parties, organisation=request.organisation, uid=uid, state__in=_STATES)


def evidence_of(request: MemberRequest, party: Party) -> Any:
    """Return the evidence on a party that the person may see, the newest first."""
    rows = Evidence.live.filter(party=party)
    if not request.membership.may(Capability.RESTRICTED):
        rows = rows.exclude(visibility="restricted")
    return rows.order_by("-event_date", "-pk")


def _page(request: MemberRequest, party: Party, tab: str, **context: Any) -> HttpResponse:
    """Render one part of a party's page, with its head; of a merged party, go to where it went."""
    if party.state == RecordState.MERGED and party.merged_into is not None:
        messages.info(request, _("%(name)s was merged into this party.") % {"name": party.name})
        return redirect("parties:party", slug=request.organisation.slug, uid=party.merged_into.uid)
    party.organisation = request.organisation
    links = Link.live.filter(Q(from_party=party) | Q(to_party=party)).count()
    shared = {
        "party": party,
        "tab": tab,
        "labels": party.labels.order_by("name"),
        "links_count": links,
        "sites_count": party.sites.filter(state=RecordState.LIVE).count(),
        "evidence_count": evidence_of(request, party).count(),
    }
    made = {name: make(shared) if callable(make) else make for name, make in context.items()}
    return render(request, f"parties/page_{tab}.html", {**shared, **made})


@needs(Capability.SEE)
def party_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show what is known of a party, what is not, its facts with their sources, its rating."""
    party = find_party(request, uid)
    return _page(
        request,
        party,
        "overview",
        knowledge=lambda shared: knowledge(party, shared["evidence_count"], shared["sites_count"]),
        identifiers=party.identifiers.order_by("scheme", "value"),
        identifier_form=IdentifierForm(party, auto_id="number_%s"),
        source_rows=party.source_rows.order_by("file", "sheet", "row")[:SHOWN],
        added=party.history.select_related("history_user").order_by("history_id").first(),
        all_labels=Label.objects.filter(organisation=request.organisation).values_list("name", flat=True)[:SHOWN],
    )


@needs(Capability.SEE)
def evidence_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show the evidence on a party."""
    party = find_party(request, uid)
    withdrawn = Evidence.objects.filter(party=party, state=RecordState.WITHDRAWN)
    if not request.membership.may(Capability.RESTRICTED):
        withdrawn = withdrawn.exclude(visibility="restricted")
    return _page(
        request,
        party,
        "evidence",
        evidence=evidence_of(request, party).select_related("recorded_by")[:SHOWN],
        withdrawn=withdrawn.order_by("-pk")[:SHOWN],
    )


@needs(Capability.SEE)
def chain_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show the sites of a party, and its links in and out."""
    party = find_party(request, uid)
    order = ("kind", "-spend", "pk")
    sites = party.sites.filter(state=RecordState.LIVE).order_by("kind", "name", "pk")
    links_out = Link.live.filter(from_party=party).select_related("from_party", "to_party").order_by(*order)
    links_in = Link.live.filter(to_party=party).select_related("from_party", "to_party").order_by(*order)
    return _page(
        request,
        party,
        "chain",
        sites=sites[:SHOWN],
        links_out=links_out[:SHOWN],
        links_in=links_in[:SHOWN],
        shown_at_most=SHOWN,
    )


@needs(Capability.SEE)
def work_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show the questionnaires and actions of a party."""
    return _page(request, find_party(request, uid), "work")


@needs(Capability.SEE)
def history_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show who changed what of a party, from what to what, and when."""
    party = find_party(request, uid)
    return _page(
        request,
        party,
        "history",
        entries=entries(party, restricted=request.membership.may(Capability.RESTRICTED)),
        regroupings=Regrouping.objects.filter(organisation=request.organisation, kept=party)
        .select_related("user", "undone_by")
        .order_by("-at", "-pk")[:20],
    )
