from __future__ import annotations

import pytest

from fairlead.errors import NoHeaderFound
from fairlead.read import recognise
from fairlead.read.sheet import Sheet

LEIS = ["529900T8BM49AURSDO55", "213800WAVVOPS85N2205", "5493001KJTIIGC8Y1R12", "7LTWFZYICNSX8D621K86"]
BINS = ["081140000436", "020240000555", "941240000193", "940140000385"]


def used(rows: list[list[str]]) -> dict[str, str]:
    mapping = recognise(Sheet("list.csv", "", rows))
    return {use.heading: " ".join([*use.fields, *([use.scheme] if use.scheme else [])]) for use in mapping.columns}


def test_columns_without_a_telling_heading_are_recognised_by_their_values() -> None:
    rows = [["Firma", "Ülke", "Kod", "A", "B", "C", "D", "E"]]
    names = ["Acme Ltd", "Bela GmbH", "ТОО Ромашка", "Cargo Inc"]
    for name, country, lei, number in zip(names, ["Türkiye", "Germany", "Казахстан", "USA"], LEIS, BINS, strict=True):
        rows.append([name, country, lei, number, "43.238949", "76.945465", "1 000 ₸", "KZT"])
    assert used(rows) == {
        "Firma": "name",
        "Ülke": "country",
        "Kod": "identifiers LEI",
        "A": "identifiers KZ-BIN",
        "B": "latitude",
        "C": "longitude",
        "D": "spend",
        "E": "currency",
    }


def test_open_supply_hub_ids_are_found_under_id() -> None:
    ids = ["US20222223446TZ", "US2022222A7XX43"]
    rows = [["id", "name"], *([each, "Acme"] for each in [*ids, *ids])]
    assert used(rows)["id"] == "identifiers list_id OSID"


def test_a_plain_running_number_under_id_names_the_row() -> None:
    assert used([["id", "name"], ["1", "A"], ["2", "B"], ["3", "C"]])["id"] == "list_id"


def test_of_two_countries_the_names_are_taken_before_the_codes() -> None:
    rows = [["name", "country", "country_name"], ["A", "KZ", "Kazakhstan"], ["B", "CN", "China"], ["C", "US", "USA"]]
    assert used(rows) == {"name": "name", "country": "ignored", "country_name": "country"}


def test_of_two_countries_the_one_that_is_understood_is_taken() -> None:
    rows = [["name", "country", "country code"], ["A", "Ölkə 1", "KZ"], ["B", "Ölkə 2", "CN"], ["C", "Ölkə 3", "US"]]
    assert used(rows) == {"name": "name", "country": "ignored", "country code": "country"}


def test_an_address_that_ends_in_a_country_serves_as_country_too() -> None:
    rows = [
        ["FIRM", "ADDRESS"],
        ["3M", "905 Adams Street, Hutchinson, USA"],
        ["Acme", "1 Long Street, Shenzhen, China"],
    ]
    assert used(rows)["ADDRESS"] == "address country"


def test_a_location_that_ends_in_a_country_is_an_address_and_serves_as_country() -> None:
    rows = [["Mill name", "Location"], ["Acme", "Faisalabad, Pakistan"], ["Bela", "Urumqi, Xinjiang, China"]]
    assert used(rows) == {"Mill name": "name", "Location": "address country"}


def test_a_city_that_is_written_with_its_country_serves_as_country_too() -> None:
    rows = [["Supplier", "City"], ["Acme", "Dhaka, Bangladesh"], ["Bela", "Savar, Bangladesh"]]
    assert used(rows) == {"Supplier": "name", "City": "city country"}


def test_a_site_called_after_a_country_stays_a_site() -> None:
    rows = [["Supplier", "Site"], ["Acme", "Chad"], ["Bela", "Plant 2"]]
    assert used(rows) == {"Supplier": "name", "Site": "site"}


def test_one_column_of_coordinates_serves_two_fields() -> None:
    assert used([["Name", "GPS"], ["A", "43.2, 76.9"]])["GPS"] == "latitude longitude"


def test_a_sector_serves_as_product() -> None:
    assert used([["country", "name", "sector"], ["China", "A", "Apparel"]])["sector"] == "product"


def test_the_clean_or_legal_name_is_the_name_and_the_other_is_kept() -> None:
    rows = [["Name", "Clean Name", "Alias"], ["A (B)*", "A", "B"]]
    assert used(rows) == {"Name": "other_names", "Clean Name": "name", "Alias": "other_names"}


def test_names_in_several_languages_are_one_suppliers_names() -> None:
    rows = [["Наименование на русском", "Наименование на казахском", "Страна"], ["ТОО Заря", "ЖШС Заря", "РК"]]
    assert used(rows)["Наименование на казахском"] == "other_names"


def test_a_factory_beside_a_supplier_is_a_site() -> None:
    assert used([["Supplier", "Factory name"], ["Acme", "Plant 3"]]) == {"Supplier": "name", "Factory name": "site"}


def test_a_manufacturer_beside_a_supplier_is_not_another_name_of_it() -> None:
    assert used([["Supplier", "Manufacturer"], ["Acme", "Bela"]]) == {"Supplier": "name", "Manufacturer": "ignored"}


def test_a_general_name_beside_suppliers_is_what_they_supply() -> None:
    rows = [["№", "Наименование", "Поставщик", "Сумма"]]
    rows += [[str(n), f"Бумага {n}", f"ТОО Фирма {n}", "10,50"] for n in range(1, 6)]
    assert used(rows)["Наименование"] == "product"


def test_the_customers_identifiers_are_not_the_suppliers() -> None:
    rows = [
        ["Заказчик", "БИН заказчика", "Поставщик", "БИН поставщика"],
        ["Министерство", BINS[0], "ТОО Заря", BINS[1]],
    ]
    found = used(rows)
    assert found["БИН заказчика"] == "ignored"
    assert found["БИН поставщика"] == "identifiers KZ-BIN"
    assert (found["Заказчик"], found["Поставщик"]) == ("customer", "name")


def test_a_vendors_number_is_not_its_name() -> None:
    rows = [["Vendor", "Name 1", "Name 2", "Cty"], ["100001", "Acme", "GmbH", "DE"], ["100002", "Bela", "", "FR"]]
    assert used(rows) == {"Vendor": "ignored", "Name 1": "name", "Name 2": "ignored", "Cty": "country"}


def test_paths_of_flattened_contracting_data_are_understood() -> None:
    heading = ["buyer/name", "tender/title", "awards/0/suppliers/0/name", "awards/0/value/currency"]
    found = used([heading, ["Ministry", "Cleaning", "Acme LLP", "KZT"]])
    assert list(found.values()) == ["customer", "product", "name", "currency"]


def test_a_type_column_of_unknown_words_is_not_the_kind() -> None:
    rows = [["company", "type"], ["A", "cotton"], ["B", "other"], ["C", "seafood"]]
    assert used(rows)["type"] == "ignored"


def test_two_amounts_are_not_added_up() -> None:
    found = used([["Name", "Сумма без НДС", "Сумма с НДС"], ["A", "100,00", "112,00"]])
    assert sorted(found.values()) == ["ignored", "name", "spend"]


def test_the_decimals_and_the_currency_of_the_column_are_written_down() -> None:
    rows = [["Name", "Сумма, тыс. тг"], ["A", "1 234,50"], ["B", "1,234"]]
    (use,) = recognise(Sheet("list.csv", "", rows)).uses("spend")
    assert (use.currency, use.decimals, use.multiplier) == ("KZT", "comma", 1000)


def test_a_list_without_names_is_refused_with_advice() -> None:
    with pytest.raises(NoHeaderFound, match="names"):
        recognise(Sheet("list.csv", "", [["Country", "City"], ["KZ", "Almaty"]]))
