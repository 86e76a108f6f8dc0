"""Forms of the first start, of invitations and of an organisation's settings."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from anyascii import anyascii
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from fairlead.language import LANGUAGES
from fairlead.web.accounts.models import User
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership, Organisation


class _Password(forms.Form):
    """A name and a password for a new account."""

    person = forms.CharField(label=_("Your name"), max_length=120, required=False)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A sentence that only you would say is a good one."),
    )

    def clean_password(self) -> str:
        """Return the password. Raises ValidationError for one that is easy to guess."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password


class WelcomeForm(_Password):
    """The first organisation and its administrator."""

    organisation = forms.CharField(label=_("Name of your organisation"), max_length=200)
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    example = forms.BooleanField(
        label=_("Add a sandbox with the example case"),
        help_text=_("An organisation of its own with fictional suppliers, to try everything out; it can be wiped."),
        required=False,
        initial=True,
    )
    field_order = ("organisation", "person", "email", "password", "example")


class JoinForm(_Password):
    """What somebody who takes up an invitation and has no account yet has to give."""


class InvitationForm(forms.Form):
    """Whom to invite, and in which role."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[(value, word) for value, word in Role.choices if value != Role.SUPPLIER]
    )


class OrganisationForm(forms.ModelForm[Organisation]):
    """An organisation's name and the language of what it sends."""

    language = forms.ChoiceField(label=_("Language of letters and questionnaires"))

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ("name", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [each for each in settings.LANGUAGES if each[0] in LANGUAGES]  # type: ignore[attr-defined]


class SettingsForm(OrganisationForm):
    """What an organisation can choose about itself."""

    class Meta(OrganisationForm.Meta):
        fields = ("name", "language", "shows_ratings")


class NewOrganisationForm(OrganisationForm):
    """A further organisation, or a sandbox, which names itself."""

    sandbox = forms.BooleanField(
        label=_("A sandbox with the example case"),
        help_text=_("Fictional suppliers, to try everything out; it can be wiped. It names itself."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for a name where it is no sandbox."""
        given = super().clean() or self.cleaned_data
        if not given.get("sandbox") and not given.get("name"):
            self.add_error("name", _("An organisation needs a name."))
        return given


def free_slug(name: str) -> str:
    """Return a name for addresses that no organisation has yet."""
    base = slugify(anyascii(name))[:50].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if slug not in taken)


def last_administrator(membership: Membership) -> bool:
    """Say whether the organisation would have no administrator without this one."""
    others = Membership.objects.filter(organisation=membership.organisation, role=Role.ADMINISTRATOR)
    return membership.role == Role.ADMINISTRATOR and not others.exclude(pk=membership.pk).exists()


def make_account(email: str, name: str, password: str, language: str) -> User:
    """Make an account whose address counts as confirmed, for whoever set it up or was sent a link."""
    user = User.objects.create_user(email=email, password=password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
