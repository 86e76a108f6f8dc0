from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.read.identifier import Identifier, _module, read_identifier
from fairlead.read.identifier_central_asia import (
    check_kg_inn,
    check_kz_bin,
    check_kz_iin,
    check_mn_register,
    check_tj_inn,
    check_tm_tax,
    check_uz_pinfl,
    check_uz_stir,
)
from fairlead.read.identifier_schemes import SCHEMES, STDNUM_MODULES
from fairlead.read.identifier_sector import (
    check_cid,
    check_de_register,
    check_duns,
    check_gb_company,
    check_imo,
    check_os_id,
)

#: Published numbers of public companies of Kazakhstan: the national welfare fund, the oil company, the telecom.
PUBLISHED_BINS = ("081140000436", "020240000555", "941240000193", "940140000385")


@pytest.mark.parametrize("number", PUBLISHED_BINS)
def test_published_kazakh_business_numbers_are_right(number: str) -> None:
    assert check_kz_bin(number)


@pytest.mark.parametrize("number", PUBLISHED_BINS)
@given(place=st.integers(0, 11), step=st.integers(1, 9))
def test_one_wrong_digit_is_found_or_makes_another_right_number(number: str, place: int, step: int) -> None:
    digit = str((int(number[place]) + step) % 10)
    changed = number[:place] + digit + number[place + 1 :]
    if place == 11:
        assert not check_kz_bin(changed)
    if check_kz_bin(changed):
        assert read_identifier(changed, "KZ-BIN", "KAZ").identifier == Identifier("KZ-BIN", changed, True)


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


FIRST, SECOND = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def test_the_second_pass_of_the_kazakh_check_digit_is_used() -> None:
    bases = [f"0101400{serial:04}" for serial in range(1000)]
    base = next(base for base in bases if weighted(base, FIRST) % 11 == 10 and weighted(base, SECOND) % 11 < 10)
    assert check_kz_bin(f"{base}{weighted(base, SECOND) % 11}")


def test_a_number_for_which_both_passes_fail_is_never_right() -> None:
    bases = [f"0101400{serial:04}" for serial in range(10_000)]
    base = next(base for base in bases if weighted(base, FIRST) % 11 == 10 and weighted(base, SECOND) % 11 == 10)
    assert not any(check_kz_bin(f"{base}{digit}") for digit in range(10))


@pytest.mark.parametrize("number", ["000000000000", "081340000436", "081110000436", "08114000043", "08114000043X"])
def test_kazakh_numbers_with_a_wrong_part_are_wrong(number: str) -> None:
    assert not check_kz_bin(number)


def test_a_kazakh_personal_number_has_a_date_a_century_and_a_check_digit() -> None:
    base = "90010135000"
    check = weighted(base, FIRST) % 11
    assert check < 10
    assert check_kz_iin(base + str(check))
    assert not check_kz_iin("901301350008")


def test_kyrgyz_numbers_are_sound_or_wrong_and_never_proved() -> None:
    assert check_kg_inn("02712200210066") is None
    assert check_kg_inn("21609199310158") is None
    assert check_kg_inn("03202200210066") is False
    assert check_kg_inn("42712200210066") is False
    assert check_kg_inn("0271220021006") is False


def test_uzbek_numbers_are_checked_as_far_as_is_known() -> None:
    assert check_uz_stir("302500186") is None
    assert check_uz_stir("102500186") is False
    assert check_uz_stir("30250018") is False
    base = "3150590000120"
    check = weighted(base, (7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7)) % 10
    assert check_uz_pinfl(f"{base}{check}") is True
    assert check_uz_pinfl(f"{base}{(check + 1) % 10}") is False
    assert check_uz_pinfl(base) is False


def test_mongolian_turkmen_and_tajik_numbers_are_checked_by_structure() -> None:
    assert check_mn_register("2074192") is None
    assert check_mn_register("УХ86121511") is None
    assert check_mn_register("УХ05351512") is False
    assert check_mn_register("УХ05291512") is None
    assert check_mn_register("207419") is False
    assert check_tm_tax("101151000123") is None
    assert check_tm_tax("10115") is False
    assert check_tj_inn("020012345") is None
    assert check_tj_inn("02001234") is False


def test_open_supply_hub_ids_have_a_check_sign() -> None:
    assert check_os_id("US20222223446TZ")
    assert check_os_id("US2022222A7XX43")
    assert not check_os_id("US20222223446TY")
    assert not check_os_id("US20223993446TZ")


def test_an_imo_number_is_a_ships_or_may_be_a_companys() -> None:
    assert check_imo("9074729") is True
    assert check_imo("IMO9074729") is True
    assert check_imo("5402692") is None
    assert check_imo("907472") is False


def test_registers_without_a_check_digit_are_checked_by_structure() -> None:
    assert check_cid("CID000058") is None
    assert check_cid("CID58") is False
    assert check_duns("150483782") is None
    assert check_gb_company("SC123456") is None
    assert check_gb_company("123") is False
    assert check_de_register("HRB12345") is None


@pytest.mark.parametrize(
    ("text", "scheme", "country", "identifier"),
    [
        ("7707083893", "TAX", "RUS", Identifier("RU-INN", "7707083893", True)),
        ("ИНН 7707083893", "INN", None, Identifier("RU-INN", "7707083893", True)),
        ("7707083893, КПП 773601001", "INN", "RUS", Identifier("RU-INN", "7707083893", True)),
        ("081140000436", "TAX", "KAZ", Identifier("KZ-BIN", "081140000436", True)),
        ("БИН: 0811 4000 0436", "BIN-IIN", "KAZ", Identifier("KZ-BIN", "081140000436", True)),
        ("02712200210066", "INN", "KGZ", Identifier("KG-INN", "02712200210066", None)),
        ("302 500 186", "INN", "UZB", Identifier("UZ-STIR", "302500186", None)),
        ("DE 136,695 976", "VAT", "DEU", Identifier("DE-VAT", "136695976", True)),
        ("529900T8BM49AURSDO55", "LEI", None, Identifier("LEI", "529900T8BM49AURSDO55", True)),
        ("LEI: 529900T8BM49AURSDO55", "REG", "DEU", Identifier("LEI", "529900T8BM49AURSDO55", True)),
        ("ОГРН 1027700132195", "REG", "RUS", Identifier("RU-OGRN", "1027700132195", True)),
        ("cid000058", "CID", None, Identifier("CID", "CID000058", None)),
        ("12345678", "REG", "GBR", Identifier("GB-COH", "12345678", None)),
        ("A-17/3", "REG", "KEN", Identifier("KE-REG", "A-17/3", None)),
        ("12345", "TAX", "PAK", Identifier("PK-TAX", "12345", None)),
        ("12345", "TAX", None, Identifier("TAX", "12345", None)),
    ],
)
def test_the_heading_and_the_country_settle_the_scheme(
    text: str, scheme: str, country: str | None, identifier: Identifier
) -> None:
    reading = read_identifier(text, scheme, country)
    assert reading.identifier == identifier
    assert reading.remark is None


def test_a_supplier_from_abroad_gives_its_own_number_under_bin() -> None:
    assert read_identifier("7707083893", "KZ-BIN", "RUS").identifier == Identifier("RU-INN", "7707083893", True)


def test_a_wrong_check_digit_is_kept_and_remarked_on() -> None:
    reading = read_identifier("081140000437", "KZ-BIN", "KAZ")
    assert reading.identifier == Identifier("KZ-BIN", "081140000437", False)
    assert reading.remark is not None and reading.remark.values["value"] == "081140000437"


def test_a_zero_that_a_spreadsheet_dropped_is_put_back_where_the_check_digit_proves_it() -> None:
    reading = read_identifier("81140000436", "KZ-BIN", "KAZ", stored_number=True)
    assert reading.identifier == Identifier("KZ-BIN", "081140000436", True)
    assert reading.remark is not None and reading.remark.values == {"value": "081140000436"}


def test_a_short_number_that_no_zero_mends_is_wrong() -> None:
    reading = read_identifier("81140000437", "KZ-BIN", "KAZ", stored_number=True)
    assert reading.identifier == Identifier("KZ-BIN", "81140000437", False)
    assert reading.remark is not None


def test_an_exponent_is_written_out_only_where_it_hides_no_digit() -> None:
    assert read_identifier("9.40140000385E+11", "KZ-BIN", "KAZ").identifier == Identifier(
        "KZ-BIN", "940140000385", True
    )
    shortened = read_identifier("9,40E+11", "KZ-BIN", "KAZ")
    assert shortened.identifier is None
    assert shortened.remark is not None and shortened.remark.values["value"] == "9,40E+11"


def test_a_stored_number_of_more_than_fifteen_digits_has_lost_its_end() -> None:
    reading = read_identifier("913100001322076000", "CN-USCC", "CHN", stored_number=True)
    assert reading.identifier is None
    assert reading.remark is not None


def test_every_scheme_of_the_library_is_there() -> None:
    for scheme in STDNUM_MODULES:
        module = _module(scheme)
        assert callable(module.compact) and callable(module.is_valid), scheme
    assert {"KZ-BIN", "LEI", "OSID", "CID", "TAX"} <= SCHEMES


@given(
    text=st.text(max_size=25),
    scheme=st.sampled_from(sorted(SCHEMES)),
    country=st.sampled_from([None, "KAZ", "RUS", "GBR", "PAK"]),
)
def test_no_text_makes_it_fail(text: str, scheme: str, country: str | None) -> None:
    reading = read_identifier(text, scheme, country)
    assert reading.identifier is not None or reading.remark is not None
