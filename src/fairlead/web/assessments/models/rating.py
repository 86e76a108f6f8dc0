"""The rating of one party in one assessment."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import Band, DataState
from fairlead.web.assessments.models.assessment import Assessment, AssessmentState
from fairlead.web.assessments.models.sealed import SealedRecord, SealedRecords

#: What stands for a band where there was no data.
NO_DATA: Final = "no_data"


class Change(models.TextChoices):
    """What became of a party's band since the assessment before."""

    FIRST = "", _("nothing to compare with")
    NEW = "new", _("new in this assessment")
    RAISED = "raised", _("higher band than before")
    LOWERED = "lowered", _("lower band than before")
    RATED = "rated", _("rated now, no data before")
    UNRATED = "unrated", _("no data now, rated before")
    SAME = "same", _("same band as before")


class Ratings(SealedRecords):
    """Ratings."""

    def visible(self) -> models.QuerySet[Any]:
        """Return those of assessments that are done; the others are not seen by anybody."""
        return self.filter(assessment__state=AssessmentState.DONE)


class Rating(SealedRecord):
    """One party's rating: `band` is null where there is no data, and then the probabilities are null too.

    `previous_band` is empty where the party was not in the assessment before, and NO_DATA where it had none.
    """

    SEALED_WHEN: ClassVar[models.Q] = models.Q(assessment__state=AssessmentState.DONE)

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="ratings")
    party = models.ForeignKey("parties.Party", models.RESTRICT, related_name="ratings")
    band = models.CharField(max_length=10, choices=[(str(one), str(one)) for one in Band], null=True)
    data = models.CharField(max_length=10, choices=[(str(one), str(one)) for one in DataState])
    p = models.FloatField(null=True)
    p_low = models.FloatField(null=True)
    p_high = models.FloatField(null=True)
    find_out = models.BooleanField()
    rank = models.PositiveIntegerField()
    missing = models.JSONField(default=list)  # fields whose absence widened the interval or prevented a rating
    previous_band = models.CharField(max_length=10, blank=True)
    change = models.CharField(max_length=8, choices=Change.choices, blank=True)

    objects: ClassVar[Any] = Ratings.as_manager()

    class Meta:
        verbose_name = _("rating")
        constraints = (
            models.UniqueConstraint(fields=["assessment", "party"], name="one_rating_per_party"),
            models.CheckConstraint(
                condition=models.Q(band__isnull=True, p__isnull=True, data=DataState.NO_DATA.value)
                | models.Q(band__isnull=False, p__isnull=False, data=DataState.ASSESSED.value),
                name="no_data_has_no_band",
            ),
        )
        indexes = (
            models.Index(fields=["assessment", "rank"], name="ratings_by_rank"),
            models.Index(fields=["assessment", "band", "rank"], name="ratings_by_band"),
            models.Index(fields=["assessment", "change", "rank"], name="ratings_by_change"),
        )

    def __str__(self) -> str:
        return f"{self.party_id}: {self.band or NO_DATA}"


class RatingTerms(SealedRecord):
    """The terms of a rating as the engine gave them; their nats add up to the log-odds exactly."""

    SEALED_WHEN: ClassVar[models.Q] = models.Q(rating__assessment__state=AssessmentState.DONE)

    rating = models.OneToOneField(Rating, models.CASCADE, primary_key=True, related_name="terms_row")
    terms = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.rating_id)
