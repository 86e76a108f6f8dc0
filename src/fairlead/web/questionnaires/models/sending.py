"""What is done with many parties or questionnaires at once, and what came of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairlead.web.questionnaires.models.questionnaire import Questionnaire


class SendingKind(models.TextChoices):
    """What is done with many at once."""

    ASK = "ask", _("Ask parties")
    SEND = "send", _("Send questionnaires")
    REMIND = "remind", _("Remind suppliers")


class Sending(models.Model):
    """Something done with many parties or questionnaires at once.

    `selection` holds either ids (`selected`) or the query of the list (`query`); `settings` what the form says of new
    questionnaires; `listed` that each one that is meant has its item; `done_at` that nothing is left to do.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=SendingKind.choices)
    selection = models.JSONField()
    settings = models.JSONField(default=dict)
    listed = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("bulk sending")
        verbose_name_plural = _("bulk sendings")

    def __str__(self) -> str:
        return f"sending {self.pk}"


class Outcome(models.TextChoices):
    """What came of one item of a sending."""

    WAITING = "waiting", _("waits")
    MADE = "made", _("draft made")
    SENT = "sent", _("e-mail sent")
    UNSENT = "unsent", _("no e-mail that works: copy the link and pass it on yourself")
    UNSURE = "unsure", _("interrupted: look whether the e-mail arrived, and remind if not")
    LEFT = "left", _("left as it was")


class SendingItem(models.Model):
    """One party, or one questionnaire, of a sending.

    `begun_at` is there before a letter goes, so that none goes twice.
    """

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="items")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    why = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sending", "questionnaire"], name="one_sending_per_questionnaire"),
        )
        indexes = (models.Index(fields=["sending", "outcome"], name="sendings_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.sending_id}: {self.party_id}"
