"""Changing many parties of the list at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fairlead.web.lists.selection import selection_of
from fairlead.web.lists.table_file import Table, exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import bulk_change, parts
from fairlead.web.parties.bulk_forms import BulkForm
from fairlead.web.parties.models import BulkChange, Label
from fairlead.web.records.undo import offer_undo

_LONGEST_QUERY = 2_000


def _nothing(request: MemberRequest) -> HttpResponse:
    messages.error(request, _("Select rows first, with the boxes at their left."))
    return _back(request)


def _back(request: MemberRequest) -> HttpResponse:
    query = request.POST.get("query", "")[:_LONGEST_QUERY]
    address = reverse("parties:list", kwargs={"slug": request.organisation.slug})
    return redirect(address + (query if query.startswith("?") else ""))


@require_POST
@needs(Capability.EDIT)
def bulk_change_page(request: MemberRequest) -> HttpResponse:
    """Ask what to change of the selected parties, and change it."""
    selection = selection_of(request.POST)
    if selection is None:
        return _nothing(request)
    asked = request.POST.get("do")
    form = BulkForm(request.organisation, request.POST if asked else None)
    if asked and form.is_valid():
        return _do(request, selection, form.change())
    draft = BulkChange(organisation=request.organisation, selection=selection, change={})
    count = bulk_change.selected(draft).count()
    context = {"form": form, "selection": selection, "count": count, "query": request.POST.get("query", "")}
    return render(request, "parties/bulk.html", context)


@require_POST
@needs(Capability.EDIT)
def bulk_withdraw(request: MemberRequest) -> HttpResponse:
    """Take the selected parties out of use."""
    selection = selection_of(request.POST)
    return _nothing(request) if selection is None else _do(request, selection, {"field": "withdraw", "value": ""})


@require_POST
@needs(Capability.EDIT)
def bulk_merge(request: MemberRequest) -> HttpResponse:
    """Go on to the page that merges the selected parties."""
    selection = selection_of(request.POST)
    if selection is None:
        return _nothing(request)
    query = QueryDict(mutable=True)
    draft = BulkChange(organisation=request.organisation, selection=selection, change={})
    query.setlist("party", list(bulk_change.selected(draft).values_list("uid", flat=True)[:20]))
    return redirect(f"{reverse('parties:merge', kwargs={'slug': request.organisation.slug})}?{query.urlencode()}")


def _do(request: MemberRequest, selection: dict[str, Any], change: dict[str, Any]) -> HttpResponse:
    """Change them at once where they are few, in the background where they are many."""
    bulk, job = bulk_change.begin(request.organisation, request.user, selection, change)
    if job is not None:
        return redirect("jobs:job", slug=request.organisation.slug, number=job.pk)
    count = bulk.items.count()
    text = ngettext("%(n)s party was changed.", "%(n)s parties were changed.", count) % {"n": count}
    if change["field"] == "withdraw":
        text = ngettext("%(n)s party was withdrawn.", "%(n)s parties were withdrawn.", count) % {"n": count}
    address = reverse("parties:bulk_undo", kwargs={"slug": request.organisation.slug, "number": bulk.pk})
    offer_undo(request, text, address)
    return _back(request)


@needs(Capability.EDIT)
def bulk_done(request: MemberRequest, number: int) -> HttpResponse:
    """Show what became of a change of very many parties."""
    bulk = get_object_or_404(BulkChange, pk=number, organisation=request.organisation)
    context = {"bulk": bulk, "count": bulk.items.count(), "changed": bulk.items.exclude(before__isnull=True).count()}
    return render(request, "parties/bulk_done.html", context)


@require_POST
@needs(Capability.EDIT)
def bulk_undo(request: MemberRequest, number: int) -> HttpResponse:
    """Undo a change of many parties."""
    bulk = get_object_or_404(BulkChange, pk=number, organisation=request.organisation, undone_at__isnull=True)
    job, stayed = bulk_change.begin_undo(bulk, request.user)
    if job is not None:
        return redirect("jobs:job", slug=request.organisation.slug, number=job.pk)
    messages.success(request, _("Undone."))
    if stayed:
        text = ngettext(
            "%(n)s party was changed again since and stays as it is.",
            "%(n)s parties were changed again since and stay as they are.",
            stayed,
        )
        messages.warning(request, text % {"n": stayed})
    return redirect("parties:list", slug=request.organisation.slug)


@needs(Capability.SEE, to_change=Capability.EDIT)
def labels_page(request: MemberRequest) -> HttpResponse:
    """Show the organisation's labels; rename one, or take it away from everywhere."""
    labels = Label.objects.filter(organisation=request.organisation)
    if request.method == "POST":
        label = get_object_or_404(
            labels, pk=request.POST.get("label") if request.POST.get("label", "").isdigit() else 0
        )
        _change_label(request, label)
        return redirect("parties:labels", slug=request.organisation.slug)
    counted = labels.annotate(count=Count("labellings"))
    if file := exported(request, lambda: _table(counted)):
        return file
    return render(request, "parties/labels.html", {"labels": counted})


def _table(labels: QuerySet[Any]) -> Table:
    return Table("labels", _("Labels"), [_("Label"), _("Parties")], ([each.name, each.count] for each in labels))


def _change_label(request: MemberRequest, label: Label) -> None:
    if request.POST.get("do") == "remove":
        parts.drop_label(label, request.user)
        messages.success(request, _("The label “%(name)s” is gone.") % {"name": label.name})
        return
    try:
        parts.rename_label(label, parts.label_name(request.POST.get("name", "")), request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Kept."))
