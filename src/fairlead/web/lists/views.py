"""Shows a list, exports it, and keeps views of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.lists.definition import ListDefinition
from fairlead.web.lists.export import table_of
from fairlead.web.lists.lines import Line
from fairlead.web.lists.models import SavedView
from fairlead.web.lists.saved import keep_view
from fairlead.web.lists.state import ListState
from fairlead.web.lists.table_file import exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability


def show_list(
    request: MemberRequest, definition: ListDefinition, *, page: str = "lists/list.html", **context: Any
) -> HttpResponse:
    """Answer a request for a list: the page, only its table where htmx asks, or a file with `?export=csv`.

    `page` is a template that extends lists/list.html, for what stands beside the heading.
    """
    state = ListState(definition, request.organisation, request.GET)
    if file := exported(request, lambda: table_of(state)):
        return file
    rows = list(state.page.object_list)
    prepared = definition.prepare(rows) if definition.prepare else None
    return render(
        request,
        "lists/table.html" if request.headers.get("HX-Target") == "list" else page,
        {
            "list": definition,
            "state": state,
            "rows": [_line(definition, row) for row in rows],
            "views": _views(request, definition),
            "bulk": [each for each in definition.bulk if request.membership.may(Capability(each.needs))],
            **(prepared or {}),
            **context,
        },
    )


def _line(definition: ListDefinition, row: Any) -> Line:
    return Line(definition.id_of(row), row, [(column, column.value(row)) for column in definition.shown])


def _views(request: MemberRequest, definition: ListDefinition) -> list[SavedView]:
    views = SavedView.objects.filter(organisation=request.organisation, list_key=definition.key)
    return [view for view in views if view.shared or view.user_id == request.user.pk]


@require_POST
@needs(Capability.SEE)
def save_view(request: MemberRequest) -> HttpResponse:
    """Keep the list as it is shown under a name."""
    name, key = request.POST.get("name", "").strip()[:80], request.POST.get("list", "")[:40]
    page = request.POST.get("page", "")
    query = request.POST.get("query", "")[:2_000]
    if name and key:
        shared = request.POST.get("shared") == "yes"
        keep_view(request.organisation, request.user, key, name, query=query, shared=shared)
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": name})
    else:
        messages.error(request, _("A view needs a name."))
    return redirect(_address(request, page) + (query if query.startswith("?") else ""))


@require_POST
@needs(Capability.SEE)
def remove_view(request: MemberRequest, number: int) -> HttpResponse:
    """Take one of one's own views away."""
    view = get_object_or_404(SavedView, pk=number, organisation=request.organisation, user=request.user)
    view.delete()
    messages.success(request, _("The view “%(name)s” was taken away.") % {"name": view.name})
    return redirect(_address(request, request.POST.get("page", "")))


def _address(request: MemberRequest, page: str) -> str:
    """Return the address of a list's page by its name, of the first page where there is no such name."""

    try:
        return reverse(page, kwargs={"slug": request.organisation.slug})
    except NoReverseMatch:
        return reverse("organisations:home", kwargs={"slug": request.organisation.slug})
