"""Questionnaires, the links by which they are answered, answers, proofs, and what suppliers let others see."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fairlead.web.records.models import Versioned


class State(models.TextChoices):
    """How far a questionnaire is. That one is overdue or its link has expired follows from its dates."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    SAVED = "saved", _("Being answered")
    SUBMITTED = "submitted", _("Answered")
    RETURNED = "returned", _("Returned with remarks")
    ACCEPTED = "accepted", _("In the evidence")
    CANCELLED = "cancelled", _("Cancelled")


#: In these states the supplier may write.
WITH_SUPPLIER: Final = (State.SENT, State.OPENED, State.SAVED, State.RETURNED)
#: In these states there are answers to look at.
ANSWERED: Final = (State.SUBMITTED, State.ACCEPTED)

#: The answer of its own by which a supplier says that a question does not concern it.
NOT_APPLICABLE: Final = "not_applicable"


class Questionnaire(Versioned):
    """Questions to one party, from one version of the standard.

    `questions` are, in the order of the standard, {"question": key, "because": {"template", "values"}}; `because` is
    for the organisation only. `asked_count` and `answered_count` are kept for the list.
    """

    MOVES_WITH_PARTY = ("party",)

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="questionnaires")
    standard = models.ForeignKey("standards.StandardVersion", models.PROTECT, related_name="questionnaires")
    form = models.CharField(max_length=10)
    questions = models.JSONField(default=list)
    language = models.CharField(_("language"), max_length=5)
    due_on = models.DateField(_("please answer by"))
    greeting = models.TextField(_("a few words to the supplier"), blank=True, max_length=2_000)
    email = models.EmailField(_("e-mail address"), blank=True)
    reminders = models.BooleanField(
        _("remind the supplier by e-mail"),
        default=True,
        help_text=_("A week before the day, the day after it, and twice more; never once the answers are in."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    remarks = models.TextField(_("remarks"), blank=True)  # of the organisation, when it returns the answers
    link_wanted = models.BooleanField(default=False)  # the supplier has asked for a new link
    link_until = models.DateTimeField(null=True, blank=True)  # how long the newest link without account holds
    source_sha256 = models.CharField(max_length=64, blank=True)  # of the file in which the answers came, if any
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    asked_count = models.PositiveIntegerField(default=0)
    answered_count = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["questions"])

    class Meta:
        verbose_name = _("questionnaire")
        indexes = (
            models.Index(fields=["organisation", "state", "due_on"], name="questionnaires_by_state"),
            models.Index(fields=["organisation", "-id"], name="questionnaires_newest"),
            models.Index(fields=["party", "-id"], name="questionnaires_of_party"),
        )

    def __str__(self) -> str:
        return f"{self.party}, {self.due_on}"

    @property
    def keys(self) -> list[str]:
        """The keys of the questions."""
        return [each["question"] for each in self.questions]

    @property
    def with_supplier(self) -> bool:
        """Whether the supplier may write."""
        return self.state in WITH_SUPPLIER

    @property
    def overdue(self) -> bool:
        """Whether the supplier has not answered by the day that was asked for."""
        return self.with_supplier and self.due_on < timezone.localdate()

    @property
    def expired(self) -> bool:
        """Whether the supplier should write and has no link that holds."""
        return self.with_supplier and (self.link_until is None or self.link_until < timezone.now())

    @property
    def share(self) -> int | None:
        """The answered share in whole per cent; None before it is sent."""
        if self.state == State.DRAFT:
            return None
        return round(100 * self.answered_count / self.asked_count) if self.asked_count else 0


class SupplierLink(models.Model):
    """An address by which one questionnaire can be answered. Only the hash of its token is kept.

    The token is worked out from `nonce` and the installation's secret key (see `tokens`), so that a reminder can hold
    the same address, and whoever has only the database has no address. With `user`, it opens only for that account.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="links")
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["questionnaire", "-id"], name="links_of_questionnaire"),)

    def __str__(self) -> str:
        return f"link {self.pk}"

    @property
    def holds(self) -> bool:
        """Whether it still opens the questionnaire."""
        return self.revoked_at is None and timezone.now() < self.expires_at


class Answer(Versioned):
    """What was answered to one question; an empty `value` is no answer yet.

    `value` is in the engine's canonical form, or not_applicable. `typed` is what was written where that could not be
    read; it is shown again and counts as nothing.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    currency = models.CharField(max_length=3, blank=True)
    typed = models.TextField(blank=True)
    note = models.TextField(blank=True)
    locator = models.CharField(max_length=200, blank=True)
    confidence = models.FloatField(default=1.0)
    page = models.CharField(max_length=16, blank=True)  # the opened page that wrote it, which may write it again
    reused_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["questionnaire", "question"], name="one_answer_per_question"),)

    def __str__(self) -> str:
        return self.question


class Proof(models.Model):
    """A file that the supplier attached to a question."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="proofs")
    question = models.CharField(max_length=60)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["questionnaire", "question"], name="proofs_of_question"),)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.file.name

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.file.size


class AcceptedEvidence(models.Model):
    """A row of evidence that came of answers: to an own questionnaire, or to another's that the supplier shares."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, null=True, related_name="accepted")
    consent = models.ForeignKey("Consent", models.CASCADE, null=True, related_name="accepted")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    evidence = models.ForeignKey("evidence.Evidence", models.CASCADE, related_name="+")
    question = models.CharField(max_length=60)
    expires_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["questionnaire", "evidence"], name="one_acceptance_per_evidence"),
            models.UniqueConstraint(fields=["consent", "evidence"], name="one_shared_acceptance_per_evidence"),
            models.CheckConstraint(
                condition=models.Q(questionnaire__isnull=False, consent__isnull=True)
                | models.Q(questionnaire__isnull=True, consent__isnull=False),
                name="accepted_of_one_or_the_other",
            ),
        )
        indexes = (models.Index(fields=["organisation", "expires_on"], name="answers_by_expiry"),)

    def __str__(self) -> str:
        return f"{self.question}, {self.expires_on}"


class AnswerFile(models.Model):
    """A filled workbook that the organisation uploaded, and how its cells are understood, until it is taken over."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="answer_files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    mapping = models.JSONField(default=list)  # empty for Fairlead's own form
    own_form = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.file.name


class Consent(models.Model):
    """A supplier lets another organisation that asks it see the answers to a questionnaire; it can take that back.

    What the other organisation took into its evidence before that (`accepted_at`) stays there, dated; `accepted_of` is
    when those answers were sent in.
    """

    MOVES_WITH_PARTY = ("party",)

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="consents")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")  # who may see
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")  # the supplier, as it is kept there
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_of = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-id"], name="consents_to_organisation"),)

    def __str__(self) -> str:
        return f"consent {self.pk}"

    @property
    def stands(self) -> bool:
        """Whether the organisation may see the answers now."""
        return self.revoked_at is None and self.questionnaire.state in ANSWERED

    @property
    def changed_since(self) -> bool:
        """Whether other answers were sent in after those that were taken into the evidence."""
        return self.accepted_at is not None and self.stands and self.accepted_of != self.questionnaire.submitted_at
