"""The report in print: tagged, in the vendored fonts, Cyrillic and Kazakh letters as letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from fairlead.language import LANGUAGES, Language
from fairlead.report import write_report
from fairlead.report.content import Report
from fairlead.report.print import printed
from tests.report import example_assessment


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pdf_is_tagged_and_says_its_language_and_title(folders: dict[str, Path], code: str) -> None:
    with pikepdf.open(folders[code] / "report.pdf") as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).split("-")[0] == code
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]


def test_only_the_vendored_fonts_are_used(folders: dict[str, Path]) -> None:
    with pikepdf.open(folders["kk"] / "report.pdf") as pdf:
        names = {
            str(font.BaseFont)
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()  # type: ignore[union-attr]
        }
    assert names
    assert all("Inter" in name for name in names)


def test_cyrillic_and_kazakh_names_can_be_read_out(folders: dict[str, Path]) -> None:
    everything = "\n".join(text_of(folders["kk"] / "report.pdf"))
    assert "ТОО «Шаңырақ Күн Энергетикасы»" in everything
    assert "жұмыс қолғаптары" in everything.replace("\r\n", " ")
    assert "\ufffd" not in everything


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_page_is_the_summary_and_nothing_runs_over(folders: dict[str, Path], code: str) -> None:
    pages = text_of(folders[code] / "report.pdf")
    assert "Tarim Basin" in pages[0]
    assert "62" in pages[0]
    with pikepdf.open(folders[code] / "report.pdf") as pdf:
        assert all(
            [float(edge) for edge in page.mediabox][2:] == pytest.approx([595.28, 841.89], abs=0.1)
            for page in pdf.pages
        )
    second = pages[1].replace("\r\n", " ")
    assert second.index("Tarim Basin") < 1500


def test_letters_that_the_fonts_lack_are_romanised_and_that_is_said(folders: dict[str, Path]) -> None:
    everything = "\n".join(text_of(folders["en"] / "report.pdf"))
    assert "TaLiMu" in everything
    assert "Letters that the print fonts lack" in everything


@pytest.mark.parametrize("make", [example_assessment.empty, example_assessment.single])
def test_an_empty_case_and_one_supplier_can_be_printed(make: object, tmp_path: Path) -> None:
    write_report(make(), tmp_path, Language("ru"))  # type: ignore[operator]
    assert len(text_of(tmp_path / "report.pdf")) >= 3


def test_a_letter_that_becomes_a_sign_of_the_drawing_s_language_harms_nothing(english: Report) -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="20"><text x="0" y="12">李＆＜王</text></svg>'
    report = replace(english, tiers=replace(english.tiers, svg=drawn))
    assert printed(report, (), "Romanised.").startswith(b"%PDF")
