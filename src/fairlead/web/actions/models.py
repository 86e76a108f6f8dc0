"""Corrective actions with what happened to them, and decisions to leave a supplier."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fairlead.remedy import OPEN, Decision, State
from fairlead.web.actions.words import DECISIONS, STATES, VERIFIERS, choices
from fairlead.web.records.models import Versioned


class Owner(models.TextChoices):
    """Whose an action is, or who bears its cost; the keys are those of the reference pack's plan.yaml."""

    BUYER = "buyer", _("Your organisation")
    SUPPLIER = "supplier", _("Supplier")
    LABOUR_PROVIDER = "labour_provider", _("Labour provider")
    WORKER_REPRESENTATIVES = "worker_representatives", _("Union or people whom workers trust")
    BUYER_AND_SUPPLIER = "buyer_and_supplier", _("Your organisation and the supplier together")


class CorrectiveAction(Versioned):
    """One thing that is to be put right, by whom, until when, what shows it, and who pays.

    `text` is the engine's message for what comes from its plan; `words` what a person wrote. Money that workers are
    owed and were paid is kept apart from the cost of the action.
    """

    MOVES_WITH_PARTY = ("party",)

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    uid = models.CharField(max_length=40)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="actions")
    finding = models.CharField(max_length=60, blank=True)
    text = models.JSONField(default=dict, blank=True)
    words = models.CharField(_("what is to be done"), max_length=600, blank=True)
    proof_text = models.JSONField(default=dict, blank=True)
    proof_words = models.CharField(_("what will show that it was done"), max_length=400, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=choices(STATES), default=State.PROPOSED.value)
    owner = models.CharField(_("who does it"), max_length=24, choices=Owner.choices, default=Owner.SUPPLIER)
    followed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who follows it"),
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    cost_bearer = models.CharField(_("who bears the cost"), max_length=24, choices=Owner.choices, default=Owner.BUYER)
    workers = models.PositiveIntegerField(_("workers concerned"), null=True, blank=True)
    owed = models.DecimalField(_("owed to workers"), max_digits=16, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField(_("paid to workers"), max_digits=16, decimal_places=2, null=True, blank=True)
    escalation = models.PositiveSmallIntegerField(default=0)
    verifier = models.CharField(_("who verified it"), max_length=24, choices=choices(VERIFIERS), blank=True)
    verifier_name = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    agreed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("corrective action")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "uid"], name="one_action_per_id"),
            models.CheckConstraint(
                condition=(models.Q(owed__isnull=True) & models.Q(paid__isnull=True) & models.Q(cost__isnull=True))
                | ~models.Q(currency=""),
                name="money_has_a_currency",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "state", "due_on"], name="actions_by_due"),
            models.Index(fields=["party", "state"], name="actions_of_party"),
        )

    def __str__(self) -> str:
        return self.words or str(self.text.get("template", ""))

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN


class ActionEvent(models.Model):
    """One thing that happened to an action: a step, a note, a proof, an escalation, a reminder. Never changed."""

    action = models.ForeignKey(CorrectiveAction, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16)  # a move of the engine's table, or note, escalation, reminder, change
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    words = models.TextField(blank=True)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.kind

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a new event. Raises TypeError for one that is there already."""
        if self.pk is not None:
            raise TypeError("what has happened is not changed")
        super().save(*args, **kwargs)


class Disengagement(Versioned):
    """A decision on leaving a supplier: what was weighed, by whom, and what was decided."""

    MOVES_WITH_PARTY = ("party",)

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="disengagements")
    answers = models.JSONField(default=dict)  # key of the point -> answer: yes, no, words
    decision = models.CharField(max_length=8, choices=choices(DECISIONS), default=Decision.DRAFT.value)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.decision
