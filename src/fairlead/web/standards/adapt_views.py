"""Adapting the standard: a draft of changes that anybody may look at, kept as a version when it is ready."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.errors import FairleadError
from fairlead.standard import Provision, Standard
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.site.templatetags.words import reader
from fairlead.web.site.told import told
from fairlead.web.standards.drafting import keep_draft, save_draft
from fairlead.web.standards.forms import AddForm, KeepForm, ReasonForm, RewordForm
from fairlead.web.standards.keep import adapted, draft_of, newest, shipped, standard_of
from fairlead.web.standards.models import StandardDraft
from fairlead.web.standards.shown import chapters, shown_differences


@needs(Capability.STANDARD)
def draft(request: MemberRequest) -> HttpResponse:
    """Show the draft: every provision with what can be done to it, and the changes so far."""
    found = draft_of(request.organisation)
    standard = adapted(shipped(), found.name, found.changes)
    return render(
        request,
        "standards/draft.html",
        {
            "draft": found,
            "standard": standard,
            "chapters": chapters(standard, [each.key for each in standard.supplements]),
            "changes": [_told(each, standard) for each in found.changes],
            "differences": shown_differences(standard_of(newest(request.organisation)), standard),
            "form": KeepForm(initial={"name": found.name}),
        },
    )


def _told(one: dict[str, Any], standard: Standard) -> dict[str, Any]:
    """Return a change as the page shows it."""
    kinds = {
        "add": _("Added"),
        "reword": _("Worded anew"),
        "raise": _("Good practice asked for"),
        "remove": _("Taken out"),
        "remove_question": _("Question taken out"),
    }
    kind = next(each for each in kinds if each in one)
    key = one[kind]
    found = standard.provision(key) or shipped().provision(key)
    question = shipped().questions.get(key)
    title = question.ask if kind == "remove_question" and question else found.title if found else key
    return {"kind": kinds[kind], "title": reader().gettext(title), "reason": one.get("reason", "")}


def _save(request: MemberRequest, found: StandardDraft, changes: list[dict[str, Any]], seen: int) -> str:
    """Save the changes of the draft if the engine allows them; return why not, empty where they were saved."""
    try:
        save_draft(found, changes, request.user, seen=seen)
    except FairleadError as error:
        return told(error)
    except ChangedMeanwhile:
        return _("Somebody else changed the draft while you were writing. Look at it, then make your change again.")
    return ""


def _seen(request: MemberRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() else 0


@needs(Capability.STANDARD)
def change_provision(request: MemberRequest, key: str) -> HttpResponse:
    """Word a provision anew, raise its level, or take it or one of its questions out with a reason."""
    found = draft_of(request.organisation)
    standard = adapted(shipped(), found.name, found.changes)
    now, before = standard.provision(key), _before(found, key)
    if now is None or before is None:
        raise Http404
    form = RewordForm(
        request.POST if request.POST.get("do") == "reword" else None,
        initial={
            "title": now.title,
            "good_practice": now.good_practice,
            "own_words": now.own_words,
            "raised": now.of_the_law and now.required == "good_practice",
        },
    )
    reason = ReasonForm(request.POST if request.POST.get("do") in {"remove", "remove_question"} else None)
    wrong = ""
    if request.method == "POST":
        changes = _changes(request, found, before, form, reason)
        if changes is not None:
            wrong = _save(request, found, changes, _seen(request))
            if not wrong:
                messages.success(request, _("The change is in the draft."))
                return redirect("standards:draft", slug=request.organisation.slug)
    context = {
        "draft": found,
        "provision": now,
        "shown": next(each for chapter in _all(standard) for each in chapter.provisions if each.key == key),
        "form": form,
        "reason": reason,
        "wrong": wrong,
    }
    return render(request, "standards/provision.html", context, status=422 if wrong else 200)


def _all(standard: Standard) -> Any:
    return chapters(standard, [each.key for each in standard.supplements])


def _before(found: StandardDraft, key: str) -> Provision | None:
    """Return a provision as it is without the draft's wordings."""
    added = [each for each in found.changes if "add" in each]
    return adapted(shipped(), found.name, added).provision(key)


def _changes(
    request: MemberRequest, found: StandardDraft, before: Provision, form: RewordForm, reason: ReasonForm
) -> list[dict[str, Any]] | None:
    """Return the changes with the one that was asked for; None where a form is not filled in."""
    do = request.POST.get("do")
    if do == "reword" and form.is_valid():
        return form.changes(before, found.changes)
    if do == "remove" and reason.is_valid():
        return [*found.changes, {"remove": before.key, "reason": reason.cleaned_data["reason"]}]
    if do == "remove_question" and reason.is_valid():
        question = request.POST.get("question", "")
        return [*found.changes, {"remove_question": question, "reason": reason.cleaned_data["reason"]}]
    return None


@needs(Capability.STANDARD)
def add_provision(request: MemberRequest) -> HttpResponse:
    """Add a provision of the organisation's own."""
    found, wrong = draft_of(request.organisation), ""
    form = AddForm(request.POST or None, standard=shipped())
    if request.method == "POST" and form.is_valid():
        wrong = _save(request, found, [*found.changes, form.change()], _seen(request))
        if not wrong:
            messages.success(request, _("The provision is in the draft."))
            return redirect("standards:draft", slug=request.organisation.slug)
    context = {"draft": found, "form": form, "wrong": wrong}
    return render(request, "standards/add.html", context, status=422 if wrong else 200)


@require_POST
@needs(Capability.STANDARD)
def undo_change(request: MemberRequest, number: int) -> HttpResponse:
    """Take one change out of the draft; `number` counts them from 1."""
    found = draft_of(request.organisation)
    if not 1 <= number <= len(found.changes):
        raise Http404
    left = [each for place, each in enumerate(found.changes, 1) if place != number]
    wrong = _save(request, found, left, _seen(request))
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("The change was taken out of the draft."))
    return redirect("standards:draft", slug=request.organisation.slug)


@require_POST
@needs(Capability.STANDARD)
def keep_version(request: MemberRequest) -> HttpResponse:
    """Keep the draft as the version that is asked with from now on."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A version needs a name."))
        return redirect("standards:draft", slug=request.organisation.slug)
    try:
        version = keep_draft(request.organisation, form.cleaned_data["name"], request.user, seen=_seen(request))
    except ChangedMeanwhile:
        messages.error(request, _("Somebody else changed the draft meanwhile. Look at it, then keep it."))
        return redirect("standards:draft", slug=request.organisation.slug)
    messages.success(
        request, _("Kept as version %(number)s. It is asked with from now on.") % {"number": version.number}
    )
    return redirect("standards:read", slug=request.organisation.slug)
