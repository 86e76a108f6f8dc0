"""Lists that are broken, misplaced or made to do harm: each is read, or refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import InputError, NoHeaderFound, UnreadableFile
from fairlead.screen import read_list

COMPANY = {"id": "a", "schema": "Company", "properties": {"name": ["Quillon Weaving"], "country": ["in"]}}
UN = (
    '<?xml version="1.0" encoding="{encoding}"?><CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00"><ENTITIES><ENTITY>'
    "<FIRST_NAME>Quillon Weaving</FIRST_NAME><REFERENCE_NUMBER>Q1</REFERENCE_NUMBER></ENTITY></ENTITIES>"
    "</CONSOLIDATED_LIST>"
)


def written(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def names(path: Path) -> list[str]:
    return [entry.name for entry in read_list(path).entries]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_of_json_and_xml_are_read_whatever_mark_stands_before_them(tmp_path: Path, encoding: str) -> None:
    lines = json.dumps(COMPANY) + "\n" + json.dumps(COMPANY | {"id": "b"}) + "\n"
    assert names(written(tmp_path, "list.json", lines, encoding)) == ["Quillon Weaving"] * 2
    xml = UN.format(encoding="utf-16" if encoding == "utf-16" else "utf-8")
    assert names(written(tmp_path, "un.xml", xml, encoding)) == ["Quillon Weaving"]


def test_an_array_of_json_is_read_like_lines(tmp_path: Path) -> None:
    found = read_list(written(tmp_path, "list.json", json.dumps([COMPANY, COMPANY | {"id": "b"}], indent=1)))
    assert [(entry.entry_id, entry.locator) for entry in found.entries] == [("a", "list.json:1"), ("b", "list.json:2")]


def test_a_property_that_is_no_list_of_texts_is_read_as_far_as_it_is_one(tmp_path: Path) -> None:
    plain = {"id": "a", "schema": "Company", "properties": {"name": "Quillon Weaving", "alias": [None, {"x": 1}, "QW"]}}
    (entry,) = read_list(written(tmp_path, "list.json", json.dumps(plain))).entries
    assert [name.text for name in entry.names] == ["Quillon Weaving", "QW"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.json", '{"id":"a","schema":"Company","properties":{"name":["Q"]}}\n{"id":"b","sch', "list.json, row 2"),
        ("list.json", '[{"id": 1}, 2', "list.json: The file is not JSON"),
        ("list.json", "[{}]", "list.json, row 1: The line is neither"),
        ("list.csv", "name,country\nIndia,Quillon\nChina,Harrow\nPeru,Brook\n", "holds countries and not names"),
        ("list.csv", "name,kind\ncompany,Quillon\nperson,Harrow\n", "holds kinds and not names"),
        ("list.csv", "name,id\n17,Quillon\n18,Harrow\n", "holds numbers and not names"),
        ("list.csv", "1,Quillon Weaving,IND,company\n2,Harrow Steel,IND,company\n", "The first row has: “1”, “Quillon"),
        ("list.xml", UN.format(encoding="utf-8").replace("Quillon", "Qu\x00illon"), "The XML is broken"),
    ],
)
def test_a_list_that_cannot_be_trusted_is_refused_with_its_place(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    with pytest.raises((UnreadableFile, NoHeaderFound)) as caught:
        read_list(written(tmp_path, name, content))
    assert says in str(caught.value)


def test_the_day_in_every_row_is_the_edition_and_two_days_are_none(tmp_path: Path) -> None:
    one = "name,generated\nQuillon,2026-08-08T12:40:18+00:00\nHarrow,2026-08-08T12:40:18+00:00\n"
    assert read_list(written(tmp_path, "list.csv", one)).edition == "2026-08-08"
    two = read_list(written(tmp_path, "list.csv", one.replace("08-08T12:40:18+00:00\nHarrow", "08-07\nHarrow")))
    assert two.edition == two.sha256[:12]


@given(content=st.binary(max_size=200), ending=st.sampled_from(["csv", "json", "xml", "xlsx"]))
def test_any_bytes_are_a_list_or_an_error_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    path = written(tmp_path_factory.mktemp("lists"), f"list.{ending}", content)
    try:
        assert read_list(path).entries
    except InputError as error:
        assert str(error).startswith("list.")


@given(text=st.text(max_size=120))
def test_any_text_under_the_heading_of_names_is_a_list_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = written(
        tmp_path_factory.mktemp("lists"), "list.csv", ("id,name,country,kind\n" + text).encode("utf-8", "replace")
    )
    try:
        assert read_list(path).entries
    except InputError as error:
        assert str(error).startswith("list.csv")
