"""Bringing tables up to date, with answers made by hand in the publishers' formats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from fairlead.errors import OptionError, UpdateFailed
from fairlead.reference import editions, load_csv
from fairlead.reference.builders import countries, goods_listed, import_bans
from fairlead.reference.check import check_pack
from fairlead.reference.publishers import publisher_of, publishers
from fairlead.reference.source import source_records
from fairlead.reference.update import fetch_files, files_from, update
from tests.reference.answers import goods_xml, governance_answers, orders_csv, pairs_in_use

DAY = date(2026, 3, 31)


def unreachable(address: str) -> bytes:
    raise UpdateFailed(f"{address} could not be fetched.")


def files_in(home: Path) -> list[str]:
    folder = home / "reference"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def new_goods(extra: tuple[tuple[str, str], ...] = (("Cotton", "Kenya"),)) -> Mapping[str, bytes]:
    return {goods_listed.LATEST: goods_xml([*pairs_in_use(), *extra])}


def test_a_newer_edition_takes_the_place_of_the_old_one(home: Path) -> None:
    done = update(publisher_of("goods_listed"), new_goods(), as_of=DAY, edition="2024", published="2024-09-05")
    assert (done.tables, done.edition, done.changed, done.notes) == (("goods_listed",), "2024", True, ())
    assert len(load_csv("goods_listed")) == 468
    assert {row["edition"] for row in load_csv("goods_listed")} == {"2024"}
    assert editions()["us_dol_goods"] == "2024"
    assert source_records()["us_dol_goods"].published == "2024-09-05"
    assert check_pack(["goods_listed"]) == ()
    assert files_in(home) == ["goods_listed.csv", "sources.csv"]


def test_a_second_update_keeps_what_the_first_said_of_its_source() -> None:
    update(publisher_of("goods_listed"), new_goods(), as_of=DAY, edition="2024", published="2024-09-05")
    update(publisher_of("governance"), governance_answers(), as_of=DAY)
    assert editions()["us_dol_goods"] == "2024"
    assert editions()["wgi"] == "data to 2023, as of 2026-03-31"


def test_the_same_update_twice_gives_the_same_bytes(home: Path) -> None:
    contents = []
    for _ in range(2):
        update(publisher_of("governance"), governance_answers(), as_of=DAY)
        contents.append([(home / "reference" / name).read_bytes() for name in files_in(home)])
    assert contents[0] == contents[1]


def test_an_edition_that_the_file_does_not_tell_must_be_named(home: Path) -> None:
    with pytest.raises(OptionError, match=r"does not say which edition it is.*--edition 2024"):
        update(publisher_of("goods_listed"), new_goods(), as_of=DAY)
    assert files_in(home) == []


def test_the_edition_in_use_is_recognised(home: Path, real_data: Path) -> None:
    content = (real_data / goods_listed.LATEST).read_bytes()
    done = update(publisher_of("goods_listed"), {goods_listed.LATEST: content}, as_of=DAY)
    assert (done.changed, done.edition) == (False, "2022")
    assert files_in(home) == []


def test_a_good_that_the_pack_does_not_know_is_noted_and_kept() -> None:
    files = new_goods((("Moon Dust", "Kenya"),))
    done = update(publisher_of("goods_listed"), files, as_of=DAY, edition="2024")
    assert ["moon_dust" in note.what for note in done.notes] == [True]
    assert "moon_dust" in {row["good"] for row in load_csv("goods_listed")}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<html>Service unavailable</html>", "names no goods"),
        (b"", "is not XML"),
        (b"<Goods><Good>", "is not XML"),
        (b'<!DOCTYPE x [<!ENTITY y "z">]><Goods/>', "declares XML entities"),
        (goods_xml([("Cotton", "Atlantis")]), "No country is known by the name “Atlantis”"),
        (goods_xml([("Cotton", "Kenya")]), "has 1 rows where the table in use has 467"),
        (goods_xml([("Cotton", "Kenya")] * 468), "has the same good and iso3 as row 2"),
    ],
)
def test_what_is_not_sound_is_refused_and_the_old_table_stays(home: Path, content: bytes, what: str) -> None:
    before = load_csv("goods_listed")
    with pytest.raises(UpdateFailed, match=what) as caught:
        update(publisher_of("goods_listed"), {goods_listed.LATEST: content}, as_of=DAY, edition="2024")
    assert "The table in use is unchanged." in str(caught.value)
    assert load_csv("goods_listed") == before
    assert files_in(home) == []


def test_a_refused_update_leaves_the_user_s_copy_as_it_was(home: Path) -> None:
    update(publisher_of("goods_listed"), new_goods(), as_of=DAY, edition="2024")
    before = {name: (home / "reference" / name).read_bytes() for name in files_in(home)}
    with pytest.raises(UpdateFailed):
        update(publisher_of("goods_listed"), {goods_listed.LATEST: b"<html/>"}, as_of=DAY, edition="2026")
    assert {name: (home / "reference" / name).read_bytes() for name in files_in(home)} == before


def test_a_home_that_cannot_be_written_to_is_named(home: Path) -> None:
    home.write_text("a file where the folder should be")
    with pytest.raises(UpdateFailed, match="cannot be written to"):
        update(publisher_of("governance"), governance_answers(), as_of=DAY)


def test_offline_nothing_changes(home: Path) -> None:
    with pytest.raises(UpdateFailed, match="could not be fetched"):
        fetch_files(publisher_of("goods_listed"), unreachable)
    assert files_in(home) == []


def test_files_are_fetched_from_the_publisher_s_addresses() -> None:
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return b"content"

    fetched = fetch_files(publisher_of("goods_listed"), fetch)
    assert fetched == {goods_listed.LATEST: b"content"}
    assert asked == [source_records()["us_dol_goods"].url]


def test_every_address_is_one_of_a_publisher_and_https() -> None:
    for publisher in publishers():
        assert publisher.source_id in source_records()
        assert all(address.startswith("https://") for address in publisher.files.values() if address)


def test_governance_takes_the_latest_year_and_2015() -> None:
    done = update(publisher_of("governance"), governance_answers("2023"), as_of=DAY)
    rows = load_csv("governance")
    assert done.edition == "data to 2023, as of 2026-03-31"
    assert {row["year"] for row in rows} == {"2015", "2023"}
    assert {row["estimate"] for row in rows} == {"0.1235"}
    assert {row["standard_error"] for row in rows} == {""}
    assert ("ABW", "2015") not in {(row["iso3"], row["year"]) for row in rows}  # no estimate is no row, never zero


@pytest.mark.parametrize("content", [b"[]", b'[{"message": [{"id": "175"}]}]', b"<html/>", b'[{"pages": 2}, []]'])
def test_an_error_of_the_world_bank_is_not_a_table(content: bytes) -> None:
    with pytest.raises(UpdateFailed, match="The table in use is unchanged"):
        update(publisher_of("governance"), dict.fromkeys(governance_answers(), content), as_of=DAY)


def test_countries_and_their_groups_are_renewed_together(home: Path, real_data: Path) -> None:
    content = (real_data / countries.FILE).read_bytes().replace(b"Kazakhstan", b"Qazaqstan")
    done = update(publisher_of("country_groups"), {countries.FILE: content}, as_of=DAY)
    assert done.tables == ("countries", "country_groups")
    assert files_in(home) == ["countries.csv", "country_groups.csv", "sources.csv"]
    assert "Qazaqstan" in {row["name"] for row in load_csv("countries")}


def test_import_bans_come_from_a_file_that_the_user_has_downloaded() -> None:
    publisher = publisher_of("import_bans")
    with pytest.raises(OptionError, match="--from FILE"):
        fetch_files(publisher, unreachable)
    orders = [(f"Fictional Works No. {number}", "China", "06/24/2021", "WRO") for number in range(70)]
    update(publisher, files_from(publisher, orders_csv(orders)), as_of=DAY)
    bans = {row["entity"]: row for row in load_csv("import_bans")}
    assert bans["Fictional Works No. 7"]["date"] == "2021-06-24"
    assert "Cotton from Xinjiang and products made with it" in bans
    assert check_pack(["import_bans"]) == ()


@pytest.mark.parametrize(
    ("order", "what"),
    [
        (("Fictional Works", "China", "June 2021", "WRO"), "“June 2021” is not a date"),
        (("Fictional Works", "China", "2021-06-24", "Fine"), "“Fine” is neither WRO nor Finding"),
        (("Fictional Works", "Atlantis", "2021-06-24", "WRO"), "No country is known"),
    ],
)
def test_an_order_that_cannot_be_read_is_named(order: tuple[str, str, str, str], what: str) -> None:
    with pytest.raises(UpdateFailed, match=what):
        update(publisher_of("import_bans"), {import_bans.FILE: orders_csv([order])}, as_of=DAY)


def test_a_table_from_several_files_takes_no_single_one() -> None:
    with pytest.raises(OptionError, match="several files"):
        files_from(publisher_of("governance"), b"")


def test_a_table_that_cannot_be_updated_says_which_can() -> None:
    with pytest.raises(OptionError, match=r"“tip_tiers” cannot be updated.*goods_listed"):
        publisher_of("tip_tiers")
