"""Forms of accounts: those of allauth in our own words, and a person's profile."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from fairlead.web.accounts.models import User

PASSWORD_HELP = _("At least 12 characters. A sentence that only you would say is a good one.")


class OwnWords(forms.Form):
    """Gives the fields of a form other labels and helps, and takes placeholders away, which would repeat the label."""

    labels: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(OwnWords, account_forms.LoginForm):
    """Address and password."""

    labels = {"login": _("E-mail address"), "password": _("Password")}


class ReauthenticateForm(OwnWords, account_forms.ReauthenticateForm):
    """The password again."""

    labels = {"password": _("Password")}


class NewAddressForm(OwnWords, account_forms.AddEmailForm):
    """The address that is to take the place of the one now."""

    labels = {"email": _("New e-mail address")}
    helps = {"email": _("A link is sent there. The address now is told too, once it has changed.")}


class ChangePasswordForm(OwnWords, account_forms.ChangePasswordForm):
    """The password as it is, and the new one twice."""

    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    helps = {"password1": PASSWORD_HELP}


class SetPasswordForm(OwnWords, account_forms.SetPasswordForm):
    """The first password of an account that has none."""

    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    helps = {"password1": PASSWORD_HELP}


class ResetPasswordForm(OwnWords, account_forms.ResetPasswordForm):
    """The address to which a link is sent."""

    labels = {"email": _("E-mail address")}


class ResetPasswordKeyForm(OwnWords, account_forms.ResetPasswordKeyForm):
    """The new password, by a link."""

    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    helps = {"password1": PASSWORD_HELP}


class SecondFactorForm(OwnWords, mfa_forms.AuthenticateForm):
    """A code after the password."""

    labels = {"code": _("Code of your app, or a recovery code")}


class SecondFactorAgainForm(OwnWords, mfa_forms.ReauthenticateForm):
    """A code, to confirm that it is still the same person."""

    labels = {"code": _("Code of your app, or a recovery code")}


class ActivateAppForm(OwnWords, totp_forms.ActivateTOTPForm):
    """The first code of an app."""

    labels = {"code": _("Code that the app shows")}


class AddKeyForm(OwnWords, webauthn_forms.AddWebAuthnForm):
    """The name of a key, and whether it replaces the password."""

    labels = {"name": _("Name of the key"), "passwordless": _("Sign in with it alone, without the password")}
    helps = {"passwordless": _("The key then asks for a finger, a face or a PIN of its own.")}


class RenameKeyForm(OwnWords, webauthn_forms.EditWebAuthnForm):
    """Another name for a key."""

    labels = {"name": _("Name of the key")}


class ProfileForm(forms.ModelForm[User]):
    """How somebody is named, in which language they read, and how much e-mail they want."""

    class Meta:
        model = User
        fields = ("name", "language", "fewer_emails")
