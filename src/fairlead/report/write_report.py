"""Writes every file of a report into a folder."""

from __future__ import annotations

from pathlib import Path

from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.model.progress import Progress, Silent
from fairlead.report.case import Case
from fairlead.report.coverage import coverage_numbers
from fairlead.report.csv_tables import (
    LINK_COLUMNS,
    PARTY_COLUMNS,
    SET_ASIDE_COLUMNS,
    link_cells,
    party_cells,
    set_aside_cells,
)
from fairlead.report.document import document
from fairlead.report.page import page
from fairlead.report.print import printed
from fairlead.report.register import Register
from fairlead.report.scale import zones
from fairlead.report.summary import IN_PRINT, ON_PAGE, report_of
from fairlead.report.texts import Texts
from fairlead.report.visible import without_restricted
from fairlead.report.work_book import sheets
from fairlead.write import write_csv, write_json, write_merged_ids, write_parquet, write_review, write_xlsx


def write_report(
    assessment: Assessment,
    folder: Path,
    language: Language,
    *,
    pdf: bool = True,
    restricted: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the report and its tables into a folder that exists, and return the paths of the files.

    Written are report.html, report.pdf (unless `pdf` is false), worklist.xlsx, parties.csv, links.csv,
    evidence.parquet, rejected.csv, remarks.csv, review.csv, assessment.json and, where people's judgements were given,
    merged_ids.csv. The same assessment in the same language gives the same bytes. Evidence whose visibility is
    `restricted` is in none of them (see `visible`) unless `restricted` asks for it.

    Raises ReportError when the PDF cannot be set.
    """
    progress = progress or Silent()
    case = Case(assessment if restricted else without_restricted(assessment))
    ticks = tuple((zone.start, language.percent(zone.low)) for zone in zones() if zone.low)
    progress.start("Writing the report")
    html = folder / "report.html"
    html.write_text(page(report_of(case, language, ON_PAGE), ticks), encoding="utf-8", newline="\n")
    paths = [html]
    if pdf:
        progress.start("Setting the PDF")
        romanised = language.gettext(
            "Letters that the print fonts lack are written in Latin letters here; report.html has them as they are."
        )
        (folder / "report.pdf").write_bytes(printed(report_of(case, language, IN_PRINT), ticks, romanised))
        paths.append(folder / "report.pdf")
    progress.start("Writing the tables")
    return (*paths, *_write_tables(case, folder, language))


def _write_tables(case: Case, folder: Path, language: Language) -> list[Path]:
    assessment, texts, register = case.assessment, Texts(language), Register.of(case)
    merged = assessment.merged_ids
    title = language.gettext("Work list, as of {date}").format(date=language.date(assessment.as_of))
    return [
        write_xlsx(folder / "worklist.xlsx", sheets(register, texts), title),
        write_csv(folder / "parties.csv", PARTY_COLUMNS, party_cells(register, texts)),
        write_csv(folder / "links.csv", LINK_COLUMNS, link_cells(register)),
        write_parquet(folder / "evidence.parquet", assessment.evidence),
        write_csv(folder / "rejected.csv", SET_ASIDE_COLUMNS, set_aside_cells(assessment.rejected, texts)),
        write_csv(folder / "remarks.csv", SET_ASIDE_COLUMNS, set_aside_cells(assessment.remarks, texts)),
        write_review(folder / "review.csv", assessment.review, assessment.rows, texts),
        *([] if merged is None else [write_merged_ids(folder / "merged_ids.csv", merged)]),
        write_json(folder / "assessment.json", document(case, coverage_numbers(case))),
    ]
