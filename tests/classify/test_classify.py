"""What a row sells, by code, by words, by name, or not known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.classify import classify
from fairlead.classify.codes import sector_of_isic
from fairlead.model.schemas import CLASSIFICATION, ROW
from fairlead.read import read_suppliers
from fairlead.reference import load_csv

Classified = Callable[..., dict[str, Any] | None]


@pytest.mark.parametrize(
    ("product", "good"),
    [
        ("Cotton", "cotton"),
        ("Supply of solar modules", "solar_modules"),
        ("Поставка солнечных модулей", "solar_modules"),
        ("Пошив и поставка спецодежды", "workwear"),
        ("хлопка-сырца", "cotton"),
        ("Күн модульдерін жеткізу және орнату", "solar_modules"),
        ("мақта", "cotton"),
        ("fourniture de panneaux solaires", "solar_modules"),
        ("coton brut", "cotton"),
        ("bricks", "bricks"),
        ("rubber gloves", "rubber_gloves"),
        ("crude palm oil", "crude_palm_oil"),
        ("charcoal", "charcoal"),
        ("Респираторы, маски", "medical_textiles"),
        ("Брезент, тенты", "textiles"),
        ("Viande de boeuf", "beef"),
    ],
)
def test_a_good_is_known_by_its_words_in_four_languages(classified: Classified, product: str, good: str) -> None:
    found = classified(product=product)
    assert found is not None
    assert (found["good"], found["basis"]) == (good, "text")


@pytest.mark.parametrize(
    ("product", "sector"),
    [
        ("Cleaning of office premises", "cleaning"),
        ("Услуги по уборке помещений", "cleaning"),
        ("Ғимараттарды тазалау қызметтері", "cleaning"),
        ("Services de nettoyage de bureaux", "cleaning"),
        ("Construction works", "construction"),
        ("Строительно-монтажные работы", "construction"),
        ("Мектеп ғимаратын күрделі жөндеу", "construction"),
        ("Прокладка труб", "construction"),
        ("Бөлмелерді жинау", "cleaning"),
        ("Outstaffing of personnel", "labour_recruitment"),
        ("Предоставление персонала (аутстаффинг)", "labour_recruitment"),
        ("Жұмыс күшін ұсыну қызметтері", "labour_recruitment"),
        ("Services de gardiennage et sécurité", "security"),
    ],
)
def test_a_service_is_known_by_its_words_in_four_languages(classified: Classified, product: str, sector: str) -> None:
    found = classified(product=product)
    assert found is not None
    assert (found["good"], found["sector"]) == (None, sector)


@pytest.mark.parametrize("product", ["Goldman training", "Seattle office", "tbc", "—", "various", "прочее"])
def test_what_is_no_term_is_not_guessed_at(classified: Classified, product: str) -> None:
    found = classified(product=product)
    assert found is None or found["good"] is None


def test_what_a_thing_is_for_does_not_decide_what_it_is(classified: Classified) -> None:
    found = classified(product="Кабель для солнечных станций")
    assert found is not None
    assert found["sector"] == "electrical_equipment"


@pytest.mark.parametrize(
    ("product", "good"),
    [
        ("Уголь для отопления школ", "coal"),
        ("Мектептерді жылытуға арналған көмір", "coal"),
        ("Солнечная станция на крыше школы", "solar_modules"),
        ("Cables, gold plated", "electric_cables"),
    ],
)
def test_purpose_place_and_finish_do_not_decide(classified: Classified, product: str, good: str) -> None:
    found = classified(product=product)
    assert found is not None
    assert found["good"] == good


@pytest.mark.parametrize("product", ["Gold plated connectors", "Whiteboards for schools", "Selon cahier des charges"])
def test_an_unknown_thing_does_not_take_the_trade_of_what_stands_beside_it(
    classified: Classified, product: str
) -> None:
    assert classified(product=product) is None


def test_a_contract_for_a_service_is_that_service(classified: Classified) -> None:
    found = classified(product="Contract for cleaning")
    assert found is not None
    assert found["sector"] == "cleaning"


@pytest.mark.parametrize(
    ("product", "good"),
    [
        ("Workwear, cotton", "workwear"),
        ("Ткань хлопчатобумажная", "textiles"),
        ("Пряжа хлопчатобумажная", "thread_yarn"),
        ("Tissu en coton", "textiles"),
    ],
)
def test_what_is_made_of_cotton_is_not_raw_cotton(classified: Classified, product: str, good: str) -> None:
    found = classified(product=product)
    assert found is not None
    assert found["good"] == good


@pytest.mark.parametrize(
    "product",
    [
        "Установка окон",
        "Терезе орнату",
        "Repair of the school roof",
        "Замена кровли детского сада",
        "Réfection du toit",
    ],
)
def test_work_on_a_building_is_construction(classified: Classified, product: str) -> None:
    found = classified(product=product)
    assert found is not None
    assert found["sector"] == "construction"


def test_repair_of_equipment_in_a_building_is_not_construction(classified: Classified) -> None:
    found = classified(product="Ремонт оборудования школы")
    assert found is not None
    assert found["sector"] == "repair_installation"


@pytest.mark.parametrize("product", ["Other services", "Services", "Prestations de services"])
def test_a_service_without_a_name_is_unknown(classified: Classified, product: str) -> None:
    assert classified(product=product) is None


def test_cleaning_products_are_not_cleaning(classified: Classified) -> None:
    found = classified(product="cleaning products")
    assert found is None or found["sector"] != "cleaning"


def test_an_hs_code_decides_before_words(classified: Classified) -> None:
    found = classified(hs="854143", product="goods as per contract")
    assert found is not None
    assert (found["good"], found["sector"], found["basis"], found["matched"]) == (
        "solar_modules",
        "solar_manufacturing",
        "code",
        "854143",
    )


@pytest.mark.parametrize("cpv", ["90910000-9", "90910000", "9091"])
def test_a_cpv_code_is_read_with_and_without_its_check_digit(classified: Classified, cpv: str) -> None:
    found = classified(cpv=cpv)
    assert found is not None
    assert found["sector"] == "cleaning"


@pytest.mark.parametrize("isic", ["8121", "N8121", "812"])
def test_an_isic_code_is_read_with_and_without_its_section(classified: Classified, isic: str) -> None:
    found = classified(isic=isic)
    assert found is not None
    assert (found["sector"], found["isic"]) == ("cleaning", isic)


def test_every_isic_class_belongs_to_a_sector() -> None:
    classes = [row["code"] for row in load_csv("isic4") if len(row["code"]) == 4 and row["code"].isdigit()]
    assert [code for code in classes if sector_of_isic(code) is None] == []


def test_a_name_tells_the_trade_only_where_the_list_says_nothing_of_the_product(classified: Classified) -> None:
    by_name = classified(name="Fictional River Garments Ltd")
    assert by_name is not None
    assert (by_name["sector"], by_name["basis"], by_name["confidence"]) == ("garments", "name", 0.4)
    assert classified(name="Fictional River Garments Ltd", product="xyzzy") is None


def test_a_surname_or_place_in_a_name_is_no_trade(classified: Classified) -> None:
    assert classified(name="Goldstein & Rice Partners") is None


def test_a_labour_provider_recruits(classified: Classified) -> None:
    found = classified(kind="labour_provider")
    assert found is not None
    assert found["sector"] == "labour_recruitment"


@given(st.lists(st.sampled_from(["cotton", "solar modules", "услуги охраны", "nothing"]), max_size=8), st.randoms())
def test_the_order_of_rows_does_not_matter(products: list[str], random: Any) -> None:
    rows = [{"row_id": f"row_{number}", "name": "X", "product": product} for number, product in enumerate(products)]
    shuffled = random.sample(rows, len(rows))
    one, other = (classify(pa.Table.from_pylist(part, schema=ROW)) for part in (rows, shuffled))
    assert one.sort_by("row_id").equals(other.sort_by("row_id"))


@given(st.sampled_from(["cotton", "солнечные модули", "rubber gloves"]), st.text("bcdfgхцщ", min_size=6, max_size=9))
def test_words_that_are_no_terms_change_nothing(product: str, word: str) -> None:
    rows = [{"row_id": "row_1", "product": product}, {"row_id": "row_2", "product": f"{product} {word}"}]
    one, other = classify(pa.Table.from_pylist(rows, schema=ROW)).to_pylist()
    assert (one["good"], one["sector"]) == (other["good"], other["sector"])


def test_an_empty_list_gives_an_empty_table() -> None:
    assert classify(ROW.empty_table()).schema == CLASSIFICATION


def test_the_sector_column_of_real_lists_is_understood(real_data: Path) -> None:
    rows = read_suppliers(sorted((real_data / "facilities").glob("os_hub_list_*.csv"))).rows
    stated = sum(product is not None for product in rows.column("product").to_pylist())
    assert classify(rows).num_rows >= 0.95 * stated
