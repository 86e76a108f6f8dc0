"""The list of actions, the page of one, agreeing and moving on."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.remedy import due_step, is_overdue, moves, moves_from, next_step
from fairlead.web.actions.action_list import ACTION_LIST, what
from fairlead.web.actions.edit import add_action as add
from fairlead.web.actions.edit import edit_action as edit
from fairlead.web.actions.forms import ActionForm, people
from fairlead.web.actions.models import ActionEvent, CorrectiveAction
from fairlead.web.actions.move import Given, escalate, move, note
from fairlead.web.actions.proposals import proposals, take_over
from fairlead.web.actions.words import MOVES, VERIFIERS, choices
from fairlead.web.files.store import store
from fairlead.web.files.too_large import left_out
from fairlead.web.files.views import as_attachment
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.records.conflict import conflict_page
from fairlead.web.site.templatetags.words import reader

#: So many of the newest things that happened to an action are shown at first: some go on for years.
_SHOWN_AT_FIRST: Final = 20


@needs(Capability.SEE)
def action_list(request: MemberRequest) -> HttpResponse:
    """Show the corrective actions."""
    return show_list(request, ACTION_LIST, page="actions/list.html")


def find_action(request: MemberRequest, uid: str) -> CorrectiveAction:
    """Return an action of the request's organisation. Raises Http404 where there is none."""
    found = CorrectiveAction.objects.select_related("party", "followed_by", "organisation")
    return get_object_or_404(found, organisation=request.organisation, uid=uid)


@needs(Capability.SEE)
def action_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show one action: what was agreed, what has happened, and the steps that are open to this person.

    `?events=all` shows all that has happened, not only the newest.
    """
    action = find_action(request, uid)
    today, state = timezone.localdate(), action.state
    step = next_step(state, action.escalation)
    events = action.events.select_related("by", "file")
    earlier = 0 if request.GET.get("events") == "all" else max(0, events.count() - _SHOWN_AT_FIRST)
    context = {
        "action": action,
        "what": what(action),
        "events": events[earlier:],
        "earlier": earlier,
        "steps": [(move, MOVES[move.key]) for move in moves_from(state, request.membership.capabilities)],
        "verifiers": choices(VERIFIERS),
        "escalation_next": reader().gettext(step.text) if step else "",
        "escalation_from": step.due_from(action.due_on) if step and action.due_on else None,
        "escalation_due": due_step(state, action.due_on, action.escalation, today) is not None,
        "overdue": is_overdue(state, action.due_on, today),
    }
    return render(request, "actions/action.html", context)


@needs(Capability.ACT)
def add_action(request: MemberRequest, uid: str) -> HttpResponse:
    """Add actions for a party: those that the engine proposes, or one of one's own words."""
    party = get_object_or_404(Party.live.select_related("organisation"), organisation=request.organisation, uid=uid)
    today = timezone.localdate()
    proposed = proposals(party, today)
    form = ActionForm(None, members=people(request.membership), initial={"followed_by": request.user.pk})
    if request.method == "POST" and "take" in request.POST:
        chosen = [row for row in proposed if row["action_id"] in request.POST.getlist("proposal")]
        if chosen:
            take_over(party, chosen, by=request.user, today=today)
            messages.success(request, _("%(count)s actions were added.") % {"count": len(chosen)})
            return redirect("parties:party", slug=request.organisation.slug, uid=party.uid)
        messages.error(request, _("Choose at least one."))
    elif request.method == "POST":
        form = ActionForm(request.POST, members=people(request.membership))
        if form.is_valid():
            action = add(party, request.user, form.values())
            messages.success(request, _("The action was added."))
            return redirect("actions:action", slug=request.organisation.slug, uid=action.uid)
    return render(request, "actions/add.html", {"party": party, "proposed": proposed, "form": form})


@needs(Capability.ACT)
def edit_action(request: MemberRequest, uid: str) -> HttpResponse:
    """Change what is agreed; where somebody else has changed it meanwhile, show both sides."""
    action = find_action(request, uid)
    members = people(request.membership)
    form = ActionForm(request.POST or None, instance=action, members=members)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            edit(
                action,
                request.user,
                form.values(),
                seen=seen,
                now=timezone.now(),
                fields=form.changed_data,
                words=form.changed_labels,
            )
        except ChangedMeanwhile as meanwhile:
            return conflict_page(request, meanwhile.current, seen, form)
        messages.success(request, _("Kept."))
        return redirect("actions:action", slug=request.organisation.slug, uid=uid)
    return render(request, "actions/edit.html", {"form": form, "action": action, "what": what(action)})


def _given(request: MemberRequest) -> Given:
    """Return what was sent with a step. Raises ValidationError for a file that cannot be kept."""
    if refused := left_out(request):
        raise ValidationError(refused)
    upload = request.FILES.get("file")
    return Given(
        words=request.POST.get("words", "").strip()[:4_000],
        file=store(upload, request.organisation, request.user) if upload else None,
        verifier=request.POST.get("verifier", ""),
        verifier_name=request.POST.get("verifier_name", "").strip()[:200],
    )


@require_POST
@needs(Capability.SEE)
def move_action(request: MemberRequest, uid: str, step: str) -> HttpResponse:
    """Take a step; the table of steps says who may."""
    action = find_action(request, uid)
    if step not in moves():
        raise Http404
    if Capability(moves()[step].needs) not in request.membership.capabilities:
        raise PermissionDenied
    try:
        move(
            action,
            step,
            _given(request),
            by=request.user,
            may=request.membership.capabilities,
            now=timezone.now(),
            seen=_seen(request),
        )
        messages.success(request, _("Kept."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ChangedMeanwhile:
        messages.error(
            request, _("Somebody else has changed the action meanwhile. Look at it again; nothing was lost.")
        )
    return redirect("actions:action", slug=request.organisation.slug, uid=uid)


def _seen(request: MemberRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() else 0


@require_POST
@needs(Capability.ACT)
def note_action(request: MemberRequest, uid: str) -> HttpResponse:
    """Write a note beside an action, or attach a file to it."""
    action = find_action(request, uid)
    try:
        note(action, _given(request), by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("actions:action", slug=request.organisation.slug, uid=uid)


@require_POST
@needs(Capability.ACT)
def escalate_action(request: MemberRequest, uid: str) -> HttpResponse:
    """Write down that the next step of the escalation was taken."""
    action = find_action(request, uid)
    try:
        escalate(action, _given(request), by=request.user, now=timezone.now(), seen=_seen(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ChangedMeanwhile:
        messages.error(
            request, _("Somebody else has changed the action meanwhile. Look at it again; nothing was lost.")
        )
    return redirect("actions:action", slug=request.organisation.slug, uid=uid)


@needs(Capability.SEE)
def action_file(request: MemberRequest, uid: str, number: int) -> HttpResponse:
    """Give back a file that is attached to an action."""
    event = get_object_or_404(ActionEvent.objects.select_related("file"), pk=number, action=find_action(request, uid))
    if event.file is None:
        raise Http404
    return as_attachment(event.file)  # type: ignore[return-value]
