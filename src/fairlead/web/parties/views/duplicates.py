"""Pairs of parties that may be one: looking for them, saying what they are."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fairlead.errors import FairleadError
from fairlead.model.vocabulary import Decision
from fairlead.web.jobs.models import Job
from fairlead.web.lists.table_file import Table, exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import duplicates
from fairlead.web.parties.models import DuplicatePair
from fairlead.web.parties.side import sides
from fairlead.web.records.undo import offer_undo
from fairlead.web.site.templatetags.words import sentence
from fairlead.web.site.told import told

PER_PAGE = 20
_DECIDED = {
    Decision.SAME: gettext_lazy("Same"),
    Decision.DIFFERENT: gettext_lazy("Different"),
    Decision.UNSURE: gettext_lazy("Not sure"),
}
_SHOWN = {"open": "", "unsure": Decision.UNSURE, "different": Decision.DIFFERENT, "same": Decision.SAME}


@needs(Capability.SEE)
def duplicates_page(request: MemberRequest) -> HttpResponse:
    """Show the pairs, the surest first, each with what both say."""
    which = request.GET.get("show", "open")
    which = which if which in _SHOWN else "open"
    pairs = duplicates.pairs_of(request.organisation, _SHOWN[which])
    if file := exported(request, lambda: _table(pairs)):
        return file
    page = Paginator(pairs, PER_PAGE)
    shown = page.get_page(request.GET.get("page", "1"))
    rows = list(shown.object_list)
    both = sides(list({party.pk: party for pair in rows for party in (pair.left, pair.right)}.values()))
    by_party = {side.party.pk: side for side in both}
    newest = Job.objects.filter(organisation=request.organisation, kind=duplicates.SEARCH).order_by("-pk").first()
    context = {
        "page": shown,
        "pairs": [(pair, by_party[pair.left_id], by_party[pair.right_id]) for pair in rows],
        "which": which,
        "and_show": f"&show={which}",
        "job": newest,
        "running": newest is not None and not newest.over,
    }
    return render(request, "parties/duplicates.html", context)


def _table(pairs: QuerySet[DuplicatePair]) -> Table:
    headings = [_("One"), _("Id"), _("The other"), _("Id"), _("Likeness"), _("Reason"), _("Decision"), _("By"), _("On")]
    rows = (
        [
            pair.left.name,
            pair.left.uid,
            pair.right.name,
            pair.right.uid,
            pair.probability,
            sentence(pair.reason),
            str(_DECIDED[Decision(pair.decision)]) if pair.decision else None,
            str(pair.decided_by) if pair.decided_by else None,
            pair.decided_at.isoformat(timespec="seconds") if pair.decided_at else None,
        ]
        for pair in pairs.iterator(chunk_size=500)
    )
    return Table("duplicates", _("Possible duplicates"), headings, rows)


@require_POST
@needs(Capability.EDIT)
def search_duplicates(request: MemberRequest) -> HttpResponse:
    """Look for pairs in the background; where that goes on already, show how far it has come."""
    job = duplicates.look(request.organisation, request.user)
    return redirect("jobs:job", slug=request.organisation.slug, number=job.pk)


@require_POST
@needs(Capability.EDIT)
def decide_pair(request: MemberRequest, number: int) -> HttpResponse:
    """Keep what a person says of a pair; the same ones are merged."""
    pair = get_object_or_404(
        DuplicatePair.objects.select_related("organisation", "left", "right"),
        pk=number,
        organisation=request.organisation,
    )
    said = request.POST.get("decision", "")
    back = redirect(reverse("parties:duplicates", kwargs={"slug": request.organisation.slug}))
    if said not in set(Decision):
        messages.info(request, _("Choose one of three."))
        return back
    try:
        duplicates.decide(pair, Decision(said), user=request.user)
    except FairleadError as error:
        messages.error(request, told(error))
        return back
    where = {"slug": request.organisation.slug}
    names = {"left": pair.left.name, "right": pair.right.name}
    if pair.regrouping is not None:
        address = reverse("parties:undo_regrouping", kwargs={**where, "number": pair.regrouping.pk})
        offer_undo(request, _("%(left)s and %(right)s are one party now.") % names, address)
    else:
        text = (
            _("%(left)s and %(right)s stay two parties; later imports keep to that.")
            if said == Decision.DIFFERENT
            else _("%(left)s and %(right)s: put aside as not sure.")
        )
        offer_undo(request, text % names, reverse("parties:reopen_pair", kwargs={**where, "number": pair.pk}))
    return back


@require_POST
@needs(Capability.EDIT)
def reopen_pair(request: MemberRequest, number: int) -> HttpResponse:
    """Take back what was said of a pair."""
    pair = get_object_or_404(
        DuplicatePair.objects.select_related("organisation"), pk=number, organisation=request.organisation
    )
    merged = pair.regrouping
    if pair.decision == Decision.SAME and merged is not None and merged.undone_at is None:
        return redirect("parties:undo_regrouping", slug=request.organisation.slug, number=merged.pk)
    if pair.decision:
        duplicates.reopen(pair, user=request.user)
        messages.success(request, _("The pair is open again."))
    return redirect("parties:duplicates", slug=request.organisation.slug)
