"""The application of questionnaires."""

from __future__ import annotations

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Questionnaires to suppliers and what they answer."""

    name = "fairlead.web.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        """Put the days by which suppliers should answer, and on which answers grow old, into the calendar."""
        from fairlead.web.questionnaires import deadlines  # noqa: F401, PLC0415 - models are there only now
