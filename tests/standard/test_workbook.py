from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.errors import AnswerError, OptionError
from fairlead.language import LANGUAGES
from fairlead.model.vocabulary import Band
from fairlead.standard import (
    Answer,
    FilledForm,
    Questionnaire,
    questionnaire,
    read_questionnaire,
    refused_table,
    write_questionnaire,
)
from tests.standard.make import STANDARD, SUBJECT, answer_sets

DEEP = questionnaire(STANDARD, None, sectors=["fishing", "construction", "cleaning", "electronics", "metal_ore_mining"])


def written(path: Path, asked: Questionnaire = DEEP, **more: Any) -> Path:
    return write_questionnaire(
        path, asked, subject_id=SUBJECT, asked_by="A ministry", subject_name="A supplier", standard=STANDARD, **more
    )


def filled(path: Path, cells: dict[str, Any], column: str = "answer") -> FilledForm:
    """Fill a workbook as a person would and read it back."""
    book = openpyxl.load_workbook(path)
    sheet = book["Questions"]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=3):
        if row[0].value in cells:
            row[names.index(column)].value = cells[row[0].value]
    book.save(path)
    return read_questionnaire(path, STANDARD)


def test_the_same_questionnaire_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (written(tmp_path / name).read_bytes() for name in ("one.xlsx", "two.xlsx"))
    assert one == two


def test_the_cover_says_for_whom_and_from_which_versions_it_is(tmp_path: Path) -> None:
    found = read_questionnaire(written(tmp_path / "form.xlsx", answer_by="2026-12-31"), STANDARD)
    assert (found.subject_id, found.standard, found.questionnaire) == (SUBJECT, STANDARD.version, DEEP.version)
    assert found.answers == {}
    assert found.refused == ()


def test_every_choice_has_its_list_and_not_knowing_and_not_applying_are_always_on_it(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path / "form.xlsx"))
    sheet, lists = book["Questions"], book["lists"]
    assert lists.sheet_state == "hidden"
    listed = [
        cell for rule in sheet.data_validations.dataValidation for cells in rule.sqref.ranges for cell in cells.cells
    ]
    choosing = [one for one in DEEP.asked if one.question.options or one.question.type == "yes_no"]
    assert len(listed) == len(choosing) > 40
    for column in lists.iter_cols(values_only=True):
        assert [value for value in column if value][-2:] == ["We do not know", "Does not apply to us"]


def test_nothing_of_the_rating_or_of_evidence_is_in_the_workbook(tmp_path: Path) -> None:
    asked = questionnaire(STANDARD, Band.VERY_HIGH, findings=["documents_held"])
    book = openpyxl.load_workbook(written(tmp_path / "form.xlsx", asked))
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "evidence on record" not in text
    assert "estimate" not in text
    assert "very_high" not in text


def test_what_a_supplier_fills_in_is_read_and_what_is_wrong_is_named_by_cell(tmp_path: Path) -> None:
    path = written(tmp_path / "form.xlsx")
    found = filled(
        path,
        {
            "workers_total": 1250,
            "migrant_workers": "Да",
            "documents_kept_by": "The employer",
            "longest_week": "about sixty",
            "housing_visited": "31.02.2026",
            "sea_youngest": "17 years",
            "wages_owed": 100,
        },
    )
    assert {key: one.value for key, one in found.answers.items()} == {
        "workers_total": "1250",
        "migrant_workers": "yes",
        "documents_kept_by": "employer",
        "sea_youngest": "17",
    }
    assert found.answers["workers_total"].locator == "Questions G3"
    refused = {one.question: one for one in found.refused}
    assert len(refused) == 3
    week = next(one for text, one in refused.items() if "busiest week" in text)
    assert (week.where.file, week.where.sheet, week.where.column) == ("form.xlsx", "Questions", "G")
    assert week.where.row is not None
    assert "without doubt" in week.reason.template
    assert refused_table(found.refused)["row"].to_pylist() == [one.where.row for one in found.refused]


def test_a_formula_that_somebody_answers_with_never_runs_when_it_is_sent_back(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://example.org","x")'
    path = written(
        tmp_path / "form.xlsx", answers={"labour_provider_names": Answer("labour_provider_names", evil, note="@x")}
    )
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert read_questionnaire(path, STANDARD).answers["labour_provider_names"].value == evil


def test_another_file_is_refused_and_an_older_question_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Supplier", "Country"])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(AnswerError, match=r"list\.xlsx: No sheet is a questionnaire"):
        read_questionnaire(tmp_path / "list.xlsx", STANDARD)
    path = written(tmp_path / "form.xlsx")
    filled(path, {"workers_total": 5})
    found = filled(path, {"workers_total": "of_an_older_version"}, column="question")
    assert [one.reason.values["key"] for one in found.refused] == ["of_an_older_version"]


def test_a_language_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        written(tmp_path / "form.xlsx", language="xx")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answer_sets(), st.sampled_from(LANGUAGES))
def test_answers_come_back_from_the_workbook_as_they_went_in(
    tmp_path: Path, given_answers: dict[str, Answer], code: str
) -> None:
    inside = {key: one for key, one in given_answers.items() if key in {each.question.key for each in DEEP.asked}}
    path = written(tmp_path / "form.xlsx", language=code, answers=inside)
    found = read_questionnaire(path, STANDARD)
    assert found.refused == ()
    assert {key: (one.value, one.currency) for key, one in found.answers.items()} == {
        key: (one.value, one.currency) for key, one in inside.items()
    }


def test_that_a_question_does_not_apply_is_read_with_its_reason_and_is_no_answer(tmp_path: Path) -> None:
    choosing = next(one.question.key for one in DEEP.asked if one.question.options)
    number = next(one.question.key for one in DEEP.asked if one.question.type == "number")
    path = written(tmp_path / "form.xlsx")
    filled(path, {choosing: "  does not apply to US ", number: "Does not apply to us"})
    found = filled(path, {choosing: "We have no dormitory"}, column="note")
    assert found.not_applicable == {choosing: "We have no dormitory", number: ""}
    assert found.answers == {}
    assert found.refused == ()


def test_what_does_not_apply_is_written_into_the_form_and_read_back(tmp_path: Path) -> None:
    keys = [one.question.key for one in DEEP.asked]
    reasons = {key: f"Reason {place}" for place, key in enumerate(keys) if place % 3}
    path = written(tmp_path / "form.xlsx", not_applicable=reasons)
    assert read_questionnaire(path, STANDARD).not_applicable == reasons


def test_a_question_cannot_be_answered_and_be_said_not_to_apply(tmp_path: Path) -> None:
    path = written(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Questions"]
    names = [cell.value for cell in sheet[1]]
    key = next(one.question.key for one in DEEP.asked if one.question.type == "yes_no")
    first = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == key)
    first[names.index("answer")].value = "Does not apply to us"
    sheet.append([key if name == "question" else "Yes" if name == "answer" else None for name in names])
    book.save(path)
    found = read_questionnaire(path, STANDARD)
    assert list(found.not_applicable) == [key]
    assert [refusal.cell for refusal in found.refused] == ["Yes"]
