"""Assessing and screening with ownership data: findings about owned suppliers, in the tables and in the hits."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pyarrow.parquet as pq
import pytest

from builders import schema
from fairlead.assess import assess, screen_file
from fairlead.language import Language
from tests.read.files import text_file
from tests.read.ownership_files import BIN, bods, entity, relationship, shares

DAY = date(2026, 3, 31)
LIST = (
    "Supplier,Country,BIN,Product\nKyzyl Apparel LLP,Kazakhstan,{bin},cotton shirts\nSary Mills LLP,Kazakhstan,,yarn\n"
)
WATCHED = (
    "id,name,country,kind\nL1,Alpha Vexillor Holding,Kyrgyzstan,company\nL2,Beta Quorsum Group,Kyrgyzstan,company\n"
)
STATEMENTS = (
    entity("kyzyl", "Kyzyl Apparel LLP", identifiers=[{"scheme": "KZ-BIN", "id": BIN}]),
    entity("middle", "Middle Company", "KG"),
    entity("alpha", "Alpha Vexillor Holding", "KG"),
    entity("beta", "Beta Quorsum Group", "KG"),
    relationship("kyzyl", "middle", shares(40)),
    relationship("middle", "alpha", shares(80)),
    relationship("kyzyl", "beta", shares(20)),
    relationship("kyzyl", {"reason": "unknown"}),
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {
        "list": text_file(tmp_path / "list.csv", LIST.format(bin=BIN)),
        "watched": text_file(tmp_path / "watched.csv", WATCHED),
        "owners": bods(tmp_path, STATEMENTS),
        "out": tmp_path / "out",
    }


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def evidence(files: dict[str, Path], *, ownership: bool = True) -> list[dict[str, Any]]:
    assess(
        [files["list"]],
        out=files["out"],
        as_of=DAY,
        lists=[files["watched"]],
        ownership=[files["owners"]] if ownership else [],
        pdf=False,
    )
    rows: list[dict[str, Any]] = pq.read_table(files["out"] / "evidence.parquet").to_pylist()
    return rows


def test_a_supplier_that_listed_parties_own_together_is_a_finding_with_path_and_arithmetic(
    files: dict[str, Path],
) -> None:
    (row,) = [one for one in evidence(files) if one["finding"] == "owned_by_listed"]
    assert (row["value"], row["unit"], row["confidence"], row["polarity"]) == ("60", "percent", 1.0, "supports")
    assert "watched.csv:2" in row["locator"]
    assert "owners.json: statement statement-middle in kyzyl" in row["locator"]
    said = Language("en").render(row["text"])
    assert "Alpha Vexillor Holding 80% → Middle Company 40% → Kyzyl Apparel LLP" in said
    assert "Middle Company 40% + Beta Quorsum Group 20% = 60%" in said
    assert "Multiplied along the paths it is 52%" in said


def test_without_ownership_data_there_is_no_such_finding(files: dict[str, Path]) -> None:
    assert not [one for one in evidence(files, ownership=False) if "owned" in one["finding"]]


def test_an_owner_that_is_not_named_is_shown_as_no_data(files: dict[str, Path]) -> None:
    (row,) = [one for one in evidence(files) if one["finding"] == "owner_not_known"]
    assert Language("en").render(row["text"]).startswith("No data on who owns or controls it.")


def test_the_report_tells_path_steps_and_sources(files: dict[str, Path]) -> None:
    evidence(files)
    page = (files["out"] / "report.html").read_text(encoding="utf-8")
    assert "Alpha Vexillor Holding 80% → Middle Company 40% → Kyzyl Apparel LLP" in page
    assert "Confirm who owns and controls the company" in page
    assert "owners.json" in page
    links = table(files["out"] / "links.csv")
    assert {one["stated_in"] for one in links if one["from_name"] == "Middle Company"} == {
        "owners.json: statement statement-middle in kyzyl"
    }
    assert {(one["from_name"], one["share"]) for one in links if one["kind"] == "owns"} == {
        ("Alpha Vexillor Holding", "0.8"),
        ("Middle Company", "0.4"),
        ("Beta Quorsum Group", "0.2"),
    }


def screened(files: dict[str, Path], names: str, tmp_path: Path) -> list[dict[str, str]]:
    out = tmp_path / "hits.csv"
    screen_file(
        text_file(tmp_path / "names.csv", names), [files["watched"]], out=out, as_of=DAY, ownership=[files["owners"]]
    )
    return table(out)


def test_a_name_is_hit_through_its_owners(files: dict[str, Path], tmp_path: Path) -> None:
    hits = screened(
        files, "id,name,country,kind\n1,Kyzyl Apparel LLP,KZ,company\n2,Sary Mills LLP,KZ,company\n", tmp_path
    )
    assert [(one["id"], one["entry_name"], one["verdict"]) for one in hits] == [
        ("1", "Alpha Vexillor Holding", "match"),
        ("1", "Beta Quorsum Group", "match"),
    ]
    assert all("Middle Company 40% + Beta Quorsum Group 20% = 60%" in one["reasons"] for one in hits)


def test_a_name_without_a_country_is_only_to_be_reviewed(files: dict[str, Path], tmp_path: Path) -> None:
    hits = screened(files, "id,name\n1,Kyzyl Apparel LLP\n", tmp_path)
    assert {one["verdict"] for one in hits} == {"review"}
    assert all("another of the same name" in one["reasons"] for one in hits)


def test_an_owner_that_only_resembles_an_entry_is_only_to_be_reviewed(files: dict[str, Path], tmp_path: Path) -> None:
    text_file(files["watched"], WATCHED.replace("Kyrgyzstan", "Mongolia"))
    hits = screened(files, "id,name,country\n1,Kyzyl Apparel LLP,KZ\n", tmp_path)
    assert {one["verdict"] for one in hits} == {"review"}


def test_the_card_of_a_supplier_names_its_owners_and_the_gaps(files: dict[str, Path]) -> None:
    evidence(files)
    page = (files["out"] / "report.html").read_text(encoding="utf-8")
    assert "<dt>Owners</dt><dd>Middle Company 40%; Beta Quorsum Group 20%; No data on who owns or controls it." in page


def test_the_document_with_ownership_data_keeps_to_the_schema(files: dict[str, Path]) -> None:
    evidence(files)
    document = json.loads((files["out"] / "assessment.json").read_text(encoding="utf-8"))
    validator = jsonschema_rs.validator_for(json.loads(schema.content()))
    assert [error.message for error in validator.iter_errors(document)] == []
    assert [one["role"] for one in document["inputs"]] == ["suppliers", "ownership", "list"]
