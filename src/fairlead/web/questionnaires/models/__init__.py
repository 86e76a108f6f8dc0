"""Questionnaires, the links by which they are answered, answers, proofs, and what suppliers let others see."""

from fairlead.web.questionnaires.models.questionnaire import (
    ANSWERED,
    NOT_APPLICABLE,
    WITH_SUPPLIER,
    AcceptedEvidence,
    Answer,
    AnswerFile,
    Consent,
    Proof,
    Questionnaire,
    State,
    SupplierLink,
)
from fairlead.web.questionnaires.models.reminder import Reminder, Summary
from fairlead.web.questionnaires.models.sending import Outcome, Sending, SendingItem, SendingKind

__all__ = [
    "ANSWERED",
    "NOT_APPLICABLE",
    "WITH_SUPPLIER",
    "AcceptedEvidence",
    "Answer",
    "AnswerFile",
    "Consent",
    "Outcome",
    "Proof",
    "Questionnaire",
    "Reminder",
    "Sending",
    "SendingItem",
    "SendingKind",
    "State",
    "Summary",
    "SupplierLink",
]
