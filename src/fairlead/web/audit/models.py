"""The lines of the log and the head of each chain."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditHead(models.Model):
    """The end of one chain: its last number and hash. Whoever adds a line locks this row first."""

    chain = models.CharField(max_length=64, unique=True)  # "organisation 12", or "installation"
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return self.chain


class AuditEntry(models.Model):
    """One thing that somebody did. `detail` names fields and counts, never what they hold.

    `hash` is the SHA-256 of the line with the hash of the line before it, so that a line cannot be changed, left
    out or put in without all later hashes being wrong.
    """

    chain = models.CharField(max_length=64)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_id_then = models.BigIntegerField(null=True)  # stays when the account is deleted
    by = models.CharField(max_length=40)  # person, token, supplier link, command line, background work
    action = models.CharField(max_length=60)  # such as party.changed
    subject = models.CharField(max_length=80, blank=True)  # such as pty_0123456789abcdef
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="one_audit_line_per_number"),)
        indexes = (
            models.Index(fields=["organisation", "-number"], name="audit_by_organisation"),
            models.Index(fields=["organisation", "subject"], name="audit_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.action}"
