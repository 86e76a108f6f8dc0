"""What an organisation does with a questionnaire: change, send, remind, cancel, send back, accept, copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fairlead.errors import FairleadError
from fairlead.web.audit.chain import record
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability, Role
from fairlead.web.organisations.members import send_invitation
from fairlead.web.organisations.models import Invitation
from fairlead.web.questionnaires.accepting import accept, party_now, undo
from fairlead.web.questionnaires.asking import change_questions, make
from fairlead.web.questionnaires.forms import ReturnForm, SettingsForm
from fairlead.web.questionnaires.log import record_step
from fairlead.web.questionnaires.mail import send_link, send_returned
from fairlead.web.questionnaires.models import WITH_SUPPLIER, Questionnaire, State, SupplierLink
from fairlead.web.questionnaires.send import Refused
from fairlead.web.questionnaires.send import remind as remind_of
from fairlead.web.questionnaires.send import send as send_one
from fairlead.web.questionnaires.tokens import make_link, newest_link, revoke_links
from fairlead.web.questionnaires.views import find
from fairlead.web.records.change import ChangedMeanwhile, change
from fairlead.web.standards.keep import newest_kept, standard_of

#: A step on one questionnaire: what it does; the version that was seen is given.
Step = Callable[[MemberRequest, Questionnaire, int], None]


def _step(*states: State) -> Callable[[Step], Callable[..., HttpResponse]]:
    """Make a view of a step that is possible in some states; whatever comes of it, the questionnaire's page follows."""

    def made(step: Step) -> Callable[..., HttpResponse]:
        @require_POST
        @needs(Capability.ASK)
        @wraps(step)
        def view(request: MemberRequest, number: int) -> HttpResponse:
            one, seen = find(request, number), request.POST.get("seen", "")
            try:
                if states and one.state not in states:
                    raise Refused(_("That cannot be done in this state. Look at what has changed."))
                step(request, one, int(seen) if seen.isascii() and seen.isdigit() else one.version)
            except ChangedMeanwhile:
                messages.error(request, _("Somebody else changed this questionnaire meanwhile. Look, then try again."))
            except (Refused, FairleadError) as error:
                messages.error(request, str(error))
            return redirect("questionnaires:one", slug=request.organisation.slug, number=number)

        return view

    return made


def _change(request: MemberRequest, one: Questionnaire, values: Mapping[str, Any], seen: int, action: str) -> None:
    with transaction.atomic():
        change(one, values, seen=seen)
        record_step(request, one, action, fields=sorted(values))


@_step(State.DRAFT, *WITH_SUPPLIER)
def change_settings(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Change the address, the day, the language, the greeting."""
    form = SettingsForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    _change(request, one, form.cleaned_data, seen, "changed")
    messages.success(request, _("Kept."))


@_step(State.DRAFT)
def questions(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Put questions in or take them out; those of the legal minimum stay."""
    values = change_questions(one, request.POST.getlist("add"), request.POST.getlist("remove"))
    _change(request, one, values, seen, "questions_changed")
    messages.success(request, _("The questions were changed."))


@_step(State.DRAFT)
def send(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Send the questionnaire."""
    if send_one(one, user=request.user, seen=seen):
        messages.success(request, _("It was sent to %(email)s. The link is also shown below.") % {"email": one.email})
    else:
        messages.warning(request, _("No e-mail was sent. Copy the link below and pass it on yourself."))


@_step(*WITH_SUPPLIER)
def remind(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Send a reminder with the link."""
    if remind_of(one, user=request.user):
        messages.success(request, _("A reminder was sent."))
    else:
        messages.warning(request, _("No e-mail was sent. Copy the link below and pass it on yourself."))


@_step(*WITH_SUPPLIER, State.SUBMITTED, State.ACCEPTED)
def new_link(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Make a new link and send it; the older ones no longer open anything."""
    with transaction.atomic():
        revoke_links(one)
        link = make_link(one)
        record_step(request, one, "link_renewed")
    if send_link(one, link, reminder=True):
        messages.success(request, _("A new link was sent. The older ones no longer work."))
    else:
        messages.warning(request, _("A new link was made. No e-mail was sent: copy the link below."))


@_step(*WITH_SUPPLIER, State.SUBMITTED, State.ACCEPTED)
def revoke_link(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Take the links back."""
    with transaction.atomic():
        revoke_links(one)
        record_step(request, one, "link_revoked")
    messages.success(request, _("The link no longer works. What was answered is kept."))


@_step(State.DRAFT, *WITH_SUPPLIER, State.SUBMITTED)
def cancel(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Cancel the questionnaire; answers stay on record and count for nothing."""
    _change(request, one, {"state": State.CANCELLED}, seen, "cancelled")
    messages.success(request, _("It was cancelled. The link now says so."))


@_step(State.SUBMITTED)
def send_back(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Send answers back with remarks, so that the supplier can change them."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say what the supplier should look at again."))
    with transaction.atomic():
        returned = {"state": State.RETURNED, "remarks": form.cleaned_data["remarks"], "reminded_at": timezone.now()}
        change(one, returned, seen=seen)
        link: SupplierLink | None = newest_link(one)
        if link is None or not link.holds:
            link = make_link(one)
        record_step(request, one, "returned")
    if not send_returned(one, link):
        messages.warning(request, _("No e-mail was sent. Copy the link below and pass it on yourself."))
    messages.success(request, _("The answers were sent back."))


@_step(State.SUBMITTED)
def accept_answers(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Take the answers into the evidence."""
    count = accept(one, request.user, seen=seen)
    text = ngettext(
        "The answers are in the evidence as %(count)s row, as the supplier’s own word.",
        "The answers are in the evidence as %(count)s rows, as the supplier’s own word.",
        count,
    )
    messages.success(request, text % {"count": count})


@_step(State.ACCEPTED)
def undo_acceptance(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Take the answers out of the evidence again."""
    undo(one, request.user, seen=seen)
    messages.success(request, _("The answers were taken out of the evidence; they stay here."))


@_step(State.SENT, State.OPENED, State.SAVED, State.RETURNED)
def invite(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Invite the supplier to an account, by which it sees all that it was asked."""
    if not one.email:
        raise Refused(_("Give an e-mail address first."))
    with transaction.atomic():
        invitation = Invitation.objects.create(
            organisation=request.organisation,
            email=one.email.lower(),
            role=Role.SUPPLIER,
            party=party_now(one),
            invited_by=request.user,
        )
        record(
            "member.invited", organisation=request.organisation, actor=request.user, detail={"role": invitation.role}
        )
    send_invitation(invitation)
    messages.success(request, _("The invitation to an account was sent."))


@require_POST
@needs(Capability.ASK)
def copy(request: MemberRequest, number: int) -> HttpResponse:
    """Make a draft for the next year: what would be asked today, and what was asked then."""
    one = find(request, number)
    try:
        day = one.due_on.replace(year=one.due_on.year + 1)
    except ValueError:  # 29 February
        day = one.due_on.replace(year=one.due_on.year + 1, day=28)
    with transaction.atomic():
        version = newest_kept(request.organisation, request.user)
        made = make(
            [party_now(one)],
            version,
            organisation=request.organisation,
            user=request.user,
            due_on=max(day, timezone.localdate()),
            language=one.language,
            greeting=one.greeting,
            reminders=one.reminders,
        )[0]
        known = standard_of(version).questions
        values = change_questions(made, [key for key in one.keys if key in known], [])
        change(made, {**values, "copied_from": one, "email": made.email or one.email}, seen=made.version)
        record_step(request, made, "copied", of=one.pk)
    messages.success(request, _("A draft for the next year was made."))
    return redirect("questionnaires:one", slug=request.organisation.slug, number=made.pk)
