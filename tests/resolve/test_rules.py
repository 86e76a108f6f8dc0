"""One rule, one test: what merges, what a person decides, what stays apart."""

from __future__ import annotations

import pytest

from tests.resolve.lists import groups, reasons, resolved, row

ABAY_12 = {"address": "ул. Абая, д. 12", "city": "Алматы"}
ABAY_12_LATIN = {"address": "12 Abay st.", "city": "Almaty"}
BIN, OTHER_BIN = "970540000123", "051140004321"


def test_the_same_name_and_address_in_two_scripts_merge() -> None:
    result = resolved(row("a", "ТОО «Қызыл Алма»", **ABAY_12), row("b", "Qyzyl Alma LLP", **ABAY_12_LATIN))
    assert groups(result) == [["a", "b"]]
    assert result.review.num_rows == 0


def test_rows_that_agree_in_name_address_and_country_merge() -> None:
    result = resolved(row("a", "Қызыл Алма", address="Абая 12"), row("b", "Қызыл Алма", address="Абая 12"))
    assert groups(result) == [["a", "b"]]


def test_a_typing_error_in_the_name_merges_at_the_same_address() -> None:
    result = resolved(row("a", "Карлыгаш Текстиль", **ABAY_12), row("b", "Карлгаш Текстиль", **ABAY_12))
    assert groups(result) == [["a", "b"]]


def test_the_same_valid_number_merges_though_names_and_addresses_are_written_differently() -> None:
    result = resolved(
        row("a", "ТОО Карлыгаш Текстиль", number=BIN, **ABAY_12), row("b", "Karlygash", number=BIN, city="Astana")
    )
    assert groups(result) == [["a", "b"]]


def test_the_same_number_under_very_different_names_goes_to_a_person() -> None:
    result = resolved(
        row("a", "Карлыгаш", number=BIN, city="Алматы"), row("b", "Northern Bolts", number=BIN, city="Алматы")
    )
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Same {scheme} {value}, but very different names"]


def test_the_same_number_merges_a_name_in_letters_with_one_in_chinese_characters() -> None:
    result = resolved(
        row("a", "芜湖风云洲组件科技有限公司", number=BIN, address="清风湖路19号", city="芜湖"),
        row("b", "Wuhu Fengyunzhou Module Technology Co., Ltd.", number=BIN, city="Wuhu"),
    )
    assert groups(result) == [["a", "b"]]


def test_a_placeholder_number_shared_by_many_merges_none_of_them() -> None:
    names = ("Карлыгаш", "Бозторғай", "Северный болт", "Жұлдыз", "Нива Хлеб")
    result = resolved(*(row(f"r{at}", name, number=BIN, city="Алматы") for at, name in enumerate(names)))
    assert len(groups(result)) == len(names)
    assert set(reasons(result)) == {"Same {scheme} {value}, but very different names"}


def test_two_different_valid_numbers_never_merge() -> None:
    result = resolved(
        row("a", "Қызыл Алма", number=BIN, **ABAY_12), row("b", "Қызыл Алма", number=OTHER_BIN, **ABAY_12)
    )
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Same name and address, but different identification numbers ({scheme})"]


def test_an_invalid_number_counts_for_nothing() -> None:
    wrong = [{"scheme": "KZ-BIN", "value": "000000000000", "valid": False}]
    apart = resolved(row("a", "Карлыгаш", identifiers=wrong), row("b", "Northern Bolts", identifiers=wrong))
    assert (groups(apart), apart.review.num_rows) == ([["a"], ["b"]], 0)
    together = resolved(
        row("a", "Қызыл Алма", identifiers=wrong, **ABAY_12), row("b", "Қызыл Алма", number=BIN, **ABAY_12)
    )
    assert groups(together) == [["a", "b"]]


@pytest.mark.parametrize("place", [{}, {"city": "Алматы"}, {"city": "Алматы", "address": "г. Алматы"}])
def test_a_name_alone_never_merges(place: dict[str, str]) -> None:
    result = resolved(row("a", "ТОО Карлыгаш", **place), row("b", "ТОО Карлыгаш", **place))
    assert groups(result) == [["a"], ["b"]]
    assert result.review.num_rows == 1


def test_a_name_alone_never_merges_when_only_one_row_has_an_address() -> None:
    result = resolved(row("a", "ТОО Карлыгаш", city="Алматы"), row("b", "Karlygash LLP", **ABAY_12_LATIN))
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Same name, but nothing else to compare: no shared number and no two addresses"]


def test_the_same_name_and_city_and_customer_merge() -> None:
    result = resolved(
        row("a", "ТОО Карлыгаш", city="Алматы", customer="Қызыл Алма"),
        row("b", "Karlygash LLP", city="Almaty", customer="Qyzyl Alma"),
    )
    assert ["a", "b"] in groups(result)


def test_the_same_name_within_200_metres_merges() -> None:
    near = resolved(
        row("a", "ТОО Карлыгаш", latitude=43.2380, longitude=76.9450),
        row("b", "Karlygash LLP", latitude=43.2390, longitude=76.9455),
    )
    assert groups(near) == [["a", "b"]]
    far = resolved(
        row("a", "ТОО Карлыгаш", latitude=43.2380, longitude=76.9450),
        row("b", "Karlygash LLP", latitude=43.2580, longitude=76.9450),
    )
    assert groups(far) == [["a"], ["b"]]


def test_different_house_numbers_go_to_a_person() -> None:
    result = resolved(
        row("a", "Қызыл Алма", **ABAY_12), row("b", "Қызыл Алма", address="ул. Абая, д. 14", city="Алматы")
    )
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Similar name, but different house numbers: {left} and {right}"]


def test_different_units_of_a_building_go_to_a_person() -> None:
    result = resolved(
        row("a", "Қызыл Алма", address="ул. Абая, д. 12, оф. 5", city="Алматы"),
        row("b", "Қызыл Алма", address="ул. Абая, д. 12, оф. 7", city="Алматы"),
    )
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Similar name, but different units of the building: {left} and {right}"]


def test_different_numbers_in_the_name_go_to_a_person() -> None:
    result = resolved(row("a", "Карлыгаш фабрика 2", **ABAY_12), row("b", "Карлыгаш фабрика 3", **ABAY_12))
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Similar name, but different numbers in it: {left} and {right}"]


def test_different_legal_forms_go_to_a_person() -> None:
    result = resolved(row("a", "ТОО Карлыгаш", **ABAY_12), row("b", "ИП Карлыгаш", **ABAY_12))
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Similar name, but different legal forms"]


def test_different_countries_never_merge() -> None:
    result = resolved(row("a", "Karlygash", **ABAY_12), row("b", "Karlygash", **ABAY_12) | {"country": "KGZ"})
    assert groups(result) == [["a"], ["b"]]


def test_an_unknown_country_does_not_keep_two_rows_apart() -> None:
    result = resolved(row("a", "Karlygash", **ABAY_12), row("b", "Karlygash", **ABAY_12) | {"country": None})
    assert groups(result) == [["a", "b"]]


def test_the_same_name_in_another_city_is_another_party() -> None:
    result = resolved(
        row("a", "Карлыгаш", address="ул. Сейфуллина, 4", city="Алматы"),
        row("b", "Карлыгаш", address="ул. Кенесары, 70", city="Астана"),
    )
    assert (groups(result), result.review.num_rows) == ([["a"], ["b"]], 0)


def test_neighbours_that_share_only_a_trade_are_other_parties() -> None:
    result = resolved(row("a", "Шатық Текстиль", **ABAY_12), row("b", "Бозторғай Текстиль", **ABAY_12))
    assert groups(result) == [["a"], ["b"]]


def test_two_companies_of_one_group_under_one_roof_are_not_merged() -> None:
    result = resolved(row("a", "ТОО Алатау Мрамор", **ABAY_12), row("b", "ТОО Алатау Гранит", **ABAY_12))
    assert groups(result) == [["a"], ["b"]]


@pytest.mark.parametrize("name", ["ТОО", "LLC", "!!!"])
def test_a_name_of_nothing_but_a_legal_form_is_never_matched(name: str) -> None:
    result = resolved(row("a", name, **ABAY_12), row("b", name, **ABAY_12))
    assert (groups(result), result.review.num_rows) == ([["a"], ["b"]], 0)
    assert set(result.parties["name"].to_pylist()) == {name}


def test_another_name_of_a_supplier_counts_like_its_name() -> None:
    result = resolved(row("a", "Karlygash", other_names=["Ласточка"], **ABAY_12), row("b", "Ласточка", **ABAY_12))
    assert groups(result) == [["a", "b"]]


def test_a_group_that_would_hold_different_houses_is_cut() -> None:
    """The row without a house number fits both others, and those contradict each other."""
    result = resolved(
        row("a", "Қызыл Алма", address="ул. Сейфуллина, д. 12", city="Алматы", number=BIN),
        row("b", "Қызыл Алма", address="ул. Сейфуллина", city="Алматы"),
        row("c", "Қызыл Алма", address="ул. Сейфуллина, д. 14", city="Алматы"),
    )
    assert not any({"a", "c"} <= set(group) for group in groups(result))
    assert sorted(len(group) for group in groups(result)) == [1, 2]
    assert result.review.num_rows >= 1


def test_a_company_of_two_houses_is_one_party_with_two_sites_when_the_number_says_so() -> None:
    result = resolved(
        row("a", "Қызыл Алма", number=BIN, **ABAY_12),
        row("b", "Қызыл Алма", number=BIN, address="ул. Кенесары, д. 70", city="Астана"),
        row("c", "Қызыл Алма", **ABAY_12),
    )
    assert groups(result) == [["a", "b", "c"]]
    assert sorted(result.sites["row_ids"].to_pylist()) == [["a", "c"], ["b"]]


def test_a_range_of_houses_and_one_of_them_are_one_place() -> None:
    result = resolved(
        row("a", "Karlygash", address="27-31 Abay street"), row("b", "Karlygash", address="31 Abay street")
    )
    assert groups(result) == [["a", "b"]]


def test_a_suite_on_one_side_only_does_not_keep_two_rows_apart() -> None:
    result = resolved(
        row("a", "Karlygash", address="27-31 Abay street"), row("b", "Karlygash", address="27 Abay street, office 5")
    )
    assert groups(result) == [["a", "b"]]


def test_house_numbers_that_ran_together_do_not_contradict() -> None:
    result = resolved(
        row("a", "Karlygash", address="Abay street 99 101, Almaty"), row("b", "Karlygash", address="Abay street 99101")
    )
    assert reasons(result) != ["Similar name, but different house numbers: {left} and {right}"]


def test_a_room_and_the_floor_it_is_on_do_not_contradict() -> None:
    result = resolved(
        row("a", "Karlygash", address="12 Abay street, 2nd floor"),
        row("b", "Karlygash", address="12 Abay street, room 287"),
    )
    assert groups(result) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("plot 4, sector 25, Industrial Zone", "plot 4, sector 17, Industrial Zone"), ("10 2nd street", "10 6th street")],
)
def test_different_sectors_and_numbered_streets_never_merge(one: str, other: str) -> None:
    result = resolved(row("a", "Karlygash", address=one), row("b", "Karlygash", address=other))
    assert groups(result) == [["a"], ["b"]]


@pytest.mark.parametrize("name", ["K a r l y g a s h T e x t i l e", "KarlygashTextile", "Karly gash Text ile"])
def test_a_name_is_the_same_however_its_words_are_divided(name: str) -> None:
    result = resolved(row("a", "Karlygash Textile", **ABAY_12_LATIN), row("b", name, **ABAY_12_LATIN))
    assert groups(result) == [["a", "b"]]


def test_initials_and_cut_words_count_as_likeness_at_one_address() -> None:
    result = resolved(
        row("a", "Karlygash Children Development Institute", **ABAY_12_LATIN),
        row("b", "Karlygash Child Dev Inst", **ABAY_12_LATIN),
    )
    assert groups(result) == [["a", "b"]]


def test_the_same_address_alone_never_merges() -> None:
    result = resolved(row("a", "Karlygash Winery", **ABAY_12_LATIN), row("b", "Northern Bakery", **ABAY_12_LATIN))
    assert groups(result) == [["a"], ["b"]]


def test_the_name_of_its_own_country_makes_no_difference_to_an_address() -> None:
    result = resolved(
        row("a", "Karlygash", address="Sapa village, Kazakhstan"), row("b", "Karlygash", address="Sapa village")
    )
    assert groups(result) == [["a", "b"]]


def test_places_far_apart_go_to_a_person_though_the_addresses_read_alike() -> None:
    result = resolved(
        row("a", "Karlygash", **ABAY_12, latitude=43.2, longitude=76.9),
        row("b", "Karlygash", **ABAY_12, latitude=51.1, longitude=71.4),
    )
    assert groups(result) == [["a"], ["b"]]
    assert reasons(result) == ["Similar name and address, but more than 20 km apart"]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("杭州雁湖家具有限公司", "杭州市滨江工业园江滨路154号 邮编310000"),  # another house
        ("杭州远航家具有限公司", "杭州市滨江工业园江滨路105号 邮编310000"),  # a neighbour of the same trade
    ],
)
def test_names_and_addresses_without_spaces_are_told_apart(name: str, address: str) -> None:
    result = resolved(
        row("a", "杭州雁湖家具有限公司", address="杭州市滨江工业园江滨路105号 邮编310000"),
        row("b", name, address=address),
    )
    assert groups(result) == [["a"], ["b"]]
