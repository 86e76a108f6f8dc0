"""Beneficial ownership statements: what is taken from them, which statement counts, and what is remarked on."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.errors import InputError, UnreadableFile
from fairlead.language import Language
from fairlead.model.message import Message
from fairlead.read.ownership import OwnershipData, read_ownership
from fairlead.read.share import STEP
from tests.read.ownership_files import BIN, bods, entity, person, relationship, shares

KYZYL = entity("kyzyl", "Kyzyl Apparel LLP", identifiers=[{"scheme": "KZ-BIN", "id": BIN}])
ALPHA = entity("alpha", "Alpha Holding", "KG")


def read(folder: Path, *statements: object, **how: Any) -> OwnershipData:
    return read_ownership([bods(folder, statements, **how)])


def holdings(data: OwnershipData) -> list[tuple[Any, ...]]:
    columns = ("from_id", "to_id", "kind", "share_low", "share_high", "reach", "certain")
    return [tuple(row[column] for column in columns) for row in data.holdings.to_pylist()]


def said(data: OwnershipData) -> list[str]:
    return [Language("en").render(Message.from_arrow(one)) for one in data.remarks["reason"].to_pylist()]


@pytest.mark.parametrize("lines", [False, True])
def test_owners_shares_and_places_are_read(tmp_path: Path, lines: bool) -> None:
    data = read(tmp_path, KYZYL, ALPHA, relationship("kyzyl", "alpha", shares(60, startDate="2020-01-02")), lines=lines)
    row = data.holdings.to_pylist()[0]
    assert (row["from_id"], row["to_id"], row["kind"]) == ("bods:alpha", "bods:kyzyl", "owns")
    assert row["share_low"] == row["share_high"] == Decimal("0.6")
    assert (row["from_date"], row["to_date"]) == ("2020-01-02", None)
    assert row["locator"] == "owners.json: statement statement-alpha in kyzyl"
    owner = {one["owner_id"]: one for one in data.owners.to_pylist()}["bods:kyzyl"]
    assert (owner["name"], owner["country"], owner["kind"]) == ("Kyzyl Apparel LLP", "KAZ", "company")
    assert owner["identifiers"] == [{"scheme": "KZ-BIN", "value": BIN, "valid": True}]
    assert data.remarks.num_rows == 0
    assert (data.inputs[0].role, data.inputs[0].rows_in, data.inputs[0].rows_rejected) == ("ownership", 3, 0)


def test_of_a_person_nothing_but_name_and_country_is_kept(tmp_path: Path) -> None:
    data = read(tmp_path, KYZYL, person("p", "Ayan Example"), relationship("kyzyl", "p", shares(100)))
    owner = next(one for one in data.owners.to_pylist() if one["kind"] == "person")
    assert (owner["name"], owner["country"], owner["identifiers"]) == ("Ayan Example", "KAZ", [])
    everything = str([table.to_pylist() for table in (data.owners, data.holdings, data.unknown, data.remarks)])
    assert "1970" not in everything
    assert "Some Street" not in everything
    assert "700203" not in everything


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        ({"exact": 12.5}, "0.125", "0.125"),
        ({"minimum": 25, "maximum": 50}, "0.25", "0.5"),
        ({"exclusiveMinimum": 50, "exclusiveMaximum": 75}, str(Decimal("0.5") + STEP), str(Decimal("0.75") - STEP)),
        ({"minimum": 75}, "0.75", "1"),
        ({"minimum": 25, "exclusiveMinimum": True}, str(Decimal("0.25") + STEP), "1"),  # as versions before 0.4 say it
        ({}, None, None),
    ],
)
def test_a_share_may_be_an_interval(tmp_path: Path, share: object, low: str | None, high: str | None) -> None:
    data = read(tmp_path, KYZYL, ALPHA, relationship("kyzyl", "alpha", shares(share)))
    ends = tuple(None if end is None else Decimal(end) for end in (low, high))
    assert holdings(data)[0][3:5] == ends


@pytest.mark.parametrize(
    "share", [{"exact": 140}, {"exact": -1}, {"exact": "most"}, {"minimum": 60, "maximum": 40}, [1]]
)
def test_a_share_that_cannot_be_is_remarked_on_and_the_owner_is_kept(tmp_path: Path, share: object) -> None:
    data = read(tmp_path, KYZYL, ALPHA, relationship("kyzyl", "alpha", shares(share)))
    assert holdings(data)[0][3:5] == (None, None)
    assert "is not a share from 0 to 100%" in said(data)[0]


@pytest.mark.parametrize(
    ("type_", "share", "kind", "certain"),
    [
        ("shareholding", 60, "owns", True),
        ("votingRights", 60, "controls", True),
        ("votingRights", 50, "controls", False),
        ("votingRights", None, "controls", False),
        ("appointmentOfBoard", None, "controls", True),
        ("otherInfluenceOrControl", None, "controls", False),
        ("rightsToProfitOrIncome", 60, "owns", False),
        ("voting-rights", 60, "controls", True),
        ("", 60, "owns", False),
    ],
)
def test_votes_and_offices_are_no_shares(tmp_path: Path, type_: str, share: object, kind: str, certain: bool) -> None:
    row = holdings(read(tmp_path, KYZYL, ALPHA, relationship("kyzyl", "alpha", shares(share, type_))))[0]
    assert (row[2], row[6]) == (kind, certain)


def test_what_is_neither_ownership_nor_control_or_not_known_is_remarked_on(tmp_path: Path) -> None:
    data = read(
        tmp_path, KYZYL, ALPHA, relationship("kyzyl", "alpha", shares(None, "boardMember"), shares(None, "friendship"))
    )
    assert holdings(data) == []
    assert said(data) == [
        "boardMember is neither ownership nor control; not used.",
        "“friendship” is not a known kind of interest.",
    ]


def test_an_owner_who_is_not_named_is_no_data_with_its_reason(tmp_path: Path) -> None:
    unknown = {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner"}
    hidden = entity("hidden", "", None, entityType={"type": "anonymousEntity"})
    data = read(tmp_path, KYZYL, hidden, relationship("kyzyl", unknown), relationship("kyzyl", "hidden", shares(30)))
    assert [(one["owned_id"], one["code"], one["reason"]) for one in data.unknown.to_pylist()] == [
        ("bods:kyzyl", "anonymousEntity", "An owner is recorded whose name is withheld."),
        ("bods:kyzyl", unknown["reason"], "The party could not say, or did not want to say, who owns it."),
    ]


def test_the_latest_statement_about_a_record_counts_in_whatever_order(tmp_path: Path) -> None:
    old = relationship("kyzyl", "alpha", shares(60), record_id="r", statementId="old", statementDate="2024-01-01")
    new = relationship(
        "kyzyl",
        "alpha",
        shares(30),
        record_id="r",
        statementId="new",
        statementDate="2025-06-01",
        recordStatus="updated",
    )
    for statements in ([old, new], [new, old]):
        assert holdings(read(tmp_path, KYZYL, ALPHA, *statements))[0][3] == Decimal("0.3")


def test_a_closed_record_ends_with_the_statement_that_closes_it(tmp_path: Path) -> None:
    closed = relationship("kyzyl", "alpha", shares(60), recordStatus="closed", statementDate="2025-06-01")
    assert read(tmp_path, KYZYL, ALPHA, closed).holdings.to_pylist()[0]["to_date"] == "2025-06-01"


def test_an_indirect_holding_knows_whether_its_path_is_named(tmp_path: Path) -> None:
    step = relationship("kyzyl", "alpha", shares(60), record_id="step")
    through = shares(30, directOrIndirect="indirect")
    named = relationship("kyzyl", "p", through, details={"componentRecords": ["step", "alpha"]})
    data = read(tmp_path, KYZYL, ALPHA, person("p", "Ayan Example"), step, named)
    assert {row[0]: row[5] for row in holdings(data)} == {"bods:alpha": "direct", "bods:p": "summary"}
    alone = read(tmp_path, KYZYL, person("p", "Ayan Example"), relationship("kyzyl", "p", through))
    assert holdings(alone)[0][5] == "indirect"
    missing = relationship("kyzyl", "p", through, details={"componentRecords": ["elsewhere"]})
    data = read(tmp_path, KYZYL, person("p", "Ayan Example"), missing)
    assert holdings(data)[0][5] == "indirect"
    assert said(data) == ["The record elsewhere, which is named here, is in none of the files."]


def test_statements_of_one_record_may_stand_in_several_files_in_any_order(tmp_path: Path) -> None:
    one = bods(tmp_path, [KYZYL, ALPHA], "a.json")
    two = bods(tmp_path, [relationship("kyzyl", "alpha", shares(60))], "b.json", lines=True)
    first, second = read_ownership([one, two]), read_ownership([two, one])
    assert first == second
    assert first.remarks.num_rows == 0


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (42, "This is not a statement."),
        ({"statementId": "x", "recordType": "entity", "recordDetails": {}}, "The statement does not have this field."),
        ({**KYZYL, "recordId": ""}, "The statement does not have this field."),
        ({**KYZYL, "recordDetails": None}, "The statement does not have this field."),
        ({**KYZYL, "recordType": "vessel"}, "“vessel” is not a type of record."),
        ({**KYZYL, "publicationDetails": {"bodsVersion": "0.9"}}, "Version 0.9 of the standard is not read."),
        (relationship("kyzyl", "kyzyl", shares(10)), "The party is named as its own owner; not used."),
        (
            relationship({"reason": "unknown"}, "kyzyl"),
            "The relationship does not say who is owned, so nothing can be told from it.",
        ),
        (relationship("kyzyl", None), "The relationship names no owner and no reason."),
        (
            relationship("kyzyl", "nobody", shares(10)),
            "The record nobody, which is named here, is in none of the files.",
        ),
        (KYZYL, "This statement stands there twice and was read once."),
        (
            {**KYZYL, "statementDate": "2020"},
            "Two different statements have this id; the later one of the record counts.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_and_place(tmp_path: Path, bad: object, reason: str) -> None:
    data = read(tmp_path, KYZYL, ALPHA, bad)
    assert said(data) == [reason]
    assert data.remarks.to_pylist()[0]["file"] == "owners.json"
    assert data.remarks.to_pylist()[0]["row"] == 3
    assert data.owners.num_rows == 2


@pytest.mark.parametrize("text", ["", "[", '{"a": 1', "[1, 2]", '{"statementId": "a"}\n{broken', "<a/>", "a,b\n1,2\n"])
def test_a_file_that_is_broken_or_something_else_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "owners.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"owners\.json"):
        read_ownership([path])


def test_the_line_of_broken_json_lines_is_named(tmp_path: Path) -> None:
    path = tmp_path / "owners.jsonl"
    path.write_text(f"{json.dumps(KYZYL)}\n{json.dumps(ALPHA)[:-5]}\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"owners\.jsonl, row 2"):
        read_ownership([path])


def test_the_versions_before_0_4_are_read(tmp_path: Path) -> None:
    old = [
        {
            "statementID": "e1",
            "statementType": "entityStatement",
            "entityType": "registeredEntity",
            "name": "Kyzyl Apparel",
            "incorporatedInJurisdiction": {"code": "KZ", "name": "Kazakhstan"},
            "identifiers": [{"scheme": "KZ-BIN", "id": BIN}],
        },
        {
            "statementID": "p1",
            "statementType": "personStatement",
            "personType": "knownPerson",
            "names": [{"fullName": "Ayan Example"}],
            "nationalities": [{"code": "KZ"}],
        },
        {
            "statementID": "o0",
            "statementType": "ownershipOrControlStatement",
            "subject": {"describedByEntityStatement": "e1"},
            "interestedParty": {"describedByPersonStatement": "p1"},
            "interests": [{"type": "shareholding", "share": {"exact": 90}}],
        },
        {
            "statementID": "o1",
            "statementType": "ownershipOrControlStatement",
            "subject": {"describedByEntityStatement": "e1"},
            "interestedParty": {"describedByPersonStatement": "p1"},
            "replacesStatements": ["o0"],
            "interests": [{"type": "shareholding", "interestLevel": "direct", "share": {"exact": 60}}],
        },
        {
            "statementID": "o2",
            "statementType": "ownershipOrControlStatement",
            "subject": {"describedByEntityStatement": "e1"},
            "interestedParty": {"unspecified": {"reason": "no-beneficial-owners"}},
        },
    ]
    data = read(tmp_path, *old)
    assert [row[:4] for row in holdings(data)] == [("bods:p1", "bods:e1", "owns", Decimal("0.6"))]
    assert data.unknown["reason"].to_pylist() == ["The source says that there is no owner who has to be declared."]
    assert {one["name"]: one["country"] for one in data.owners.to_pylist()} == {
        "Kyzyl Apparel": "KAZ",
        "Ayan Example": "KAZ",
    }


TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 200) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "statementId",
    "recordId",
    "recordType",
    "recordStatus",
    "statementDate",
    "publicationDetails",
    "recordDetails",
]
DETAILS = [
    "name",
    "names",
    "entityType",
    "identifiers",
    "jurisdiction",
    "nationalities",
    "subject",
    "interestedParty",
    "interests",
    "componentRecords",
    "addresses",
    "personType",
]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(FIELDS + DETAILS), JSON), max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_field_the_statements_are_read(
    tmp_path: Path, changes: list[tuple[int, str, Any]]
) -> None:
    statements = [
        json.loads(json.dumps(one))
        for one in (KYZYL, ALPHA, person("p", "Ayan Example"), relationship("kyzyl", "alpha", shares(60)))
    ]
    for place, field, value in changes:
        target = statements[place]
        if field in DETAILS and isinstance(target.get("recordDetails"), dict):
            target["recordDetails"][field] = value
        else:
            target[field] = value
    data = read(tmp_path, *statements)
    assert data.inputs[0].rows_in == 4
    for row in data.holdings.to_pylist():
        assert row["share_low"] is None or 0 <= row["share_low"] <= row["share_high"] <= 1


def test_the_published_examples_are_read_without_remarks_on_their_form(real_data: Path) -> None:
    files = sorted((real_data / "ownership").glob("bods_*.json"))
    assert files
    for file in files:
        data = read_ownership([file])
        assert data.inputs[0].rows_rejected == 0
        assert data.holdings.num_rows
