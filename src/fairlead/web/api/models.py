"""Tokens by which programs are known, and replies that are kept so that a repeated request does nothing twice."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairlead.web.organisations.capabilities import Capability


class TokenUse(models.TextChoices):
    """What a token opens."""

    API = "api", _("The API")
    RECONCILE = "reconcile", _("Reconciling names in OpenRefine")


class ApiToken(models.Model):
    """A secret by which a program acts for one member of one organisation; only a keyed hash of it is kept.

    `scopes` are capabilities. What the token allows is what both they and the member's role allow when it is used.
    When the membership ends, the token goes with it.
    """

    membership = models.ForeignKey("organisations.Membership", models.CASCADE, related_name="tokens")
    use = models.CharField(max_length=10, choices=TokenUse.choices, default=TokenUse.API)
    name = models.CharField(_("name"), max_length=80)
    scopes = models.JSONField(_("what it may do"), default=list)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def open(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and timezone.now() < self.expires_at

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it allows now: its scopes, as far as the member's role still has them."""
        return frozenset(Capability(scope) for scope in self.scopes) & self.membership.capabilities


class KeptReply(models.Model):
    """The reply to a request that carried an Idempotency-Key, written in the transaction of what it did."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["token", "key"], name="one_reply_per_key"),)
        indexes = (models.Index(fields=["created_at"], name="replies_by_age"),)

    def __str__(self) -> str:
        return f"{self.token_id} {self.status}"
