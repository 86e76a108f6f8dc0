"""Where the facts come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fairlead.errors import InvalidReference
from fairlead.reference import editions, load_csv, source_records, sources
from fairlead.reference.source import first_day, last_day, source_from_row
from fairlead.reference.table import tables

#: What the project may ship: public domain, open licences, single facts, and what the UN lets reuse with its source.
MAY_BE_SHIPPED = {
    "Apache-2.0",
    "CC-BY-3.0",
    "CC-BY-3.0-IGO",
    "CC-BY-4.0",
    "CC-BY-4.0 (English), Apache-2.0 (Russian)",
    "CC0-1.0",
    "Facts",
    "PDDL-1.0",
    "UN, source named",
    "US public domain",
}


#: Whose terms were not verified: nothing of theirs is shipped but shares worked out from their figures.
UNVERIFIED = {"bgs_minerals", "fao_production", "shift_coal", "usgs_metals"}


def test_every_source_has_a_licence_that_allows_shipping() -> None:
    licences = {source.licence for source in source_records().values() if source.source_id not in UNVERIFIED}
    assert licences <= MAY_BE_SHIPPED


def test_of_sources_with_unverified_terms_only_shares_that_were_worked_out_are_shipped() -> None:
    assert {source_records()[source_id].licence for source_id in UNVERIFIED} == {"Unverified"}
    named = {
        name
        for name, entry in tables().items()
        if entry.format != "yaml"
        for row in load_csv(name)
        if row["source_id"] in UNVERIFIED
    }
    assert named == {"production"}


def test_a_source_that_is_not_the_project_s_own_has_an_address() -> None:
    for source in source_records().values():
        assert source.url.startswith("https://") or source.publisher in {"Fairlead", "G7"}, source.source_id


def test_what_was_not_checked_says_why_or_how_it_was_taken() -> None:
    assert [source.source_id for source in source_records().values() if not source.checked and not source.note] == []


def test_editions_are_what_a_rating_records() -> None:
    assert editions()["us_dol_goods"] == "2022"
    assert sources()["us_dol_goods"].edition == "2022"
    assert sources()["us_dol_goods"].checked is True
    assert sources()["us_cbp"].checked is False


def test_the_user_s_copy_describes_the_source_it_updated_and_no_other(home: Path) -> None:
    folder = home / "reference"
    folder.mkdir(parents=True)
    (folder / "sources.csv").write_text(
        "source_id,title,publisher,url,edition,published,licence,licence_url,max_age_days,checked,note\n"
        "us_dol_goods,T,P,https://example.org,2024,2024-09-05,L,,800,yes,\n"
    )
    assert editions()["us_dol_goods"] == "2024"
    assert editions()["hs2022"] == "HS 2022"


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-09", date(2022, 9, 1), date(2022, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-09-28", date(2022, 9, 28), date(2022, 9, 28)),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(iso: str, first: date, last: date) -> None:
    assert (first_day(iso), last_day(iso)) == (first, last)


def test_a_source_is_old_on_the_day_after_its_longest_age() -> None:
    source = replace(source_records()["us_dol_goods"], published="2022-01-01", max_age_days=10)
    assert source.age_days(date(2022, 1, 11)) == 10
    assert not source.is_old(date(2022, 1, 11))
    assert source.is_old(date(2022, 1, 12))
    assert not replace(source, max_age_days=None).is_old(date(2099, 1, 1))


@pytest.mark.parametrize("change", [{"published": "soon"}, {"checked": "perhaps"}, {"max_age_days": "ten"}])
def test_a_source_that_cannot_be_read_is_named(change: dict[str, str]) -> None:
    row = {
        "source_id": "some_source",
        "title": "T",
        "publisher": "P",
        "url": "",
        "edition": "1",
        "published": "2022",
        "licence": "L",
        "licence_url": "",
        "max_age_days": "",
        "checked": "yes",
        "note": "",
    }
    assert source_from_row(row).source_id == "some_source"
    with pytest.raises(InvalidReference, match="the source “some_source” cannot be read"):
        source_from_row({**row, **change})
