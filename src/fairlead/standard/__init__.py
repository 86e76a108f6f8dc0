"""The standard of labour practices: what is asked of a supplier, and what its answers say as evidence."""

from fairlead.standard.adapt import Change, Difference, adapt, changes_from, differences, read_changes
from fairlead.standard.answers import Answer, Answers, applies, read_answer, understand
from fairlead.standard.by_hand import adjusted, asked_again
from fairlead.standard.contradictions import Contradiction, contradictions
from fairlead.standard.evidence import AnswerEvidence, evidence_from
from fairlead.standard.load import shipped_standard, standard_from
from fairlead.standard.other_template import (
    TemplateAnswers,
    TemplateSheet,
    read_template,
    read_template_mapping,
    recognise_template,
    write_template_mapping,
)
from fairlead.standard.provisions import NOT_KNOWN, AnswerType, Form, Level, Provision, Question, Standard
from fairlead.standard.questionnaire import (
    Asked,
    Questionnaire,
    band_of,
    findings_to_ask_about,
    questionnaire,
    recruited_for,
)
from fairlead.standard.refusal import Refusal, refused_table
from fairlead.standard.workbook import FilledForm, condition_words, labels_of, read_questionnaire, write_questionnaire
from fairlead.standard.written import STANDARD_COLUMNS, standard_content, standard_rows

__all__ = [
    "NOT_KNOWN",
    "STANDARD_COLUMNS",
    "Answer",
    "AnswerEvidence",
    "AnswerType",
    "Answers",
    "Asked",
    "Change",
    "Contradiction",
    "Difference",
    "FilledForm",
    "Form",
    "Level",
    "Provision",
    "Question",
    "Questionnaire",
    "Refusal",
    "Standard",
    "TemplateAnswers",
    "TemplateSheet",
    "adapt",
    "adjusted",
    "applies",
    "asked_again",
    "band_of",
    "changes_from",
    "condition_words",
    "contradictions",
    "differences",
    "evidence_from",
    "findings_to_ask_about",
    "labels_of",
    "questionnaire",
    "read_answer",
    "read_changes",
    "read_questionnaire",
    "read_template",
    "read_template_mapping",
    "recognise_template",
    "recruited_for",
    "refused_table",
    "shipped_standard",
    "standard_content",
    "standard_from",
    "standard_rows",
    "understand",
    "write_questionnaire",
    "write_template_mapping",
]
