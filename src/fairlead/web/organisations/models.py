"""Organisations, memberships and invitations."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairlead.web.organisations.capabilities import Capability, Role, capabilities

#: An invitation can be taken up for so long.
INVITATION_HOLDS = timedelta(days=14)


class Organisation(models.Model):
    """One organisation whose due diligence is run here; nothing of it is seen from another."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("name in addresses"), max_length=60, unique=True)
    language = models.CharField(_("language of letters and questionnaires"), max_length=5, default="en")
    sandbox = models.BooleanField(_("a sandbox with the example case"), default=False)
    shows_ratings = models.BooleanField(
        _("suppliers with an account see what you estimate of them"),
        default=False,
        help_text=_(
            "The band, the interval and the main reasons in plain words. Restricted evidence, and what workers and"
            " their unions said, is neither shown nor counted there."
        ),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one organisation, with a role; a supplier's account is bound to the party it answers for."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    party = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="accounts")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_organisation"),
            models.CheckConstraint(
                condition=models.Q(role=Role.SUPPLIER, party__isnull=False)
                | (~models.Q(role=Role.SUPPLIER) & models.Q(party__isnull=True)),
                name="suppliers_answer_for_a_party",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this person may do in the organisation."""
        return capabilities()[Role(self.role)]

    def may(self, capability: Capability) -> bool:
        """Say whether the role allows something."""
        return capability in self.capabilities


def _token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """A link by which one person joins an organisation; it can be taken up once and expires."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=_token)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email

    @property
    def open(self) -> bool:
        """Whether it can still be taken up."""
        return self.taken_at is None and timezone.now() < self.created_at + INVITATION_HOLDS
