"""Files: proofs are what they say they are; workbooks go out and come back; receipts cannot run as formulas."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from fairlead.web.organisations.capabilities import Role
from fairlead.web.questionnaires import proof_files
from fairlead.web.questionnaires.models import Answer, Proof, State
from tests.web.conftest import Cast, add_party
from tests.web.questionnaires.conftest import Sent, ask, form_of, send, step

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


def package(*names: str, size: int = 10) -> bytes:
    """A zip file with parts of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"0" * size)
    return file.getvalue()


def attach(sent: Sent, name: str, content: bytes, question: str = "payslips") -> str:
    """Attach a file to a question; return the page that follows."""
    form = {f"f-{question}": SimpleUploadedFile(name, content)}
    answer: Any = sent.browser.post(sent.url(f"section/wages/files/{question}/"), form)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_proof_is_kept_by_its_hash_and_given_back_only_as_an_attachment(sent: Sent, cast: Cast, files: Path) -> None:
    assert "slip.pdf" in attach(sent, "slip.pdf", PDF)
    attach(sent, "slip.pdf", PDF)
    proof = Proof.objects.get()
    assert proof.file.path.is_relative_to(files)
    assert proof.file.path.name == proof.file.sha256
    for browser, address in (
        (sent.browser, sent.url(f"proof/{proof.pk}/")),
        (cast.as_role(Role.VIEWER), f"/o/ministry/questionnaires/{sent.one.pk}/proof/{proof.pk}/"),
    ):
        answer: Any = browser.get(address)
        if browser is not sent.browser:
            assert answer.status_code == 404  # not before it was sent in
            sent.browser.post(sent.url("send/"))
            answer = browser.get(address)
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"] == 'attachment; filename="slip.pdf"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("slip.pdf", b"<html><script>alert(1)</script>", "cannot be attached"),
        ("slip.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be attached"),
        ("slip.png", PDF, "by its content it is PDF"),
        ("slip.pdf.exe", PDF, "by its content it is PDF"),
        ("slip.exe", b"MZ\x90\x00\x03\x00", "cannot be attached"),
        ("book.xlsm", package("xl/workbook.xml", "xl/vbaProject.bin"), "cannot be attached"),
        ("book.xlsx", package("xl/workbook.xml", "xl/vbaProject.bin"), "cannot be attached"),
        ("book.xlsx", package("xl/workbook.xml", size=250_000_000), "cannot be attached"),
        ("files.zip", package("a.txt"), "cannot be attached"),
        ("slip.pdf", b"", "is empty"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_by_name(sent: Sent, name: str, content: bytes, told: str) -> None:
    assert told in attach(sent, name, content)
    assert not Proof.objects.exists()


def test_a_file_that_is_too_large_or_one_too_many_is_refused(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_files, "LARGEST", 2_000_000)
    assert "larger than 1 megabytes" in attach(sent, "slip.pdf", PDF + b"0" * 2_000_000)
    monkeypatch.setattr("fairlead.web.questionnaires.proofs.MOST_FILES", 1)
    attach(sent, "one.pdf", PDF)
    assert "At most 1 files" in attach(sent, "two.pdf", PDF + b"2")
    assert Proof.objects.count() == 1


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\boot.pdf", "a\u202efdp.pdf", "x" * 400 + ".pdf"])
def test_a_name_cannot_lead_anywhere(sent: Sent, name: str, files: Path) -> None:
    attach(sent, name, PDF)
    kept = Proof.objects.get().file
    assert not set("/\\\u202e") & set(kept.name)
    assert kept.name.endswith(".pdf")
    assert kept.path.is_relative_to(files)


def test_a_proof_over_the_limit_is_told_where_it_was_chosen(sent: Sent, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    assert "The file is larger than" in attach(sent, "slip.pdf", PDF)
    form = {**form_of(sent.one, go="next", a__payslips="yes"), "f-payslips": SimpleUploadedFile("slip.pdf", PDF)}
    answer: Any = sent.browser.post(sent.url("section/wages/"), form)
    assert answer.status_code == 422
    assert "The file is larger than" in answer.content.decode()
    assert sent.one.answers.get(question="payslips").value == "yes"
    assert not Proof.objects.exists()


def test_a_proof_can_be_taken_away_until_it_was_sent_in(sent: Sent) -> None:
    attach(sent, "slip.pdf", PDF)
    number = Proof.objects.get().pk
    sent.write("wages", **{"remove-proof": str(number)})
    assert sent.browser.get(sent.url(f"proof/{number}/")).status_code == 404
    assert Proof.objects.get().removed_at is not None


def test_proofs_of_another_questionnaire_are_not_reached(sent: Sent, cast: Cast) -> None:
    other = send(cast, ask(cast, add_party(cast.ministry, "Grey Gull Foods", "pty_3333333333333333")))
    attach(other, "slip.pdf", PDF)
    assert sent.browser.get(sent.url(f"proof/{Proof.objects.get().pk}/")).status_code == 404


def content(answer: Any) -> io.BytesIO:
    """What was downloaded."""
    return io.BytesIO(b"".join(answer.streaming_content))


def rows_of(book: Workbook) -> tuple[Any, dict[str, int], int]:
    """The sheet with questions, the place of each column, and the column of answers."""
    sheet = book.worksheets[1]
    names = {cell.value: cell.column for cell in sheet[1] if cell.value}
    return sheet, names, names["answer"]


def filled(sent: Sent, answers: dict[str, Any]) -> bytes:
    """The form of a questionnaire with answers."""
    book = load_workbook(content(sent.browser.get(sent.url("form/"))))
    sheet, names, place = rows_of(book)
    for row in range(3, sheet.max_row + 1):
        key = sheet.cell(row, names["question"]).value
        if key in answers:
            sheet.cell(row, place).value = answers[key]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_goes_out_comes_back_filled_in_and_goes_out_with_the_answers(sent: Sent) -> None:
    book = filled(sent, {"workers_total": 240, "seasonal_workers": "Yes", "wages_on_time": "perhaps"})
    answer = sent.browser.post(sent.url("form/"), {"file": SimpleUploadedFile("answers.xlsx", book)})
    page = answer.content.decode()
    assert "2 answers were found in it" in page
    assert "perhaps" in page
    assert "none of the answers to choose from" in page
    sheet, names, place = rows_of(load_workbook(content(sent.browser.get(sent.url("form/")))))
    got = {
        sheet.cell(row, names["question"]).value: sheet.cell(row, place).value for row in range(3, sheet.max_row + 1)
    }
    assert got["workers_total"] == 240
    assert got["seasonal_workers"] == "Yes"
    assert got["wages_on_time"] is None
    assert {one.question: one.value for one in sent.one.answers.all()} == {
        "workers_total": "240",
        "seasonal_workers": "yes",
    }
    assert sent.now().answered_count == 2


def test_the_cell_that_cannot_be_used_is_named(sent: Sent) -> None:
    book = filled(sent, {"workers_total": "many"})
    loaded = load_workbook(io.BytesIO(book))
    sheet, names, place = rows_of(loaded)
    row = next(n for n in range(3, sheet.max_row + 1) if sheet.cell(n, names["question"]).value == "workers_total")
    answer = sent.browser.post(sent.url("form/"), {"file": SimpleUploadedFile("answers.xlsx", book)})
    page = answer.content.decode()
    assert f"<td>{sheet.cell(1, place).column_letter}{row}</td>" in page
    assert f"<td>{sheet.title}</td>" in page


def test_a_workbook_of_another_company_or_none_is_refused(sent: Sent, cast: Cast) -> None:
    other = send(cast, ask(cast, add_party(cast.ministry, "Grey Gull Foods", "pty_3333333333333333")))
    for name, data, told in (
        ("answers.xlsx", filled(other, {"workers_total": 3}), "made for another company"),
        ("answers.xlsx", b"no workbook at all", "answers.xlsx"),
        ("answers.xlsx", PDF, "answers.xlsx"),
    ):
        answer = sent.browser.post(sent.url("form/"), {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not sent.one.answers.exists()


def test_a_filled_workbook_over_the_limit_is_told_and_changes_nothing(sent: Sent, cast: Cast, settings: Any) -> None:
    book = filled(sent, {"workers_total": 240})
    settings.UPLOAD_LIMIT = 10
    answer = sent.browser.post(sent.url("form/"), {"file": SimpleUploadedFile("answers.xlsx", book)})
    assert answer.status_code == 422
    assert "The file is larger than" in answer.content.decode()
    base = f"/o/ministry/questionnaires/{sent.one.pk}/files/"
    lead = cast.as_role(Role.CASE_LEAD)
    answer = lead.post(base, {"file": SimpleUploadedFile("answers.xlsx", book)}, follow=True)
    assert "The file is larger than" in answer.content.decode()
    assert not sent.one.answers.exists()
    assert not sent.one.answer_files.exists()


def test_a_receipt_and_an_export_hold_no_formula(sent: Sent, cast: Cast) -> None:
    sent.write("wages", a__payslips="yes", n__payslips='=HYPERLINK("http://evil.example")')
    sent.browser.post(sent.url("send/"))
    lead = cast.as_role(Role.CASE_LEAD)
    address = f"/o/ministry/questionnaires/{sent.one.pk}/export/"
    for answer in (sent.browser.get(sent.url("receipt/xlsx/")), lead.get(f"{address}xlsx/")):
        sheet = load_workbook(content(answer)).worksheets[0]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert any("HYPERLINK" in str(cell.value) for cell in cells)
        assert all(cell.data_type != "f" for cell in cells)
    text = content(lead.get(f"{address}csv/")).read().decode()
    assert "'=HYPERLINK" in text


def template() -> bytes:
    """A filled template of somebody else's."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No.", "Question", "Answer"])
    sheet.append([1, "Do workers keep their own passports?", "yes"])
    sheet.append([2, "Do you have a written policy against forced and child labour?", "yes"])
    sheet.append([3, "Are people hired for a season or a single job?", "no"])
    sheet.append([4, "Is there a canteen?", "yes"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_answers_of_another_template_are_matched_corrected_and_taken_over(sent: Sent, cast: Cast) -> None:
    lead = cast.as_role(Role.CASE_LEAD)
    base = f"/o/ministry/questionnaires/{sent.one.pk}/files/"
    answer = lead.post(base, {"file": SimpleUploadedFile("theirs.xlsx", template())}, follow=True)
    page = answer.content.decode()
    assert "Is there a canteen?" in page
    assert not sent.one.answers.exists()
    kept = sent.one.answer_files.get()
    cells = kept.mapping[0]["cells"]
    canteen = next(n for n, cell in enumerate(cells) if "canteen" in cell["text"])
    season = next(n for n, cell in enumerate(cells) if "season" in cell["text"])
    fields = {f"u-0-{canteen}": "provides_housing", f"u-0-{season}": "ignored"}
    lead.post(f"{base}{kept.pk}/", {**fields, "do": "look"})
    assert not sent.one.answers.exists()
    lead.post(f"{base}{kept.pk}/", {**fields, "do": "take"})
    got = {one.question: one.value for one in sent.one.answers.all()}
    assert got["provides_housing"] == "yes"
    assert got["has_policy"] == "yes"
    assert "seasonal_workers" not in got
    assert sent.now().state == State.SUBMITTED
    assert all(one.locator for one in Answer.objects.all())


def test_a_wrong_mapping_is_named_and_takes_nothing_over(sent: Sent, cast: Cast) -> None:
    lead = cast.as_role(Role.CASE_LEAD)
    base = f"/o/ministry/questionnaires/{sent.one.pk}/files/"
    lead.post(base, {"file": SimpleUploadedFile("theirs.xlsx", template())})
    kept = sent.one.answer_files.get()
    answer = lead.post(f"{base}{kept.pk}/", {"u-0-0": "no_such_question", "do": "take"})
    assert answer.status_code == 422
    assert "no_such_question" in answer.content.decode()
    assert not sent.one.answers.exists()
    assert step(cast, sent.one, "remind").status_code == 200


def test_that_a_question_does_not_apply_goes_out_and_comes_back_with_its_reason(sent: Sent) -> None:
    sent.write("wages", a__payslips="not_applicable", n__payslips="No staff of our own")
    answer: Any = sent.browser.get(sent.url("form/"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book["Questions"]
    names = [cell.value for cell in sheet[1]]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=3)}
    assert rows["payslips"][names.index("answer")].value == "Does not apply to us"
    assert rows["payslips"][names.index("note")].value == "No staff of our own"
    rows["leave_freely"][names.index("answer")].value = "Does not apply to us"
    rows["leave_freely"][names.index("note")].value = "We rent no rooms"
    file = io.BytesIO()
    book.save(file)
    posted: Any = sent.browser.post(sent.url("form/"), {"file": SimpleUploadedFile("filled.xlsx", file.getvalue())})
    assert posted.status_code == 200
    kept = {one.question: (one.value, one.note) for one in Answer.objects.all()}
    assert kept["payslips"] == ("not_applicable", "No staff of our own")
    assert kept["leave_freely"] == ("not_applicable", "We rent no rooms")
    assert "No staff of our own" in sent.browser.get(sent.url("review/")).content.decode()


def test_before_sending_the_supplier_is_asked_why_something_does_not_apply(sent: Sent) -> None:
    sent.write("wages", a__payslips="not_applicable")
    assert "not yet why" in sent.browser.get(sent.url("review/")).content.decode()
    sent.write("wages", a__payslips="not_applicable", n__payslips="No staff of our own")
    assert "not yet why" not in sent.browser.get(sent.url("review/")).content.decode()
    assert sent.browser.post(sent.url("send/")).status_code == 302


def test_a_workbook_that_the_organisation_uploads_may_say_that_questions_do_not_apply(sent: Sent, cast: Cast) -> None:
    sent.write("wages", a__payslips="not_applicable", n__payslips="No staff of our own")
    answer: Any = sent.browser.get(sent.url("form/"))
    content = b"".join(answer.streaming_content)
    Answer.objects.all().delete()
    lead, root = cast.as_role(Role.CASE_LEAD), f"/o/ministry/questionnaires/{sent.one.pk}/"
    page: Any = lead.post(f"{root}files/", {"file": SimpleUploadedFile("filled.xlsx", content)}, follow=True)
    assert "Does not apply to us" in page.content.decode()
    lead.post(page.redirect_chain[-1][0], {"do": "take"})
    [kept] = Answer.objects.all()
    assert (kept.value, kept.note) == ("not_applicable", "No staff of our own")
    assert sent.now().state == State.SUBMITTED
