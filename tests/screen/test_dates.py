"""What dates of birth and founding do to hits, and that no result tells them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity.compare import Comparison, Details, compare
from fairlead.identity.features import features
from fairlead.identity.name import common_weight, read_name
from fairlead.language import Language
from fairlead.model.schemas import FULL_ROW
from fairlead.model.vocabulary import PartyKind
from fairlead.read.names import NamedRow
from fairlead.screen import ListEntry, screen_names
from fairlead.screen.hit import Hit
from fairlead.screen.reasons import hit_reasons
from fairlead.screen.screen import find_hits
from tests.screen.builders import AS_OF, entry, parties, watch_list

BORN = "1960-02-13"


def person(name: str, *born: str, **said: object) -> ListEntry:
    return entry(name, kind=PartyKind.PERSON, born=born, **said)


def screened(name: str, listed: ListEntry, *born: str, country: str | None = None) -> list[Hit]:
    row = NamedRow("", 2, "i2", name, country, PartyKind.PERSON, (name,), born=born)
    return [one.hit for one in screen_names([row], [watch_list(listed)], as_of=AS_OF).hits]


def verdict(name: str, listed: ListEntry, *born: str, country: str | None = None) -> str:
    return next((hit.comparison.verdict.value for hit in screened(name, listed, *born, country=country)), "different")


def test_the_same_date_of_birth_tells_as_much_as_the_country() -> None:
    assert verdict("Harrow", person("Harrow", BORN)) == "review"
    assert verdict("Harrow", person("Harrow", BORN), BORN) == "match"


@pytest.mark.parametrize(
    ("name", "without", "differing"),
    [("Jane Vestrel Harrow", "match", "review"), ("Jana Vestrel Harrow", "review", "different")],
)
def test_another_date_leaves_the_same_name_to_a_person_and_ends_a_likeness(
    name: str, without: str, differing: str
) -> None:
    listed = person("Jane Vestrel Harrow", BORN, countries=("PAN",))
    assert verdict(name, listed, country="PAN") == without
    assert verdict(name, listed, "1971-12-30", country="PAN") == differing


def test_a_firm_founded_on_another_day_is_for_a_person_to_look_at() -> None:
    listed = entry("Quillon Harrow Weaving", countries=("IND",), born=("1999-03-24",))
    for born, expected in (((), "match"), (("1999",), "match"), (("2011-05-02",), "review")):
        row = NamedRow("", 2, "i2", "Quillon Harrow Weaving", "IND", PartyKind.COMPANY, (), born=born)
        (one,) = screen_names([row], [watch_list(listed)], as_of=AS_OF).hits
        assert one.hit.comparison.verdict == expected


@pytest.mark.parametrize(
    ("born", "feature"),
    [(BORN, "same_birth"), ("1960", "birth_fits"), ("1960-02-18", "near_birth"), ("1971-12-30", "other_birth")],
)
def test_how_dates_compare_is_told_and_the_dates_are_not(born: str, feature: str) -> None:
    (hit,) = screened("Jane Vestrel Harrow", person("Jane Vestrel Harrow", BORN), born)
    told = " ".join(map(Language("en").render, hit_reasons(hit, AS_OF)))
    assert features()[feature].sentence in told
    assert not any(map(str.isdigit, told))


def compared(name: str, *born: str) -> Comparison:
    ours, theirs = (Details(PartyKind.PERSON, born=dates) for dates in (born, (BORN,)))
    one, other = (next(iter(read_name(text, PartyKind.PERSON))) for text in (name, "Jane Harrow"))
    return compare(one, other, ours, theirs, common_weight, weak=False)


@given(
    born=st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 1, 1)).map(date.isoformat),
    length=st.sampled_from([4, 7, 10]),
    name=st.sampled_from(["Jane Harrow", "J. Harrow", "Jana Harow"]),
)
def test_agreeing_never_lowers_a_score_and_differing_never_raises_it(born: str, length: int, name: str) -> None:
    without, found = compared(name), compared(name, born[:length])
    if {"same_birth", "birth_fits"} & set(found.features):
        assert found.score >= without.score
    else:
        assert found.score <= without.score


def test_parties_of_a_list_of_persons_bring_the_dates_of_their_rows() -> None:
    told = parties({"name": "Harrow", "kind": "person", "row_ids": ["r1", "r2"]})
    row = dict.fromkeys(FULL_ROW.names)
    rows = pa.Table.from_pylist(
        [{**row, "row_id": "r1", "birth_date": BORN}, {**row, "row_id": "r2", "birth_date": None}], schema=FULL_ROW
    )
    listed = [watch_list(person("Harrow", BORN))]
    without, found = (find_hits(told, listed, as_of=AS_OF, rows=given) for given in (None, rows))
    assert [hit.comparison.verdict for hit in (*without, *found)] == ["review", "match"]


def test_no_file_of_a_screening_tells_a_date_of_birth(tmp_path: Path) -> None:
    from fairlead.assess import screen_file  # noqa: PLC0415

    for name, text in (
        ("names.csv", "id,name,kind,date of birth\n1,Jane Vestrel Harrow,person,13.02.1960\n"),
        ("list.csv", "name,kind,birthDate\nJane Vestrel Harrow,person,1960-02-13\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    out = tmp_path / "out" / "hits.csv"
    screen_file(tmp_path / "names.csv", [tmp_path / "list.csv"], out=out, as_of=AS_OF)
    said = {file.name: file.read_text(encoding="utf-8") for file in out.parent.iterdir()}
    assert "The date of birth or founding is the same." in said["hits.csv"]
    assert [name for name, text in said.items() if "1960" in text] == []
