"""First start, choosing an organisation, taking up an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.accounts.sign_in import sign_in
from fairlead.web.audit.chain import record
from fairlead.web.organisations.access import SignedInRequest, open_to_all, signed_in
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.forms import JoinForm, NewOrganisationForm, WelcomeForm, free_slug, make_account
from fairlead.web.organisations.models import Invitation, Membership, Organisation
from fairlead.web.organisations.sandbox.make import make_sandbox


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
            sandbox = make_sandbox(user) if given["example"] else None
        sign_in(request, user)
        messages.success(request, _("Welcome. This is your organisation's workbench."))
        if sandbox is not None:
            messages.info(
                request, _("The sandbox is being filled. You find it at the top, by the organisation's name.")
            )
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
    if len(memberships) == 1 and "all" not in request.GET:
        return redirect("organisations:home", slug=memberships[0].organisation.slug)
    may_add = any(each.role == Role.ADMINISTRATOR for each in memberships)
    return render(request, "organisations/choose.html", {"memberships": memberships, "may_add": may_add})


@signed_in
def add_organisation(request: SignedInRequest) -> HttpResponse:
    """Add a further organisation; those may who administer one already."""
    if not Membership.objects.filter(user=request.user, role=Role.ADMINISTRATOR).exists():
        raise PermissionDenied
    form = NewOrganisationForm(request.POST or None, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["sandbox"]:
            organisation = make_sandbox(request.user)
        else:
            with transaction.atomic():
                organisation = form.save(commit=False)
                organisation.slug = free_slug(organisation.name)
                organisation.save()
                Membership.objects.create(organisation=organisation, user=request.user, role=Role.ADMINISTRATOR)
                record("organisation.made", organisation=organisation, actor=request.user)
        messages.success(request, _("The organisation was added. You administer it."))
        return redirect("organisations:home", slug=organisation.slug)
    return render(request, "organisations/add.html", {"form": form})


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
    other = _other_account(request, invitation)
    if other:
        return render(request, other, {"invitation": invitation})
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            user = make_account(invitation.email, given["person"], given["password"], get_language() or "en")
            answer = _take_up(request, invitation, user)
        sign_in(request, user)
        return answer
    return render(request, "organisations/join.html", {"invitation": invitation, "form": form})


def _other_account(request: HttpRequest, invitation: Invitation) -> str:
    """Return the page for whom the invitation needs another account than the one they are signed in with, or ""."""
    if request.user.is_authenticated:
        return "organisations/join_as_another.html"
    taken = User.objects.filter(email=invitation.email).exists()
    return "organisations/join_signed_out.html" if taken else ""


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
