"""What an organisation does with a questionnaire: change, send, remind, cancel, send back, accept, copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fairlead.errors import FairleadError
from fairlead.web.audit.chain import record
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability, Role
from fairlead.web.organisations.members import send_invitation
from fairlead.web.organisations.models import Invitation
from fairlead.web.questionnaires import moves
from fairlead.web.questionnaires.accepting import party_now
from fairlead.web.questionnaires.forms import ReturnForm, SettingsForm
from fairlead.web.questionnaires.mail import send_link, send_returned
from fairlead.web.questionnaires.models import WITH_SUPPLIER, Questionnaire, State
from fairlead.web.questionnaires.send import Refused
from fairlead.web.questionnaires.send import remind as remind_of
from fairlead.web.questionnaires.send import send as send_one
from fairlead.web.questionnaires.views import find
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.site.told import told

#: A step on one questionnaire: what it does; the version that was seen is given.
Step = Callable[[MemberRequest, Questionnaire, int], None]


def _step(step: Step) -> Callable[..., HttpResponse]:
    """Make a view of a step; whatever comes of it, the questionnaire's page follows."""

    @require_POST
    @needs(Capability.ASK)
    @wraps(step)
    def view(request: MemberRequest, number: int) -> HttpResponse:
        one, seen = find(request, number), request.POST.get("seen", "")
        try:
            step(request, one, int(seen) if seen.isascii() and seen.isdigit() else one.version)
        except ChangedMeanwhile:
            messages.error(request, _("Somebody else changed this questionnaire meanwhile. Look, then try again."))
        except (Refused, FairleadError) as error:
            messages.error(request, told(error))
        return redirect("questionnaires:one", slug=request.organisation.slug, number=number)

    return view


@_step
def change_settings(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Change the address, the day, the language, the greeting."""
    form = SettingsForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    moves.change_settings(one, request.user, form.cleaned_data, seen=seen)
    messages.success(request, _("Kept."))


@_step
def questions(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Put questions in or take them out; those of the legal minimum stay."""
    add, remove = request.POST.getlist("add"), request.POST.getlist("remove")
    moves.set_questions(one, request.user, add, remove, seen=seen)
    messages.success(request, _("The questions were changed."))


@_step
def send(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Send the questionnaire."""
    moves.check_state(one, State.DRAFT)
    if send_one(one, user=request.user, seen=seen):
        messages.success(request, _("It was sent to %(email)s. The link is also shown below.") % {"email": one.email})
    else:
        messages.warning(request, _("No e-mail was sent. Copy the link below and pass it on yourself."))


@_step
def remind(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Send a reminder with the link."""
    moves.check_state(one, *WITH_SUPPLIER)
    if remind_of(one, user=request.user):
        messages.success(request, _("A reminder was sent."))
    else:
        messages.warning(request, _("No e-mail was sent. Copy the link below and pass it on yourself."))


@_step
def new_link(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Make a new link and send it; the older ones no longer open anything."""
    if send_link(one, moves.renew_link(one, request.user), reminder=True):
        messages.success(request, _("A new link was sent. The older ones no longer work."))
    else:
        messages.warning(request, _("A new link was made. No e-mail was sent: copy the link below."))


@_step
def revoke_link(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Take the links back."""
    moves.take_links_back(one, request.user)
    messages.success(request, _("The link no longer works. What was answered is kept."))


@_step
def cancel(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Cancel the questionnaire; answers stay on record and count for nothing."""
    moves.cancel(one, request.user, seen=seen)
    messages.success(request, _("It was cancelled. The link now says so."))


@_step
def send_back(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Send answers back with remarks, so that the supplier can change them."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say what the supplier should look at again."))
    link = moves.return_answers(one, request.user, form.cleaned_data["remarks"], seen=seen)
    if not send_returned(one, link):
        messages.warning(request, _("No e-mail was sent. Copy the link below and pass it on yourself."))
    messages.success(request, _("The answers were sent back."))


@_step
def accept_answers(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Take the answers into the evidence."""
    count = moves.accept_answers(one, request.user, seen=seen)
    text = ngettext(
        "The answers are in the evidence as %(count)s row, as the supplier’s own word.",
        "The answers are in the evidence as %(count)s rows, as the supplier’s own word.",
        count,
    )
    messages.success(request, text % {"count": count})


@_step
def undo_acceptance(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Take the answers out of the evidence again."""
    moves.undo_acceptance(one, request.user, seen=seen)
    messages.success(request, _("The answers were taken out of the evidence; they stay here."))


@_step
def invite(request: MemberRequest, one: Questionnaire, seen: int) -> None:
    """Invite the supplier to an account, by which it sees all that it was asked."""
    moves.check_state(one, *WITH_SUPPLIER)
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
    made = moves.copy_for_next_year(find(request, number), request.user)
    messages.success(request, _("A draft for the next year was made."))
    return redirect("questionnaires:one", slug=request.organisation.slug, number=made.pk)
