"""What the report says first, and in which order it says the rest."""

from __future__ import annotations

from fairlead.language import Language
from fairlead.report.case import Case
from fairlead.report.content import Report
from fairlead.report.summary import ON_PAGE, report_of
from tests.report import example_assessment


def test_the_title_states_the_finding(english: Report) -> None:
    assert english.title == "Ask 7 of 62 suppliers first"


def test_the_title_of_an_empty_assessment_says_why_it_is_empty() -> None:
    report = report_of(Case(example_assessment.empty()), Language("en"), ON_PAGE)
    assert report.title == "No supplier could be assessed: no row of the lists could be used"


def test_bands_and_no_data_add_up_to_everybody(english: Report, rich: Case) -> None:
    assert sum(int(band.number) for band in english.bands) == len(rich.order) == 62


def test_those_without_data_are_a_section_of_their_own(english: Report) -> None:
    named = {row.name for row in english.no_data.rows}
    assert "Global Trade Solutions" in named
    assert named.isdisjoint({row.name for row in english.work_list.rows})
    missing = next(row.missing for row in english.no_data.rows if row.name == "Global Trade Solutions")
    assert missing == "the country and what it supplies"


def test_a_long_work_list_says_that_it_is_not_all() -> None:
    report = report_of(Case(example_assessment.large(400)), Language("en"), ON_PAGE)
    assert len(report.work_list.rows) == 200
    assert "worklist.xlsx" in report.work_list.note


def test_each_row_of_the_work_list_names_its_rows_in_the_files(english: Report) -> None:
    row = next(row for row in english.work_list.rows if row.name.startswith("ТОО «Шаңырақ"))
    assert [(place.sheet, place.rows) for place in row.places] == [
        ("реестр-поставщиков-2026.xlsx · Лист1", "rows 5, 6, 7")
    ]


def test_unchecked_and_old_sources_are_marked(english: Report) -> None:
    marks = {source.title: source.marks for source in english.sources}
    assert "transcribed, not yet checked against the publisher" in marks["Trafficking in Persons Report 2025"]
    assert marks["The project's own tables"] == ()


def test_the_footer_names_versions_and_the_day_and_no_clock(english: Report) -> None:
    assert english.footer[0].startswith("Fairlead 0.1.0 · model prior-1+example · as of")


def test_a_translation_nobody_checked_says_so(rich: Case) -> None:
    language = Language("kk")
    report = report_of(rich, language, ON_PAGE)
    said = language.gettext("This translation has not been checked by a native speaker.") in report.footer
    assert said is not language.checked


def test_no_verdict_is_spoken(english: Report) -> None:
    words = " ".join([english.title, *english.lead, *(text for pair in english.limits for text in pair)]).casefold()
    assert not any(word in words for word in ("guilty", "victim", "illegal", "violator", "culprit", "!"))
