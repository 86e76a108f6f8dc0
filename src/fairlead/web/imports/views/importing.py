"""The page of one import: how far it is, what it would do or has done, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fairlead.web.accounts.models import User
from fairlead.web.imports import preview, words
from fairlead.web.imports.models import Import, ImportState
from fairlead.web.imports.outline import NOT_UNDERSTOOD, read_outline
from fairlead.web.imports.state import NotNow, OtherPreview, begin_commit, begin_reading, begin_undo, discard
from fairlead.web.imports.storage import preview_of
from fairlead.web.imports.views.find import find_import
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability

#: So many of the parties that an undo left in place stand on the page.
_KEPT_SHOWN = 50


@needs(Capability.SEE)
def import_page(request: MemberRequest, number: int) -> HttpResponse:
    """Show an import; while work goes on, how far it is."""
    one = find_import(request, number)
    if one.at_work and one.job is not None:
        return redirect("jobs:job", slug=request.organisation.slug, number=one.job.pk)
    sheets = read_outline(preview_of(one)) if one.seen else []
    kept = one.kept.select_related("party").order_by("party__folded")
    return render(
        request,
        "imports/import.html",
        {
            "one": one,
            "files": [
                {"file": file, "notes": [words.FILE_NOTES[note] for note in file.notes]}
                for file in one.files.select_related("same_as")
            ],
            "counts": one.counts,
            "tallies": tallies(one),
            "sheets": len(sheets),
            "not_understood": [each for each in sheets if each["by"] == NOT_UNDERSTOOD and not each["hidden"]],
            "decided": one.undecided,
            "kept": [(each.party, _because(each.because)) for each in kept[:_KEPT_SHOWN]],
            "kept_more": max(0, one.counts.get("kept", 0) - _KEPT_SHOWN),
        },
    )


def tallies(one: Import) -> list[dict[str, Any]]:
    """Return the counts that stand at the top, each with its word, what it leads to, and a note where it needs one."""
    counts = one.counts
    contradicting = counts.get("contradicting", 0)
    current = one.state in (ImportState.PREVIEW, ImportState.COMMITTED)
    note = (
        ngettext("%(n)s value contradicts what is known", "%(n)s values contradict what is known", contradicting)
        % {"n": contradicting}
        if contradicting
        else ""
    )
    told = (
        (preview.CREATED, _("new parties"), "", False),
        (preview.CHANGED, _("known parties with changes"), note, False),
        (preview.UNCHANGED, _("unchanged parties"), "", False),
        (preview.KNOWN, _("recognised as known"), "", False),
        (preview.REVIEW, _("doubtful pairs, for you to decide") if current else _("doubtful pairs"), "", current),
        (preview.REJECTED, _("rejected rows"), "", current),
        (preview.REMARKS, _("remarks on values"), "", False),
    )
    return [
        {
            "kind": kind,
            "title": title,
            "note": note,
            "count": counts.get(kind, 0),
            "attention": warns and counts.get(kind),
        }
        for kind, title, note, warns in told
    ]


def _because(keys: list[str]) -> list[str]:
    return [str(words.LATER_WORK.get(key, words.OTHER_WORK)) for key in keys]


def _step(request: MemberRequest, number: int, step: Callable[[Import, User], None], refused: str) -> HttpResponse:
    one = find_import(request, number)
    try:
        step(one, request.user)
    except NotNow:
        messages.error(request, refused)
    return redirect("imports:import", slug=request.organisation.slug, number=number)


@require_POST
@needs(Capability.IMPORT)
def commit(request: MemberRequest, number: int) -> HttpResponse:
    """Commit what the preview shows."""
    shown = request.POST.get("preview", "")
    try:
        return _step(request, number, partial(begin_commit, shown=shown), _busy())
    except OtherPreview:
        messages.error(request, _("The preview was made again meanwhile. Look at it and commit then."))
        return redirect("imports:import", slug=request.organisation.slug, number=number)


@require_POST
@needs(Capability.IMPORT)
def undo(request: MemberRequest, number: int) -> HttpResponse:
    """Undo a committed import."""
    return _step(request, number, begin_undo, _busy())


@require_POST
@needs(Capability.IMPORT)
def read_again(request: MemberRequest, number: int) -> HttpResponse:
    """Read the files again, with what was decided on doubtful pairs."""
    return _step(request, number, begin_reading, _busy())


@require_POST
@needs(Capability.IMPORT)
def discard_import(request: MemberRequest, number: int) -> HttpResponse:
    """Give an import up that was not committed."""
    return _step(request, number, discard, _busy())


def _busy() -> str:
    return _(
        "That cannot be done now: the import is in another state, or another import is just being committed or"
        " undone. Wait until that is over and try again."
    )
