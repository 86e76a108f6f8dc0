"""Assessments and what hangs on them, as the database keeps them."""

from fairlead.web.assessments.models.assessment import Assessment, AssessmentState, OwnList, SnapshotFile
from fairlead.web.assessments.models.challenge import Challenge, ChallengeReminder, ChallengeState
from fairlead.web.assessments.models.comparison import Comparison, PartyChange
from fairlead.web.assessments.models.rating import NO_DATA, Change, Rating, RatingTerms
from fairlead.web.assessments.models.report import Report
from fairlead.web.assessments.models.sealed import Sealed

__all__ = [
    "NO_DATA",
    "Assessment",
    "AssessmentState",
    "Challenge",
    "ChallengeReminder",
    "ChallengeState",
    "Change",
    "Comparison",
    "OwnList",
    "PartyChange",
    "Rating",
    "RatingTerms",
    "Report",
    "Sealed",
    "SnapshotFile",
]
