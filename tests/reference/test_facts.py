"""What must be true of the facts themselves, against numbers that their publishers state."""

from __future__ import annotations

from collections import Counter

from fairlead.model.vocabulary import Indicator
from fairlead.reference import load_csv


def members(group: str) -> set[str]:
    return {row["iso3"] for row in load_csv("country_groups") if row["group"] == group}


def test_iso_3166_has_249_entries_and_kosovo_is_added() -> None:
    countries = load_csv("countries")
    assert sum(row["source_id"] == "country_codes" for row in countries) == 249
    assert [row["iso3"] for row in countries if row["source_id"] != "country_codes"] == ["XKX"]
    assert len({row["iso2"] for row in countries}) == 250


def test_there_are_57_osce_participating_states() -> None:
    assert len(members("osce")) == 57
    assert members("osce") == {row["iso3"] for row in load_csv("countries") if row["osce"] == "yes"}
    assert {"KAZ", "KGZ", "MNG", "TJK", "TKM", "UZB", "USA", "CAN", "VAT"} <= members("osce")


def test_groups_have_as_many_members_as_they_say() -> None:
    assert len(members("eu")) == 27
    assert len(members("oecd")) == 38
    assert len(members("g7")) == 7
    assert len(members("landlocked_developing")) == 32
    assert members("central_asia") == {"KAZ", "KGZ", "TJK", "TKM", "UZB"}


def test_every_country_but_antarctica_lies_in_a_region() -> None:
    regions = members("africa") | members("americas") | members("asia") | members("europe") | members("oceania")
    assert {row["iso3"] for row in load_csv("countries")} - regions == {"ATA", "XKX"}


def test_the_edition_of_2022_lists_467_pairs_of_good_and_country() -> None:
    listed = load_csv("goods_listed")
    assert len(listed) == 467
    assert len({row["good"] for row in listed}) == 169
    assert {row["edition"] for row in listed} == {"2022"}


def test_every_listed_pair_has_a_reason() -> None:
    flags = ("child_labour", "forced_labour", "forced_child_labour", "derived")
    for row in (*load_csv("goods_listed"), *load_csv("goods_listed_history")):
        assert "yes" in {row[flag] for flag in flags}, row
        assert (row["derived"] == "yes") == bool(row["derived_iso3"]), row


def test_derived_goods_are_traced_to_where_the_input_comes_from() -> None:
    derived = {
        (row["good"], row["iso3"]): row["derived_iso3"] for row in load_csv("goods_listed") if row["derived_iso3"]
    }
    assert derived["lithium_ion_batteries", "CHN"] == "COD"
    assert derived["solar_modules", "CHN"] == "CHN"
    assert len(derived) == 10


def test_earlier_editions_are_those_of_2016_2018_and_2020() -> None:
    rows = Counter(row["year"] for row in load_csv("goods_listed_history"))
    assert rows == {"2016": 379, "2018": 418, "2020": 438}


def test_uzbek_cotton_was_picked_freely_from_2021_on_and_left_the_list_in_2022() -> None:
    def listed(table: str) -> set[str]:
        return {row["edition"] for row in load_csv(table) if (row["good"], row["iso3"]) == ("cotton", "UZB")}

    assert listed("goods_listed_history") == {"2016", "2018", "2020"}
    assert listed("goods_listed") == set()
    imposed = [row for row in load_csv("state_imposed") if row["iso3"] == "UZB"]
    assert [(row["good"], row["to_year"]) for row in imposed] == [("cotton", "2021")]


def test_the_indicators_are_the_ilo_s_eleven_in_its_order() -> None:
    rows = sorted(load_csv("indicators"), key=lambda row: int(row["number"]))
    assert [row["indicator"] for row in rows] == [indicator.value for indicator in Indicator]
    assert [int(row["number"]) for row in rows] == list(range(1, 12))


def test_the_harmonized_system_of_2022_has_the_codes_that_the_wco_counts() -> None:
    lengths = Counter(len(row["code"]) for row in load_csv("hs2022"))
    assert lengths == {2: 96, 4: 1228, 6: 5612}


def test_isic_4_has_21_sections_88_divisions_238_groups_419_classes() -> None:
    lengths = Counter(len(row["code"]) for row in load_csv("isic4"))
    assert lengths == {1: 21, 2: 88, 3: 238, 4: 419}
    assert {row["parent"] for row in load_csv("isic4") if row["code"] in {"01", "03"}} == {"A"}


def test_the_cpv_of_2008_has_9454_codes_in_45_divisions() -> None:
    codes = load_csv("cpv")
    assert len(codes) == 9454
    assert len({row["code"][:2] for row in codes}) == 45
    assert [row["code"] for row in codes if not (row["title_en"] and row["title_ru"])] == []


def test_every_heading_and_subheading_has_one_industry() -> None:
    coded = {row["code"] for row in load_csv("hs2022") if len(row["code"]) > 2}
    industries = load_csv("hs_isic4")
    assert {row["hs"] for row in industries} == coded
    assert len(industries) == len(coded)
    assert {len(row["isic"]) for row in industries} == {4}


def test_goods_made_where_they_are_known_to_be_made() -> None:
    industry = {row["hs"]: row["isic"] for row in load_csv("hs_isic4")}
    assert industry["520100"] == "0116"  # cotton: growing of fibre crops
    assert industry["854143"] == "2610"  # photovoltaic modules: electronic components
    assert industry["620342"] == "1410"  # cotton trousers: wearing apparel
    assert industry["810520"] == "2420"  # cobalt: basic precious and other non-ferrous metals
    assert industry["270900"] == "0610"  # crude petroleum


def test_every_cpv_division_has_industries_the_closest_first() -> None:
    ranks: dict[str, list[int]] = {}
    for row in load_csv("cpv_isic4"):
        ranks.setdefault(row["cpv"], []).append(int(row["rank"]))
    assert set(ranks) == {row["code"][:2] for row in load_csv("cpv")}
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in ranks.values())


def test_tiers_are_those_of_the_years_that_the_pack_has() -> None:
    years = {row["year"] for row in load_csv("tip_tiers")}
    assert years == {str(year) for year in (*range(2001, 2016), 2025)}
    latest = {row["iso3"]: row["tier"] for row in load_csv("tip_tiers") if row["year"] == "2025"}
    assert latest["PRK"] == "3"
    assert latest["SXM"] == latest["MAC"] == "3"
    assert latest["LCA"] == "2WL"
    assert {iso3 for iso3, tier in latest.items() if tier == "special"} == {"HTI", "LBY", "SOM", "YEM"}


def test_the_watch_list_began_in_2004() -> None:
    assert min(row["year"] for row in load_csv("tip_tiers") if row["tier"] == "2WL") == "2004"


def test_the_worst_forms_of_child_labour_convention_is_ratified_by_all_187_members() -> None:
    assert sum(row["convention"] == "C182" for row in load_csv("conventions")) == 187


def test_a_denounced_convention_is_not_a_ratified_one() -> None:
    ratified = {(row["iso3"], row["convention"]) for row in load_csv("conventions")}
    assert not {("MYS", "C105"), ("SGP", "C105")} & ratified


def test_no_convention_was_ratified_before_it_was_adopted() -> None:
    adopted = {
        "C029": 1930, "C087": 1948, "C097": 1949, "C098": 1949, "C100": 1951, "C105": 1957, "C111": 1958, "C138": 1973,
        "C143": 1975, "C155": 1981, "C181": 1997, "C182": 1999, "C187": 2006, "C189": 2011, "P029": 2014,
    }  # fmt: skip
    too_early = [row for row in load_csv("conventions") if int(row["year"]) < adopted[row["convention"]]]
    assert too_early == []


def test_governance_has_six_indicators_each_within_the_scale() -> None:
    rows = load_csv("governance")
    assert len({row["indicator"] for row in rows}) == 6
    assert {row["year"] for row in rows} == {"2015", "2019"}
    assert all(-3.5 < float(row["estimate"]) < 3.5 and 0 < float(row["standard_error"]) < 1.5 for row in rows)
    assert {"XKX", "PSE", "COD", "ROU"} <= {row["iso3"] for row in rows}


def test_an_import_ban_names_a_party_or_a_good_of_a_place() -> None:
    for ban in load_csv("import_bans"):
        assert (ban["scope"] == "entity") == bool(ban["entity_kind"]), ban["ban_id"]
        assert ban["scope"] == "entity" or ban["good"], ban["ban_id"]
        assert (ban["status"] == "active") != bool(ban["status_date"]), ban["ban_id"]


def test_goods_banned_by_place_include_cotton_from_turkmenistan_and_xinjiang() -> None:
    banned = {(ban["iso3"], ban["region"], ban["good"]) for ban in load_csv("import_bans") if ban["scope"] != "entity"}
    assert {("TKM", "", "cotton"), ("CHN", "Xinjiang", "cotton"), ("ZWE", "Marange", "diamonds")} <= banned


def test_orders_that_were_lifted_for_a_party_are_not_called_active() -> None:
    status = {ban["entity"]: ban["status"] for ban in load_csv("import_bans")}
    assert status["Natchi Apparel"] == status["Top Glove Corporation Bhd"] == "modified"


def test_aliases_are_kept_apart_from_the_name() -> None:
    names = {ban["entity"]: ban["other_names"] for ban in load_csv("import_bans")}
    assert names["Yunnan Machinery"] == "Golden Horse (JinMa) Diesel Factory; Yunnan 1st Prison"
    assert not [name for name in names if "a/k/a" in name]


def test_what_a_transcription_says_is_not_called_checked() -> None:
    for name in ("import_bans", "tip_tiers", "conventions", "governance"):
        assert {row["checked"] for row in load_csv(name)} == {"no"}, name
