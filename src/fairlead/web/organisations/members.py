"""The settings of an organisation: its name, its members and their roles, invitations."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from fairlead.web.accounts.locks import locked, unlock
from fairlead.web.audit.chain import record
from fairlead.web.lists.table_file import Table, exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability, Role
from fairlead.web.organisations.change import change_organisation
from fairlead.web.organisations.forms import InvitationForm, SettingsForm, last_administrator
from fairlead.web.organisations.models import Invitation, Membership


@needs(Capability.SEE)
def home(request: MemberRequest) -> HttpResponse:
    """Send a member to the first page of the organisation."""
    return redirect("dashboards:overview", slug=request.organisation.slug)


@needs(Capability.SEE, to_change=Capability.ADMINISTER)
def settings_page(request: MemberRequest) -> HttpResponse:
    """Show the organisation and its members; administrators change what it has chosen."""
    form = SettingsForm(request.POST or None, instance=request.organisation)
    if request.method == "POST" and form.is_valid():
        change_organisation(request.organisation, form.cleaned_data, user=request.user)
        messages.success(request, _("Kept."))
        return redirect("organisations:settings", slug=request.organisation.slug)
    memberships = request.organisation.memberships.select_related("user", "party").order_by("role", "user__email")
    if request.membership.may(Capability.ADMINISTER) and (file := exported(request, lambda: _table(memberships))):
        return file
    invitations = [each for each in request.organisation.invitations.order_by("-created_at") if each.open]
    return render(
        request,
        "organisations/settings.html",
        {
            "form": form,
            "memberships": memberships,
            "invitations": invitations,
            "invite": InvitationForm(),
            "locked": locked([each.user.email for each in memberships]),
        },
    )


def _table(memberships: QuerySet[Membership]) -> Table:
    headings = [_("Person"), _("E-mail address"), _("Role"), _("Party")]
    rows = (
        [each.user.name or None, each.user.email, each.get_role_display(), each.party.name if each.party else None]
        for each in memberships
    )
    return Table("members", _("Members"), headings, rows)


@require_POST
@needs(Capability.ADMINISTER)
def invite(request: MemberRequest) -> HttpResponse:
    """Send somebody a link by which they join; the link is shown as well, for where e-mail does not reach."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That is no e-mail address."))
        return redirect("organisations:settings", slug=request.organisation.slug)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            organisation=request.organisation,
            email=form.cleaned_data["email"].lower(),
            role=form.cleaned_data["role"],
            invited_by=request.user,
        )
        record(
            "member.invited", organisation=request.organisation, actor=request.user, detail={"role": invitation.role}
        )
    send_invitation(invitation)
    messages.success(request, _("The invitation was sent. The link is also shown below."))
    return redirect("organisations:settings", slug=request.organisation.slug)


def send_invitation(invitation: Invitation) -> None:
    """Send the link of an invitation in the organisation's language."""
    link = settings.PUBLIC_URL + reverse("organisations:join", kwargs={"token": invitation.token})
    with override(invitation.organisation.language):
        subject = _("You are invited to the workbench of %(name)s") % {"name": invitation.organisation.name}
        body = _("Open this link to join. It works once, for fourteen days:")
        send_mail(subject, f"{body}\n\n{link}\n", None, [invitation.email])


@require_POST
@needs(Capability.ADMINISTER)
def withdraw_invitation(request: MemberRequest, number: int) -> HttpResponse:
    """Take an invitation back, so that its link no longer works."""
    invitation = get_object_or_404(Invitation, pk=number, organisation=request.organisation, taken_at=None)
    with transaction.atomic():
        invitation.delete()
        record("invitation.withdrawn", organisation=request.organisation, actor=request.user)
    messages.success(request, _("The invitation was taken back; its link no longer works."))
    return redirect("organisations:settings", slug=request.organisation.slug)


@require_POST
@needs(Capability.ADMINISTER)
def change_member(request: MemberRequest, number: int) -> HttpResponse:
    """Give a member another role, or end the membership."""
    member = get_object_or_404(Membership, pk=number, organisation=request.organisation)
    role = request.POST.get("role", "")
    ends = request.POST.get("end") == "yes"
    if last_administrator(member) and (ends or role != Role.ADMINISTRATOR):
        messages.error(request, _("An organisation needs an administrator. Make somebody else one first."))
    elif ends:
        with transaction.atomic():
            record("member.removed", organisation=request.organisation, actor=request.user, detail={"member": number})
            member.delete()
        messages.success(request, _("The membership has ended. What this person did stays in the history."))
    elif role in {value for value, _word in Role.choices} and (role == Role.SUPPLIER) == (member.party_id is not None):
        with transaction.atomic():
            Membership.objects.filter(pk=member.pk).update(role=role)
            record(
                "member.changed",
                organisation=request.organisation,
                actor=request.user,
                detail={"member": number, "role": role},
            )
        messages.success(request, _("The role was changed."))
    else:
        messages.error(request, _("That is not a role this member can have."))
    return redirect("organisations:settings", slug=request.organisation.slug)


@require_POST
@needs(Capability.ADMINISTER)
def unlock_member(request: MemberRequest, number: int) -> HttpResponse:
    """Let a member who gave a wrong password too often try again at once."""
    member = get_object_or_404(Membership.objects.select_related("user"), pk=number, organisation=request.organisation)
    if unlock(member.user.email, organisation=request.organisation, actor=request.user):
        messages.success(request, _("This person can sign in again."))
    return redirect("organisations:settings", slug=request.organisation.slug)
