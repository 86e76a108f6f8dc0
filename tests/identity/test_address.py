"""Addresses taken apart into what decides whether they are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity.address import NO_ADDRESS, parse_address


@pytest.mark.parametrize(
    "text",
    [
        "ул. Абая, д. 12, оф. 5",
        "улица Абая 12, офис 5",
        "Абай көшесі 12, 5 кеңсе",
        "12 Abay st., office 5",
        "Abay street 12, suite 5",
        "Abay 12/5",
        "Абая, 12-5",
    ],
)
def test_spellings_of_one_address_come_to_the_same_parts(text: str) -> None:
    address = parse_address(text)
    assert (address.house, address.unit, address.words) == ("12", "5", ("abai",))


@pytest.mark.parametrize(
    ("text", "house", "unit", "postcode"),
    [
        ("050000, г. Алматы, мкр 5, дом 12/3", "12", "3", "050000"),
        ("5 микрорайон, 12", "12", None, None),
        ("221 E. 51st St., 60615", "221", None, "60615"),
        ("10317 S. Western", "10317", None, None),
        ("160602 W Evans Rd", "160602", None, None),
        ("ул. 8 Марта, 12", "12", None, None),
        ("ул. 5-я линия, 7", "7", None, None),
        ("пр-т Абая 12а", "12a", None, None),
        ("Abay str. 12-a", "12a", None, None),
        ("3rd floor, 12 Main Rd", "12", "3", None),
        ("8535 Dimond Circle, Unit C", "8535", "c", None),
        ("1210 70th Ave., #2", "1210", "2", None),
        ("Lot # 14 Export Zone", "14", None, None),
        ("Абай көш., 12 үй", "12", None, None),
        ("8316 South Ellis Avenue Building 60619", "8316", None, "60619"),
        ("12 Main Rd, Units A, B and C", "12", "a", None),
        ("中国杭州市滨江工业园江滨路105号 邮编310000", "105", None, "310000"),
        ("১০৪, হাসপাতাল রোড, বগুড়া-৫৮০০", "104", None, None),
        ("N07 Innwa street", "7", None, None),
        ("Boavista 33o", "330", None, None),
        ("Plot no-B-4, Sector-67", "b4", None, None),
    ],
)
def test_house_unit_and_postcode_are_told_apart(text: str, house: str, unit: str | None, postcode: str | None) -> None:
    address = parse_address(text)
    assert (address.house, address.unit, address.postcode) == (house, unit, postcode)


def test_ordinals_are_read_however_they_are_written() -> None:
    words = {parse_address(text).words for text in ("2850 W 24th", "2850 W 24 TH", "2850 West 24th street")}
    assert words == {("street24", "w")}
    assert parse_address("102 Fifth Avenue").words == parse_address("102 5th ave.").words == ("street5",)


@pytest.mark.parametrize(
    ("text", "numbers"), [("27-31 Main", ("27", "31")), ("7146-48 Ashland", ("7146", "7148")), ("Абая, 12-5", ("12",))]
)
def test_the_last_house_of_a_range_is_among_the_numbers(text: str, numbers: tuple[str, ...]) -> None:
    assert parse_address(text).numbers == numbers


def test_a_floor_is_the_unit_only_where_there_is_no_other() -> None:
    floor = parse_address("12 Main Rd, 2nd floor")
    assert (floor.unit, floor.floor) == ("2", "2")
    room = parse_address("12 Main Rd, 2nd floor, room 287")
    assert (room.unit, room.floor) == ("287", "2")


def test_all_digits_of_the_text_are_kept_in_their_order() -> None:
    assert parse_address("via venezia 99 101 59013").digits == ("99", "101", "59013")


def test_no_address_is_no_address() -> None:
    assert parse_address(None) == parse_address("") == NO_ADDRESS


@given(st.text())
def test_any_text_can_be_taken_apart(text: str) -> None:
    address = parse_address(text)
    assert list(address.words) == sorted(set(address.words))
