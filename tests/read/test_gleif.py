"""GLEIF's files in their three formats: the same is taken from each, and consolidation is never a share."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import stdnum.lei
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import UnreadableFile
from fairlead.language import Language
from fairlead.model.message import Message
from fairlead.read.gleif import flatten, is_lei
from fairlead.read.ownership import OwnershipData, read_ownership
from tests.read.ownership_files import LEI_CHILD, LEI_PARENT, consolidation

ENTITY = {
    "LEI": LEI_PARENT,
    "Entity": {
        "LegalName": "Alpha Holding",
        "OtherEntityNames": [{"type": "TRADING_OR_OPERATING_NAME", "OtherEntityName": "Alpha Group"}],
        "LegalAddress": {"Country": "KZ"},
        "LegalJurisdiction": "KZ",
        "EntityCategory": "GENERAL",
        "RegistrationAuthority": {
            "RegistrationAuthorityID": "RA888888",
            "RegistrationAuthorityEntityID": "081140000436",
        },
    },
}
EXCEPTION = {
    "LEI": LEI_CHILD,
    "ExceptionCategory": "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
    "ExceptionReason": "NON_PUBLIC",
}


def said(data: OwnershipData) -> list[str]:
    return [Language("en").render(Message.from_arrow(one)) for one in data.remarks["reason"].to_pylist()]


def as_json(folder: Path, records: list[dict[str, Any]]) -> Path:
    path = folder / "gleif.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def wrapped(value: Any) -> Any:
    """The published JSON wraps every text."""
    if isinstance(value, dict):
        return {key: wrapped(part) for key, part in value.items()}
    return [wrapped(part) for part in value] if isinstance(value, list) else {"$": value}


def as_published(folder: Path, records: list[dict[str, Any]]) -> Path:
    path = folder / "gleif.json"
    path.write_text(json.dumps({"relations": [{"RelationshipRecord": wrapped(one)} for one in records]}), "utf-8")
    return path


def as_csv(folder: Path, records: list[dict[str, Any]]) -> Path:
    flat = [
        {
            name.replace("RelationshipPeriods", "Period").replace("StartDate", "startDate"): value
            for name, value in one.items()
        }
        for one in map(flatten, records)
    ]
    path = folder / "gleif.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sorted({name for one in flat for name in one}))
        writer.writeheader()
        writer.writerows(flat)
    return path


def element(name: str, value: Any) -> str:
    if isinstance(value, dict):
        inside = "".join(element(key, part) for key, part in value.items())
    elif isinstance(value, list):
        inside = "".join(element(name.removesuffix("s"), part) for part in value)
    else:
        inside = str(value)
    return f"<x:{name}>{inside}</x:{name}>"


def as_xml(folder: Path, records: list[dict[str, Any]]) -> Path:
    inside = "".join(element("RelationshipRecord", one) for one in records)
    path = folder / "gleif.xml"
    path.write_text(f'<x:RelationshipData xmlns:x="urn:x">{inside}</x:RelationshipData>', encoding="utf-8")
    return path


@pytest.mark.parametrize("write", [as_json, as_published, as_csv, as_xml])
def test_every_format_says_the_same_of_a_relationship(tmp_path: Path, write: Any) -> None:
    row = read_ownership([write(tmp_path, [consolidation(LEI_CHILD, LEI_PARENT)])]).holdings.to_pylist()[0]
    assert {key: row[key] for key in ("from_id", "to_id", "kind", "interest", "reach", "certain")} == {
        "from_id": f"LEI:{LEI_PARENT}",
        "to_id": f"LEI:{LEI_CHILD}",
        "kind": "controls",
        "interest": "IS_DIRECTLY_CONSOLIDATED_BY",
        "reach": "direct",
        "certain": True,
    }
    assert (row["share_low"], row["share_high"]) == (None, None)
    assert (row["from_date"], row["to_date"]) == ("2020-05-06", None)  # the end of a year of accounts is no end


def test_a_percentage_of_consolidation_stands_in_words_and_is_no_share(tmp_path: Path) -> None:
    quantified = consolidation(
        LEI_CHILD, LEI_PARENT, RelationshipQuantifiers=[{"QuantifierAmount": "60.00", "QuantifierUnits": "PERCENTAGE"}]
    )
    row = read_ownership([as_json(tmp_path, [quantified])]).holdings.to_pylist()[0]
    assert row["interest"] == "IS_DIRECTLY_CONSOLIDATED_BY (60.00%)"
    assert row["share_low"] is None


@pytest.mark.parametrize(
    ("type_", "kind", "reach", "certain"),
    [
        ("IS_ULTIMATELY_CONSOLIDATED_BY", "controls", "indirect", True),
        ("IS_INTERNATIONAL_BRANCH_OF", "controls", "direct", True),
        ("IS_FUND-MANAGED_BY", "operates", "direct", True),
        ("IS_SUBFUND_OF", "controls", "direct", False),
    ],
)
def test_each_type_of_relationship_is_taken_for_what_it_is(
    tmp_path: Path, type_: str, kind: str, reach: str, certain: bool
) -> None:
    row = read_ownership([as_json(tmp_path, [consolidation(LEI_CHILD, LEI_PARENT, type_)])]).holdings.to_pylist()[0]
    assert (row["kind"], row["reach"], row["certain"]) == (kind, reach, certain)


def test_an_inactive_relationship_has_ended(tmp_path: Path) -> None:
    ended = consolidation(LEI_CHILD, LEI_PARENT, RelationshipStatus="INACTIVE")
    assert read_ownership([as_json(tmp_path, [ended])]).holdings.to_pylist()[0]["to_date"] == "2025-02-03"


def test_who_an_lei_is_comes_with_all_names_country_and_numbers(tmp_path: Path) -> None:
    owner = read_ownership([as_json(tmp_path, [ENTITY])]).owners.to_pylist()[0]
    assert (owner["name"], owner["names"], owner["country"]) == (
        "Alpha Holding",
        ["Alpha Holding", "Alpha Group"],
        "KAZ",
    )
    numbers = {(one["scheme"], one["value"], one["valid"]) for one in owner["identifiers"]}
    assert {("LEI", LEI_PARENT, True), ("KZ-BIN", "081140000436", True)} <= numbers


def test_a_parent_that_is_not_named_is_no_data_with_its_reason(tmp_path: Path) -> None:
    data = read_ownership([as_json(tmp_path, [EXCEPTION])])
    assert [(one["owned_id"], one["code"], one["reason"]) for one in data.unknown.to_pylist()] == [
        (f"LEI:{LEI_CHILD}", "NON_PUBLIC", "The relationship is not public.")
    ]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (consolidation("5493001KJTIIGC8Y1R13", LEI_PARENT), "“5493001KJTIIGC8Y1R13” is not a right LEI."),
        (consolidation("", LEI_PARENT), "The record does not have this field."),
        (consolidation(LEI_CHILD, LEI_CHILD), "The party is named as its own owner; not used."),
        (consolidation(LEI_CHILD, LEI_PARENT, "IS_FRIEND_OF"), "“IS_FRIEND_OF” is not a known kind of relationship."),
    ],
)
def test_a_record_that_cannot_be_used_is_remarked_on(tmp_path: Path, record: dict[str, Any], reason: str) -> None:
    data = read_ownership([as_json(tmp_path, [record, ENTITY])])
    assert said(data) == [reason]
    assert data.remarks.to_pylist()[0]["row"] == 1
    assert data.inputs[0].rows_rejected == 1


def test_relationships_that_say_nothing_of_control_are_counted_in_one_remark(tmp_path: Path) -> None:
    annulled = consolidation(LEI_CHILD, LEI_PARENT)
    annulled["Registration"]["RegistrationStatus"] = "ANNULLED"
    data = read_ownership([as_json(tmp_path, [*[consolidation(LEI_CHILD, LEI_PARENT, "IS_FEEDER_TO")] * 2, annulled])])
    assert data.holdings.num_rows == 0
    assert said(data) == [
        "1 relationships with “ANNULLED” say nothing of who owns or controls whom; not used.",
        "2 relationships with “IS_FEEDER_TO” say nothing of who owns or controls whom; not used.",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><x/>', "document type declaration"),
        ("<other/>", "not one of GLEIF's files"),
        ("<RelationshipData><RelationshipRecord>", "broken"),
        ("<RelationshipData>" + "<a>" * 30, "nested deeper"),
    ],
)
def test_xml_that_is_broken_or_could_do_harm_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "gleif.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=rf"gleif\.xml, row 1: .*{what}"):
        read_ownership([path])


def test_the_published_samples_say_the_same_in_json_and_xml(real_data: Path) -> None:
    def told(name: str) -> list[Any]:
        data = read_ownership([real_data / "ownership" / name])
        assert data.inputs[0].rows_rejected == 0
        return [
            [
                {key: row[key] for key in row if key not in ("source_id", "edition", "locator")}
                for row in table.to_pylist()
            ]
            for table in (data.owners, data.holdings, data.unknown)
        ]

    for name in ("gleif_rr_data", "gleif_repex_data", "gleif_lei_data"):
        assert told(f"{name}.json") == told(f"{name}.xml")


@given(
    st.one_of(st.sampled_from([LEI_CHILD, LEI_PARENT]), st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=22))
)
def test_an_lei_is_right_where_the_library_of_numbers_says_so(text: str) -> None:
    assert is_lei(text) is stdnum.lei.is_valid(text)


def test_a_csv_that_is_not_utf_8_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gleif.csv"
    path.write_bytes("LEI,Entity.LegalName\n5493001KJTIIGC8Y1R12,Алма\n".encode("windows-1251"))
    with pytest.raises(UnreadableFile, match=r"gleif\.csv, row [12]: The CSV is not UTF-8"):
        read_ownership([path])
