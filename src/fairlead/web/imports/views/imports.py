"""The list of imports, and the page on which lists are uploaded."""

from __future__ import annotations

from typing import Final

from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.web.imports.forms import UploadForm
from fairlead.web.imports.models import Import, ImportFile, ImportState
from fairlead.web.imports.state import settle
from fairlead.web.imports.upload import take_in
from fairlead.web.lists.definition import Choices, Column, Filter, ListDefinition, equals
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.site.uploads import too_large


def _states(organisation: Organisation) -> Choices:
    return list(ImportState.choices)


def _files(row: Import) -> str:
    return ", ".join(file.name for file in row.files.all())


IMPORT_LIST: Final = ListDefinition(
    key="imports",
    title=gettext_lazy("Imports"),
    page="imports:list",
    rows=lambda organisation: (
        Import.objects.filter(organisation=organisation)
        .select_related("created_by")
        .prefetch_related(Prefetch("files", ImportFile.objects.order_by("place")))
    ),
    columns=(
        Column("files", gettext_lazy("Lists"), _files, "imports/cell_files.html"),
        Column("state", gettext_lazy("State"), lambda row: row.get_state_display(), order=("state", "-pk")),
        Column("rows", gettext_lazy("Rows"), lambda row: row.counts.get("rows"), numeric=True),
        Column("created", gettext_lazy("New parties"), lambda row: row.counts.get("created"), numeric=True),
        Column("changed", gettext_lazy("Changed parties"), lambda row: row.counts.get("changed"), numeric=True),
        Column("rejected", gettext_lazy("Rejected rows"), lambda row: row.counts.get("rejected"), numeric=True),
        Column("by", gettext_lazy("Uploaded by"), lambda row: str(row.created_by or "")),
        Column(
            "at",
            gettext_lazy("When"),
            lambda row: row.created_at.isoformat(timespec="seconds"),
            "imports/cell_at.html",
            order=("pk",),
        ),
    ),
    order=("-pk",),
    search=lambda _of, typed: Q(pk__in=ImportFile.objects.filter(name__icontains=typed).values("of_import")),
    search_hint=gettext_lazy("Name of a file"),
    filters=(Filter("state", gettext_lazy("State"), _states, equals("state")),),
    empty="imports/empty.html",
)


@needs(Capability.SEE)
def import_list(request: MemberRequest) -> HttpResponse:
    """Show the imports, the newest first."""
    settle(request.organisation)
    return show_list(request, IMPORT_LIST, page="imports/list.html")


@needs(Capability.IMPORT)
def upload(request: MemberRequest) -> HttpResponse:
    """Take lists in; where one cannot be read at all, say why and keep nothing."""
    form = UploadForm()
    if request.method != "POST":
        return render(request, "imports/upload.html", {"form": form, "wrong": []})
    sent = request.FILES.getlist("lists")
    wrong = [
        _("%(name)s is larger than %(most)s MB, the most that is taken in.") % {"name": name, "most": form.most}
        for name in too_large(request)
    ]
    if not wrong:
        taken = take_in(sent, request.organisation, request.user)
        if taken.made is not None:
            return redirect("imports:import", slug=request.organisation.slug, number=taken.made.pk)
        wrong = taken.wrong
    return render(request, "imports/upload.html", {"form": form, "wrong": wrong}, status=422)
