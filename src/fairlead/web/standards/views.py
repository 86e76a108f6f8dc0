"""Reading the standard: the newest version, an earlier one, in what two differ, and taking one away as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fairlead.web.audit.chain import record
from fairlead.web.lists.table_file import Table, exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.site.templatetags.words import reader
from fairlead.web.standards.files import FILES, content_of
from fairlead.web.standards.keep import newest, shipped, standard_of
from fairlead.web.standards.models import StandardVersion
from fairlead.web.standards.shown import ShownDifference, chapters, shown_differences


@needs(Capability.SEE)
def read(request: MemberRequest) -> HttpResponse:
    """Show the version that the organisation asks with."""
    return _page(request, newest(request.organisation))


@needs(Capability.SEE)
def read_version(request: MemberRequest, number: int) -> HttpResponse:
    """Show an earlier version."""
    return _page(request, get_object_or_404(StandardVersion, organisation=request.organisation, number=number))


def _page(request: MemberRequest, version: StandardVersion | None) -> HttpResponse:
    standard, told = standard_of(version), reader().gettext
    known = {each.key: told(each.title) for each in standard.supplements}
    chosen = [key for key in request.GET.getlist("supplement") if key in known]
    latest = newest(request.organisation)
    return render(
        request,
        "standards/read.html",
        {
            "standard": standard,
            "title": told(standard.title),
            "version": version,
            "is_newest": version is None or version == latest,
            "supplements": [(key, title, key in chosen) for key, title in known.items()],
            "chapters": chapters(standard, chosen),
            "count": len(standard.provisions),
        },
    )


@needs(Capability.SEE)
def versions(request: MemberRequest) -> HttpResponse:
    """Show the versions, and how many questionnaires were asked with each."""
    rows = (
        StandardVersion.objects.filter(organisation=request.organisation)
        .select_related("made_by")
        .defer("changes")
        .annotate(asked=Count("questionnaires"))
    )
    if file := exported(request, lambda: _versions_table(rows)):
        return file
    return render(request, "standards/versions.html", {"versions": rows, "shipped": shipped()})


@needs(Capability.SEE)
def compare(request: MemberRequest) -> HttpResponse:
    """Show in what two versions differ; number 0 is Fairlead's own standard."""
    all_versions = list(StandardVersion.objects.filter(organisation=request.organisation).defer("changes"))
    by_number: dict[str, StandardVersion | None] = {"0": None, **{str(one.number): one for one in all_versions}}
    last = str(all_versions[0].number) if all_versions else "0"
    old, new = request.GET.get("old", "0"), request.GET.get("new", last)
    if old not in by_number or new not in by_number:
        raise Http404
    differences = shown_differences(*(standard_of(by_number[each]) for each in (old, new)))
    if file := exported(request, lambda: _table(differences)):
        return file
    return render(
        request,
        "standards/compare.html",
        {
            "choices": [("0", shipped().version), *((str(one.number), one.hashed) for one in reversed(all_versions))],
            "old": old,
            "new": new,
            "differences": differences,
            "and_versions": f"&old={old}&new={new}",
        },
    )


def _versions_table(versions: Iterable[StandardVersion]) -> Table:
    headings = [_("Number"), _("Name"), _("Hash"), _("Kept on"), _("By"), _("Questionnaires")]
    rows = (
        [
            each.number,
            each.name,
            each.hashed,
            localtime(each.made_at).date().isoformat(),
            str(each.made_by) if each.made_by else None,
            each.asked,  # type: ignore[attr-defined]
        ]
        for each in versions
    )
    return Table("standard-versions", _("Versions of the standard"), headings, rows)


def _table(differences: Sequence[ShownDifference]) -> Table:
    headings = [_("Provision"), _("What"), _("Part"), _("Before"), _("After")]
    rows = (
        [each.title, str(each.kind), str(each.field) or None, each.before or None, each.after or None]
        for each in differences
    )
    return Table("standard-differences", _("Differences"), headings, rows)


@needs(Capability.EXPORT)
def export(request: MemberRequest, number: int, kind: str) -> HttpResponse:
    """Return a version as YAML or XLSX; `changes` is the file of changes that the engine reads. 0 is Fairlead's own."""
    version = get_object_or_404(StandardVersion, organisation=request.organisation, number=number) if number else None
    if kind not in FILES:
        raise Http404
    standard = standard_of(version)
    record(
        "standard.exported",
        organisation=request.organisation,
        actor=request.user,
        subject=standard.version[:80],
        detail={"kind": kind},
    )
    name, content_type = FILES[kind]
    answer = HttpResponse(content_of(version, kind), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
