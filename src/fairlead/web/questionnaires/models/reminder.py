"""That a reminder or a summary went out by itself, so that none goes twice."""

from __future__ import annotations

from django.db import models

from fairlead.web.questionnaires.models.questionnaire import Questionnaire


class Reminder(models.Model):
    """One reminder that goes out by itself. The row is there before the letter, so that no step is sent twice.

    `due_on` is the day by which to answer as it was then: with another day, the steps begin anew. A letter that the
    mail server refused is tried again from `again_at` on.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="reminders_sent")
    due_on = models.DateField()
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=1)
    again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["questionnaire", "due_on", "step"], name="one_reminder_per_step"),
        )

    def __str__(self) -> str:
        return f"{self.step}, {self.due_on}"


class Summary(models.Model):
    """That a member was told this week how the questionnaires of an organisation stand."""

    membership = models.ForeignKey("organisations.Membership", models.CASCADE, related_name="+")
    week = models.DateField()  # its Monday

    class Meta:
        constraints = (models.UniqueConstraint(fields=["membership", "week"], name="one_summary_per_week"),)

    def __str__(self) -> str:
        return str(self.week)
