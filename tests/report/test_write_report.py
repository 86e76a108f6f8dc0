"""The files of a report: complete, documented, the same bytes, and open to programs."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import jsonschema_rs
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from builders import schema as schema_builder
from fairlead.assess.output import RESULT_FILES
from fairlead.language import LANGUAGES, Language
from fairlead.report import write_report
from fairlead.report.case import Case
from fairlead.report.csv_tables import LINK_COLUMNS, PARTY_COLUMNS, SET_ASIDE_COLUMNS
from fairlead.write.review_file import REVIEW_COLUMNS
from tests.report import example_assessment
from tests.report.example_suppliers import REGISTER

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "output-files.md"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_result_file_but_the_mapping_is_written(folders: dict[str, Path]) -> None:
    assert {path.name for path in folders["en"].iterdir()} == set(RESULT_FILES) - {"mapping.yaml", "merged_ids.csv"}


def test_without_a_pdf_everything_else_is_written(tmp_path: Path) -> None:
    paths = write_report(example_assessment.single(), tmp_path, Language("en"), pdf=False)
    assert {path.name for path in paths} == set(RESULT_FILES) - {"mapping.yaml", "merged_ids.csv", "report.pdf"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_same_assessment_gives_the_same_bytes(
    folders: dict[str, Path], rich: Case, tmp_path: Path, code: str
) -> None:
    again = write_report(example_assessment.rich(), tmp_path, Language(code))
    assert [path.name for path in again if path.read_bytes() != (folders[code] / path.name).read_bytes()] == []


def test_what_is_for_programs_is_the_same_in_every_language(folders: dict[str, Path]) -> None:
    for name in ("assessment.json", "evidence.parquet", "links.csv"):
        assert len({(folders[code] / name).read_bytes() for code in LANGUAGES}) == 1


def test_each_csv_has_its_columns_and_each_column_is_described() -> None:
    described = PAGE.read_text(encoding="utf-8")
    columns = {*PARTY_COLUMNS, *LINK_COLUMNS, *SET_ASIDE_COLUMNS, *REVIEW_COLUMNS}
    assert [column for column in sorted(columns) if f"`{column}`" not in described] == []
    assert [name for name in RESULT_FILES if f"`{name}`" not in described] == []


def test_parties_are_in_the_order_of_the_work_list_with_reasons(folders: dict[str, Path], rich: Case) -> None:
    rows = table(folders["en"] / "parties.csv")
    assert [row["party_id"] for row in rows] == list(rich.order)
    cotton = next(row for row in rows if row["name"] == "Lebap Cotton Collective")
    assert cotton["reasons"].startswith("×16 Cotton, Turkmenistan: on the US Department of Labor's list")
    assert cotton["source_rows"] == "upstream disclosure.csv::14"
    assert (cotton["band"], cotton["data"], cotton["country"]) == ("very_high", "assessed", "TKM")
    unknown = next(row for row in rows if row["name"] == "Global Trade Solutions")
    assert (unknown["band"], unknown["p"], unknown["data"]) == ("", "", "no_data")


def test_what_stands_beside_a_rating_is_in_every_table(folders: dict[str, Path], rich: Case) -> None:
    sewing = next(row for row in table(folders["en"] / "parties.csv") if "Aqbulaq" in row["name"])
    assert (sewing["two_axes"], sewing["workers"]) == ("both_axes", "240")
    assert sewing["indicators"] == "deception | retention_of_identity_documents"
    for end in ("", "_low", "_high"):
        assert float(sewing[f"workers_times_p{end}"]) == pytest.approx(240 * float(sewing[f"p{end}"]), abs=1e-3)
    cotton = next(row for row in table(folders["en"] / "parties.csv") if row["name"] == "Lebap Cotton Collective")
    assert [cotton[name] for name in ("two_axes", "indicators", "workers", "workers_times_p")] == [
        "no_data",
        "",
        "",
        "",
    ]
    document = json.loads((folders["en"] / "assessment.json").read_text(encoding="utf-8"))
    beside = {one["subject_id"]: one for one in document["beside_ratings"]}
    assert set(beside) == {one["subject_id"] for one in document["ratings"]}
    assert beside[sewing["party_id"]]["two_axes"]["both"] is True
    assert beside[cotton["party_id"]]["scale"]["why_null"] == "headcount_not_known"
    work = load_workbook(folders["en"] / "worklist.xlsx").worksheets[0]
    heads = [cell.value for cell in work[1]]
    row = next(cells for cells in work.iter_rows(min_row=2, values_only=True) if "Aqbulaq" in str(cells[1]))
    assert row[heads.index("Reported signs")] == "Reported signs on both axes: ask first, safely"
    assert row[heads.index("Workers")] == 240


def test_rejected_rows_keep_their_cells(folders: dict[str, Path]) -> None:
    rows = table(folders["ru"] / "rejected.csv")
    assert len(rows) == 4
    assert json.loads(rows[0]["cells"]) == ["", "ИТОГО по разделу 1", "", "618 950 400,50"]
    assert (rows[0]["file"], rows[0]["row"]) == (REGISTER, "41")


def test_the_document_keeps_to_its_schema(folders: dict[str, Path], tmp_path: Path) -> None:
    validator = jsonschema_rs.validator_for(json.loads(schema_builder.TARGET.read_text(encoding="utf-8")))
    write_report(example_assessment.empty(), tmp_path, Language("en"), pdf=False)
    for folder in (folders["en"], tmp_path):
        document = json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
        assert [error.message for error in validator.iter_errors(document)] == []


def test_the_committed_schema_is_up_to_date() -> None:
    assert schema_builder.TARGET.read_bytes() == schema_builder.content()


def test_counts_in_are_counts_out_and_terms_add_up(folders: dict[str, Path]) -> None:
    document = json.loads((folders["en"] / "assessment.json").read_text(encoding="utf-8"))
    assert all(one["rows_in"] == one["rows_used"] + one["rows_rejected"] for one in document["inputs"])
    assert sum(one["rows_used"] for one in document["inputs"]) == len(document["rows"])
    for rating in document["ratings"]:
        if rating["p"] is not None:
            total = sum(term["nats"] for term in rating["terms"])
            assert math.isclose(total, math.log(rating["p"] / (1 - rating["p"])), abs_tol=1e-9)


def test_evidence_reads_back_as_it_was(folders: dict[str, Path], rich: Case) -> None:
    assert pq.read_table(folders["en"] / "evidence.parquet").equals(rich.assessment.evidence)


def test_the_workbook_holds_everybody_and_hides_nothing(folders: dict[str, Path], rich: Case) -> None:
    book = load_workbook(folders["en"] / "worklist.xlsx")
    work, unrated, *_ = (book[name] for name in book.sheetnames)
    assert len(book.sheetnames) == 5
    assert work.max_row - 1 == len(rich.rated)
    assert unrated.max_row - 1 == len(rich.unrated)
    assert {cell.value for cell in unrated["B"][1:]} == {"No data"}
    assert {cell.fill.patternType for cell in unrated["B"][1:]} == {"lightUp"}


def test_only_rows_that_are_a_party_count_as_its_own(folders: dict[str, Path]) -> None:
    with (folders["en"] / "parties.csv").open(encoding="utf-8", newline="") as file:
        parties = list(csv.DictReader(file))
    rows = [row for party in parties for row in party["source_rows"].split(" | ") if row]
    assert len(rows) == len(set(rows))
    assert all(party["named_in_rows"] for party in parties if not party["source_rows"])
