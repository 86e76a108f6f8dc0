"""A supplier's challenge to its rating, and the reply that stays on record with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairlead.web.assessments.models.rating import Rating
from fairlead.web.assessments.models.sealed import Sealed, SealedRecord, SealedRecords

#: A challenge is to be answered within so many days of its receipt.
ANSWER_WITHIN: Final = timedelta(days=30)


class ChallengeState(models.TextChoices):
    """Whether a challenge was answered."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")


class Challenges(SealedRecords):
    """Challenges."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: a challenge stays on record, open or answered. Raises Sealed."""
        raise Sealed(self.model)


class Challenge(SealedRecord):
    """What a supplier says against its rating, with the reply; nothing of it is ever deleted or, answered, changed.

    `by_supplier` says whether the supplier's own account entered it, else a member did so on its behalf.
    `evidence_withdrawn` and `evidence_added` say what the reply changed.
    """

    MOVES_WITH_PARTY = ("party",)  # the rating stays where it is: it tells of the party as it was then
    SEALED_WHEN: ClassVar[models.Q] = models.Q(state=ChallengeState.ANSWERED)
    NOT_SEALED: ClassVar[tuple[str, ...]] = ("party", "party_id")

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="challenges")
    number = models.PositiveIntegerField()
    party = models.ForeignKey("parties.Party", models.RESTRICT, related_name="challenges")
    rating = models.ForeignKey(Rating, models.RESTRICT, related_name="challenges")
    state = models.CharField(max_length=10, choices=ChallengeState.choices, default=ChallengeState.OPEN)
    text = models.TextField(_("what the supplier says"), max_length=10_000)
    by_supplier = models.BooleanField(default=False)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer by"))
    proof = models.ForeignKey("files.StoredFile", models.RESTRICT, null=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    reply = models.TextField(_("reply, with the reasons"), max_length=10_000, blank=True)
    evidence_withdrawn = models.BooleanField(_("evidence was withdrawn"), default=False)
    evidence_added = models.BooleanField(_("evidence was added"), default=False)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Challenges.as_manager()

    class Meta:
        verbose_name = _("challenge")
        constraints = (models.UniqueConstraint(fields=["organisation", "number"], name="one_challenge_per_number"),)
        indexes = (
            models.Index(fields=["party", "-number"], name="challenges_of_party"),
            models.Index(fields=["organisation", "state", "due_on"], name="challenges_by_deadline"),
        )

    def __str__(self) -> str:
        return str(_("Challenge %(number)s")) % {"number": self.number}

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a challenge stays on record, open or answered. Raises Sealed."""
        raise Sealed(type(self))

    @property
    def is_open(self) -> bool:
        """Whether it waits for a reply."""
        return self.state == ChallengeState.OPEN


class ChallengeReminder(models.Model):
    """That somebody was reminded of the day by which to answer. The row is there before the letter: none goes twice."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["challenge", "step"], name="one_challenge_reminder_per_step"),)

    def __str__(self) -> str:
        return self.step
