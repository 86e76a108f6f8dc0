from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from fairlead.model.ids import BUYER_ID
from fairlead.model.message import Message
from fairlead.model.schemas import CLASSIFICATION, EVIDENCE
from fairlead.risk import context_evidence, shipped_cards
from tests.risk.make import AS_OF, TABLES, link, links, parties, party, site, sites


def found(one: dict[str, Any], *chain: dict[str, Any], at: tuple[dict[str, Any], ...] = (), **values: Any) -> Any:
    """The evidence rows about one party, by finding; several of one finding in a list."""
    values = {"tables": TABLES, "as_of": AS_OF} | values
    table = context_evidence(parties(one), sites(*at), links(*chain), **values)
    assert table.schema.equals(EVIDENCE)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        rows.setdefault(row["finding"], []).append(row)
    return rows


def test_the_latest_tier_known_on_the_day_is_taken() -> None:
    now = found(party(country="TKM"))["country_tip_tier"][0]
    then = found(party(country="TKM"), as_of=date(2025, 6, 30))["country_tip_tier"][0]
    assert (now["value"], now["event_date"], now["locator"]) == ("3", "2025", "tip_tiers: TKM 2025")
    assert (then["value"], then["event_date"]) == ("2WL", "2015")
    assert "country_tip_tier" not in found(party(country="TKM"), as_of=date(2014, 1, 1))


@pytest.mark.parametrize(("country", "quarter"), [("DEU", "q1"), ("CHN", "q2"), ("KAZ", "q3"), ("TKM", "q4")])
def test_rule_of_law_is_told_by_the_quarter_among_the_countries_of_the_year(country: str, quarter: str) -> None:
    assert found(party(country=country))["country_rule_of_law"][0]["value"] == quarter


def test_conventions_that_are_not_ratified_are_named_and_countries_without_a_record_are_not_accused() -> None:
    row = found(party(country="TKM"))["country_conventions"][0]
    assert row["value"] == "P029|C105"
    assert "country_conventions" not in found(party(country="DEU"))
    assert "country_conventions" not in found(party(country="KAZ"))


def test_a_listed_pair_of_good_and_country_is_found_with_its_source() -> None:
    rows = found(party(country="TKM"), link(good="cotton"))
    assert rows["good_forced_labour_listed"][0]["source_id"] == "test"
    assert rows["good_forced_labour_listed"][0]["edition"] == "2022"
    assert rows["good_child_labour_listed"][0]["locator"] == "goods_listed: cotton TKM"
    assert rows["good_listed_elsewhere"][0]["value"] == "2-3"
    assert "good_forced_labour_listed" not in found(party(country="CHN"), link(good="toys"))


def test_a_listed_input_is_possible_upstream_exposure() -> None:
    chinese = found(party(country="CHN"), link(good="solar_modules"))["good_input_listed"]
    german = found(party(country="DEU"), link(good="solar_modules"))["good_input_listed"]
    assert [row["value"] for row in chinese] == ["derived", "same_country"]
    assert [row["value"] for row in german] == ["one_other_country"]
    assert "Possible upstream exposure" in german[0]["text"]["template"]
    assert dict(german[0]["text"]["values"]) == {"good": "solar_modules", "input": "polysilicon", "country": "CHN"}


def test_an_input_made_with_state_imposed_labour_of_the_same_country_is_told_as_such() -> None:
    turkmen = found(party(country="TKM"), link(good="garments"))["good_input_listed"]
    indian = found(party(country="IND"), link(good="garments"))["good_input_listed"]
    german = found(party(country="DEU"), link(good="garments"))["good_input_listed"]
    assert [row["value"] for row in (*turkmen, *indian, *german)] == [
        "state_imposed",
        "same_country",
        "other_countries",
    ]
    assert dict(german[0]["text"]["values"])["count"] == "3"


def test_a_good_from_an_unknown_country_still_has_its_listings_elsewhere() -> None:
    rows = found(party(), link(good="cotton"))
    assert rows["good_listed_elsewhere"][0]["value"] == "2-3"
    assert "good_forced_labour_listed" not in rows


def test_a_region_with_state_imposed_labour_is_found_in_the_address() -> None:
    rows = found(party(), link(good="cotton"), at=(site(region="Синьцзян", country=None),))
    assert [row["locator"] for row in rows["state_imposed_region"]] == [
        "state_imposed: CHN Xinjiang",
        "state_imposed: CHN Xinjiang cotton",
    ]
    assert rows["good_forced_labour_listed"][0]["locator"] == "goods_listed: cotton CHN"


def test_labour_imposed_in_a_whole_country_that_has_ended_is_told_with_its_year() -> None:
    ended = replace(TABLES, state_imposed=tuple({**row, "to_year": "2020"} for row in TABLES.state_imposed))
    row = found(party(country="PRK"), tables=ended)["state_imposed_region"][0]
    assert (row["value"], row["event_date"]) == ("country_ended", "2020")
    assert dict(row["text"]["values"]) == {"country": "PRK", "year": "2020"}


def test_an_end_that_is_still_to_come_is_not_known_on_the_day() -> None:
    ends = replace(TABLES, state_imposed=tuple({**row, "to_year": "2025"} for row in TABLES.state_imposed))
    row = found(party(country="PRK"), tables=ends, as_of=date(2019, 1, 1))["state_imposed_region"][0]
    assert (row["value"], row["event_date"]) == ("country", "2017")


def test_a_state_imposed_good_counts_only_from_its_country_and_while_it_lasts() -> None:
    assert found(party(country="TKM"), link(good="cotton"))["good_state_imposed"][0]["value"] == "in_force"
    assert found(party(country="UZB"), link(good="cotton"))["good_state_imposed"][0]["value"] == "ended"
    before = found(party(country="UZB"), link(good="cotton"), as_of=date(2021, 5, 1))
    assert before["good_state_imposed"][0]["value"] == "in_force"
    assert "good_state_imposed" not in found(party(country="KAZ"), link(good="cotton"))
    assert "good_state_imposed" not in found(party(country="TKM"), link(good="cotton"), as_of=date(2017, 1, 1))


def test_a_country_with_state_imposed_labour_is_told_as_a_country() -> None:
    row = found(party(country="PRK"))["state_imposed_region"][0]
    assert row["value"] == "country"
    assert dict(row["text"]["values"]) == {"country": "PRK"}


def test_the_place_of_the_sites_comes_before_the_country_of_the_firm() -> None:
    rows = found(party(country="DEU"), at=(site(country="TKM"),))
    assert {row["cluster_key"] for row in rows["country_tip_tier"]} == {"country:TKM"}


def test_the_classifications_confidence_goes_with_good_and_sector() -> None:
    classification = pa.Table.from_pylist(
        [{"row_id": "row_pty_a", "good": "cotton", "sector": "textiles", "confidence": 0.55}], schema=CLASSIFICATION
    )
    chain = link(good="cotton", sector="textiles")
    sure = found(party(country="TKM"), chain, classification=classification)
    assert sure["good_forced_labour_listed"][0]["confidence"] == 0.55
    assert sure["sector_exposure"][0]["confidence"] == 0.55
    assert sure["country_tip_tier"][0]["confidence"] == 1.0
    assert found(party(country="TKM"), chain)["good_forced_labour_listed"][0]["confidence"] == 0.8


def test_workforce_and_labour_provider_come_from_the_supplier_list_with_its_rows() -> None:
    recruits = link("pty_x", kind="recruits_for", to_id="pty_a", tier=None)
    rows = found(party(workforce=["migrant", "tied_visa"]), recruits)
    assert rows["workforce_migrant"][0]["source_id"] == "supplier_list"
    assert rows["workforce_tied_visa"][0]["locator"] == "row_pty_a"
    assert rows["labour_provider_used"][0]["visibility"] == "organisation"


def test_a_labour_provider_has_the_sector_of_its_kind() -> None:
    rows = found(party(kind="labour_provider"))
    assert dict(rows["sector_exposure"][0]["text"]["values"])["sector"] == "labour_recruitment"


def test_an_identifier_that_fails_its_check_is_named_by_its_scheme_and_never_by_its_digits() -> None:
    bad = {"scheme": "KZ-BIN", "value": "600540013187", "valid": False}
    good = {"scheme": "LEI", "value": "ZZZZ00FICTION0007444", "valid": True}
    rows = found(party(identifiers=[bad, good]))
    assert [row["value"] for row in rows["identifier_invalid"]] == ["KZ-BIN"]
    assert "600540013187" not in str(rows["identifier_invalid"])


def test_nothing_is_said_of_the_assessing_organisation() -> None:
    assert found(party(BUYER_ID, country="TKM")) == {}


def test_every_sentence_has_a_value_for_each_of_its_placeholders() -> None:
    import string  # noqa: PLC0415

    rows = found(
        party(country="CHN", workforce=["migrant"]),
        link(good="cotton", sector="textiles"),
        link(good="solar_modules", sector="solar_manufacturing"),
        at=(site(country="CHN", city="Hotan"), site(country="TKM"), site(country="UZB"), site(country="PRK")),
    )
    for row in (row for each in rows.values() for row in each):
        told = Message.from_arrow(row["text"])
        needed = {name for _, name, _, _ in string.Formatter().parse(told.template) if name}
        assert needed == set(told.values), row["finding"]


def test_ids_are_unique_and_the_same_in_every_run() -> None:
    one, again = (
        [row["evidence_id"] for each in found(party(country="CHN"), link(good="cotton")).values() for row in each]
        for _ in range(2)
    )
    assert one == again
    assert len(set(one)) == len(one)


def test_every_finding_has_a_card() -> None:
    rows = found(party(country="TKM", workforce=["migrant"]), link(good="cotton", sector="textiles"))
    assert set(rows) <= set(shipped_cards())
