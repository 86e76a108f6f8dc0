from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fairlead.errors import InvalidReference, MappingError, NothingToRead
from fairlead.standard import (
    read_template,
    read_template_mapping,
    recognise_template,
    write_template_mapping,
)
from fairlead.standard.question_words import shipped_words, words_from
from tests.standard.make import STANDARD

WORDS = shipped_words(STANDARD)

#: Made up in the manner of such templates; none of it is copied from one.
ROWS = [
    ["Risk template", "", "", ""],
    ["No.", "Question", "Comments", "Answer"],
    ["1", "How many workers are employed at the site?", "June", 420],
    ["2", "Do you use labor recruiters or employment agencies?", "", "Yes"],
    ["3", "Does the company retain workers' passports?", "", "No"],
    ["4", "Does your policy prohibit workers paying fees?", "", "Yes"],
    ["5", "Which ERP system do you use?", "", "None of your business"],
    ["6", "Is there a grievance mechanism?", "", "maybe"],
    ["7", "Do workers pay recruitment fees?", "", ""],
]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("text", "question", "yes"),
    [
        ("Does your company retain workers' passports or identity documents?", "documents_kept_by", "employer"),
        ("Do workers retain their own passports?", "documents_kept_by", "worker"),
        ("Do workers pay recruitment fees?", "worker_pays_fees", "shared"),
        ("Does the company pay all recruitment fees?", "worker_pays_fees", "employer"),
        ("Does your company have a policy prohibiting forced labor?", "has_policy", None),
        ("Does your policy prohibit workers paying recruitment fees?", "ignored", None),
        ("Is there an independent grievance mechanism?", "complaint_channel", "independent"),
        ("How many migrant workers do you employ?", "migrant_workers_count", None),
        ("Привлекаете ли вы трудовых мигрантов?", "migrant_workers", None),
        ("Существует ли горячая линия?", "complaint_channel", "own"),
        ("Employez-vous des travailleurs migrants ?", "migrant_workers", None),
        ("Who keeps the workers' passports, identity cards and permits?", "documents_kept_by", None),
    ],
)
def test_a_question_is_recognised_by_its_words_and_its_yes_means_the_right_thing(
    text: str, question: str, yes: str | None
) -> None:
    found = WORDS.recognise(text)
    assert found is not None
    assert (found.question, dict(found.means).get("yes")) == (question, yes)


@pytest.mark.parametrize(
    "text",
    ["Workers do not pay recruitment fees.", "Which ERP system do you use?", "Passport", "Do you sell passports?", ""],
)
def test_a_negation_and_what_is_not_known_are_left_to_a_person(text: str) -> None:
    assert WORDS.recognise(text) is None


def test_our_own_questions_are_recognised_word_by_word() -> None:
    for key, question in STANDARD.questions.items():
        found = WORDS.recognise(question.ask)
        assert found is not None
        assert (found.question, found.means) == (key, ())


def test_a_filled_template_gives_answers_and_names_what_it_cannot_use(tmp_path: Path) -> None:
    found = read_template(workbook(tmp_path / "template.xlsx", ROWS), STANDARD)
    assert {key: one.value for key, one in found.answers.items()} == {
        "workers_total": "420",
        "uses_labour_provider": "yes",
        "documents_kept_by": "worker",
    }
    assert {one.confidence for one in found.answers.values()} == {0.8}
    assert found.answers["documents_kept_by"].locator == "Data D5"
    assert [one.text for one in found.unknown] == [ROWS[5][1], ROWS[6][1]]
    assert [(one.where.row, one.where.column, one.cell) for one in found.refused] == [(8, "D", "maybe")]


def test_a_person_can_correct_the_mapping_and_is_then_believed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "template.xlsx", ROWS)
    mapping = tmp_path / "template.yaml"
    write_template_mapping(recognise_template(path, STANDARD), mapping)
    assert read_template_mapping(mapping, STANDARD)[0].uses == recognise_template(path, STANDARD)[0].uses
    text = mapping.read_text(encoding="utf-8")
    asked = "text: Which ERP system do you use?\n    question: "
    assert asked + "unknown" in text
    mapping.write_text(text.replace(asked + "unknown", asked + "labour_provider_names"), encoding="utf-8")
    found = read_template(path, STANDARD, read_template_mapping(mapping, STANDARD))
    assert found.answers["labour_provider_names"].value == "None of your business"
    assert {one.confidence for one in found.answers.values()} == {1.0}
    mapping.write_text(text.replace(asked + "unknown", asked + "weather"), encoding="utf-8")
    with pytest.raises(MappingError, match=r"template\.yaml: .*“weather”"):
        read_template_mapping(mapping, STANDARD)


def test_two_cells_that_answer_differently_are_both_named_and_none_is_taken(tmp_path: Path) -> None:
    rows = [*ROWS, ["8", "Do workers keep their own passports?", "", "No"]]
    found = read_template(workbook(tmp_path / "template.xlsx", rows), STANDARD)
    assert "documents_kept_by" not in found.answers
    assert found.refused[-1].reason.values["places"] == "Data D5, Data D10"


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="No sheet holds questions"):
        recognise_template(workbook(tmp_path / "list.xlsx", [["Supplier", "Country"], ["A", "KAZ"]]), STANDARD)


def test_a_meaning_that_is_no_answer_to_the_question_is_refused() -> None:
    entry = {"question": "documents_kept_by", "means": {"yes": "the_moon", "no": "worker"}, "words": ["keep passport"]}
    with pytest.raises(InvalidReference, match=r"questionnaire_words\.yaml: .*the_moon"):
        words_from({"questions": [entry]}, STANDARD)
