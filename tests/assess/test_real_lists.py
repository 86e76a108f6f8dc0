"""Real supplier lists and public lists go through from end to end, and no row is lost."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from fairlead.assess import assess
from fairlead.model.assessment import RESULT_FILES
from tests.conftest import REAL_DATA

AS_OF = date(2026, 1, 31)

#: Lists with a name column; `ofac_add.csv` and `ofac_alt.csv` belong to `ofac_sdn.csv` and have none of their own.
SMALL = sorted(
    path
    for pattern in ("facilities/os_hub_*list*", "facilities/apple_*", "lists/cbp_*", "lists/us_*", "lists/eu_32020*")
    for path in REAL_DATA.glob(pattern)
)
LARGE = [
    REAL_DATA / name
    for name in (
        "facilities/os_hub_facilities.csv",
        "lists/ofac_sdn.csv",
        "lists/eu_32014r0269.csv",
        "lists/eu_32014r0833.csv",
    )
]


def check(path: Path, out: Path, *, pdf: bool) -> None:
    assessment = assess([path], out=out, as_of=AS_OF, pdf=pdf)
    (read,) = (file for file in assessment.inputs if file.role == "suppliers")
    assert read.rows_in == read.rows_used + read.rows_rejected
    assert read.rows_used == assessment.rows.num_rows > 0
    assert read.rows_rejected == assessment.rejected.num_rows
    rows_of_parties = [row for rows in assessment.parties.column("row_ids").to_pylist() for row in rows]
    assert set(assessment.rows.column("row_id").to_pylist()) == set(rows_of_parties)
    assert sorted(file.name for file in out.iterdir()) == sorted(
        set(RESULT_FILES) - {"merged_ids.csv"} - (set() if pdf else {"report.pdf"})
    )
    document = json.loads((out / "assessment.json").read_bytes())
    assert document["inputs"][0]["rows_in"] == len(document["rows"]) + len(document["rejected"])
    with (out / "parties.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) == assessment.parties.num_rows


@pytest.mark.real_data
@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_a_real_list_is_assessed_and_no_row_is_lost(real_data: Path, path: Path, tmp_path: Path) -> None:
    check(path, tmp_path / "out", pdf=False)


@pytest.mark.heavy
@pytest.mark.real_data
@pytest.mark.parametrize("path", LARGE, ids=lambda path: path.name)
def test_a_large_real_list_is_assessed_and_no_row_is_lost(real_data: Path, path: Path, tmp_path: Path) -> None:
    check(path, tmp_path / "out", pdf=True)


@pytest.mark.heavy
@pytest.mark.real_data
def test_suppliers_are_screened_against_every_real_list_at_once(real_data: Path, tmp_path: Path) -> None:
    lists = [*sorted((real_data / "lists").glob("*_[!l]*.csv")), real_data / "lists" / "un_consolidated.xml"]
    lists = [path for path in lists if path.name not in ("elf_legal_forms.csv", "cbp_wro_opensanctions_mirror.csv")]
    suppliers = real_data / "facilities" / "apple_suppliers_country.csv"
    assessment = assess([suppliers], out=tmp_path, as_of=AS_OF, lists=lists, pdf=False)
    assert sum(file.role == "list" for file in assessment.inputs) >= 5
