"""First start, choosing an organisation, taking up an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.access import SignedInRequest, open_to_all, signed_in
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.forms import JoinForm, WelcomeForm, free_slug, make_account
from fairlead.web.organisations.models import Invitation, Membership, Organisation

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_all("the first page: it shows the first start, or sends on to signing in")
def front(request: HttpRequest) -> HttpResponse:
    """Send whoever comes to the address to the right page."""
    if not Organisation.objects.exists():
        return redirect("organisations:welcome")
    return redirect("organisations:choose")


@open_to_all("makes the first organisation; closed as soon as there is one")
def welcome(request: HttpRequest) -> HttpResponse:
    """Make the first organisation and its administrator."""
    if Organisation.objects.exists():
        raise Http404
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            if Organisation.objects.exists():  # somebody else was faster
                raise Http404
            user = make_account(given["email"], given["person"], given["password"], get_language() or "en")
            organisation = Organisation.objects.create(
                name=given["organisation"], slug=free_slug(given["organisation"]), language=user.language
            )
            Membership.objects.create(organisation=organisation, user=user, role=Role.ADMINISTRATOR)
            record("organisation.made", organisation=organisation, actor=user)
        login(request, user, backend=_BACKEND)
        messages.success(request, _("Welcome. This is your organisation's workbench."))
        return redirect("organisations:home", slug=organisation.slug)
    return render(request, "organisations/welcome.html", {"form": form})


@signed_in
def choose(request: SignedInRequest) -> HttpResponse:
    """Show the organisations that somebody belongs to; go straight on where it is one."""
    memberships = list(
        Membership.objects.filter(user=request.user).select_related("organisation").order_by("organisation__name")
    )
    if memberships and all(each.role == Role.SUPPLIER for each in memberships):
        return redirect("supplier_account:mine")
    if len(memberships) == 1:
        return redirect("organisations:home", slug=memberships[0].organisation.slug)
    return render(request, "organisations/choose.html", {"memberships": memberships})


@open_to_all("whoever was invited has no account yet; the link's token is what opens it")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: with the account that is signed in, else with a new one."""
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), token=token)
    if not invitation.open:
        return render(request, "organisations/invitation_over.html", {"invitation": invitation}, status=410)
    if request.user.is_authenticated and request.user.email == invitation.email:
        if request.method == "POST":
            return _take_up(request, invitation, request.user)
        return render(request, "organisations/join.html", {"invitation": invitation, "form": None})
    if User.objects.filter(email=invitation.email).exists():
        return render(request, "organisations/join_signed_out.html", {"invitation": invitation})
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            user = make_account(invitation.email, given["person"], given["password"], get_language() or "en")
            answer = _take_up(request, invitation, user)
        login(request, user, backend=_BACKEND)
        return answer
    return render(request, "organisations/join.html", {"invitation": invitation, "form": form})


def _take_up(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    with transaction.atomic():
        taken = Invitation.objects.filter(pk=invitation.pk, taken_at=None).update(taken_at=timezone.now())
        if not taken:
            raise Http404
        Membership.objects.get_or_create(
            organisation=invitation.organisation,
            user=user,
            defaults={"role": invitation.role, "party": invitation.party},
        )
        record("member.joined", organisation=invitation.organisation, actor=user, detail={"role": invitation.role})
    messages.success(request, _("You are now a member of %(name)s.") % {"name": invitation.organisation.name})
    if invitation.role == Role.SUPPLIER:
        return redirect("supplier_account:mine")
    return redirect("organisations:home", slug=invitation.organisation.slug)
