from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.model.ids import BUYER_ID
from fairlead.model.schemas import RATING
from fairlead.risk import MODEL_VERSION, ReferenceTables, context_evidence, rate, shipped_cards, shipped_parameters
from fairlead.risk.parameters import logit
from tests.risk.make import AS_OF, TABLES, evidence, evidences, link, links, parties, party, site, sites

CARDS = shipped_cards()
PARAMETERS = shipped_parameters()
COTTON = link(good="cotton")


def rated(*rows: dict[str, Any], as_of: date = AS_OF, **values: Any) -> dict[str, Any]:
    """The rating of one party that delivers cotton, from these evidence rows."""
    one = parties(party(country="KAZ"))
    return rate(one, links(COTTON), evidences(*rows), as_of, **values).to_pylist()[0]


def years_ago(years: float) -> str:
    return (AS_OF - timedelta(days=years * 365.25)).isoformat()


def published_example(*more: dict[str, Any]) -> dict[str, Any]:
    """The worked example of the method's explanation, on its own starting point and cards."""
    parameters = replace(
        PARAMETERS,
        prior=replace(PARAMETERS.prior, log_odds=logit(0.0106), ln_sd=0.6),
        missing=dict.fromkeys(PARAMETERS.missing, 0.0),
        combine=replace(PARAMETERS.combine, context_ceiling=(0.999, 0.9999)),
    )
    cards = {
        **CARDS,
        **{
            key: replace(
                CARDS[key], levels={"": replace(CARDS[key].levels[""], lr=lr, ln_sd=sd, half_life_years=half_life)}
            )
            for key, lr, sd, half_life in (
                ("good_forced_labour_listed", 20, 0.5, 6.0),
                ("recruitment_debt_reported", 2.4, 0.3, 2.0),
                ("fees_above_one_month_wage", 2.0, 0.3, 2.0),
                ("documents_held", 2.0, 0.4, 2.0),
            )
        },
    }
    half_a_year = years_ago(0.5)
    rows = (
        evidence("good_forced_labour_listed", event_date=years_ago(1), cluster_key="ilab"),
        evidence("recruitment_debt_reported", event_date=half_a_year, cluster_key="debt"),
        evidence("fees_above_one_month_wage", event_date=half_a_year, cluster_key="debt"),
        evidence("documents_held", event_date=half_a_year, cluster_key="docs"),
        evidence(
            "audit_announced_clean",
            event_date=half_a_year,
            cluster_key="audit",
            polarity="mitigates",
            asserted_by="auditor",
        ),
    )
    return rated(*rows, *more, cards=cards, parameters=parameters)


def test_the_worked_example_gives_the_published_terms_probability_and_interval() -> None:
    rating = published_example()
    nats = {term["name"]: round(term["nats"], 2) for term in rating["terms"]}
    assert nats == {
        "prior": -4.54,
        "good_forced_labour_listed": 2.67,
        "recruitment_debt_reported": 0.74,
        "fees_above_one_month_wage": 0.29,
        "documents_held": 0.58,
        "audit_announced_clean": -0.07,
    }
    assert sum(term["nats"] for term in rating["terms"]) == pytest.approx(-0.33, abs=0.005)
    assert rating["p"] == pytest.approx(0.418, abs=0.001)
    assert (rating["p_low"], rating["p_high"]) == pytest.approx((0.145, 0.753), abs=0.005)


def test_the_worked_example_with_fees_repaid_gives_the_published_probability_and_interval() -> None:
    repaid = evidence(
        "fees_repaid_confirmed",
        event_date=years_ago(0.2),
        polarity="mitigates",
        asserted_by="self",
        verified_by="union",
        cluster_key="repaid",
    )
    rating = published_example(repaid)
    assert rating["p"] == pytest.approx(0.212, abs=0.002)
    assert (rating["p_low"], rating["p_high"]) == pytest.approx((0.05, 0.56), abs=0.01)


@pytest.mark.parametrize(("dependence", "expected"), [(0.0, 0.998), (0.5, 0.088), (0.8, 0.041)])
def test_ten_copies_of_one_report_weigh_what_the_method_publishes(dependence: float, expected: float) -> None:
    parameters = replace(
        PARAMETERS,
        prior=replace(PARAMETERS.prior, log_odds=logit(0.0106)),
        combine=replace(PARAMETERS.combine, dependence=dependence, cluster_cap=100, supplier_cap=100),
    )
    copies = [
        evidence("specific_allegation", cluster_key="one report", event_date=AS_OF.isoformat(), locator=f"copy {n}")
        for n in range(10)
    ]
    assert rated(*copies, parameters=parameters)["p"] == pytest.approx(expected, abs=0.001)


def test_ten_independent_looking_copies_are_held_by_the_caps() -> None:
    copies = [evidence("specific_allegation", cluster_key=f"c{n}", event_date=AS_OF.isoformat()) for n in range(10)]
    terms = rated(*copies)["terms"]
    assert sum(term["nats"] for term in terms if term["name"] != "prior") == pytest.approx(6.0)


# ---- properties --------------------------------------------------------------------------------------------------

SUPPORTING = [
    key for key, card in CARDS.items() if all(level.lr >= 1 for level in card.levels.values()) and not card.rule
]
LOWERING = [key for key, card in CARDS.items() if card.group == "mitigation"]


@st.composite
def rows(draw: st.DrawFn, findings: list[str], polarity: str) -> dict[str, Any]:
    key = draw(st.sampled_from(findings))
    return evidence(
        key,
        polarity=polarity,
        value=draw(st.sampled_from(sorted(CARDS[key].levels))),
        asserted_by=draw(st.sampled_from(["public_list", "union", "press", "self"])),
        verified_by=draw(st.sampled_from([None, "union"])),
        event_date=draw(st.sampled_from([None, "2019", "2025-06", "2026-11-24", "2027"])),
        cluster_key=draw(st.sampled_from([None, "a", "b", "country:KAZ", "country:CHN"])),
        confidence=draw(st.sampled_from([0.0, 0.3, 0.7, 1.0])),
        locator=str(draw(st.integers(0, 5))),
    )


country_rows = rows(["country_tip_tier", "country_rule_of_law"], "contradicts")
any_rows = st.lists(st.one_of(rows(SUPPORTING, "supports"), rows(LOWERING, "mitigates"), country_rows), max_size=12)


@given(any_rows, rows(SUPPORTING, "supports"))
@settings(max_examples=80, deadline=None)
def test_more_supporting_evidence_never_lowers_the_probability(
    before: list[dict[str, Any]], one: dict[str, Any]
) -> None:
    assert rated(*before, one)["p"] >= rated(*before)["p"] - 1e-12


@given(any_rows, rows(LOWERING, "mitigates"))
@settings(max_examples=80, deadline=None)
def test_mitigation_never_raises_the_probability(before: list[dict[str, Any]], one: dict[str, Any]) -> None:
    assert rated(*before, one)["p"] <= rated(*before)["p"] + 1e-12


@given(any_rows, st.booleans())
@settings(max_examples=80, deadline=None)
def test_the_terms_add_up_to_the_log_odds(before: list[dict[str, Any]], listed: bool) -> None:
    rating = rated(*before, *([evidence("listed_import_ban")] if listed else []))
    assert sum(term["nats"] for term in rating["terms"]) == pytest.approx(logit(rating["p"]), abs=1e-9)
    assert rating["p_low"] < rating["p"] < rating["p_high"]


@given(any_rows, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_evidence_and_copies_of_a_row_do_not_matter(
    before: list[dict[str, Any]], shuffle: Any
) -> None:
    after = [*before, *before[:2]]
    shuffle.shuffle(after)
    assert rated(*after) == rated(*before)


@given(any_rows)
@settings(max_examples=50, deadline=None)
def test_what_is_known_of_place_good_and_sector_never_reaches_the_highest_band(before: list[dict[str, Any]]) -> None:
    context = [row for row in before if CARDS[row["finding"]].knowledge == "context"]
    assert rated(*context)["band"] != "very_high"


# ---- rules, polarity, time ---------------------------------------------------------------------------------------


def test_a_name_on_an_import_ban_is_never_shown_below_the_floor() -> None:
    rating = rated(evidence("listed_import_ban"))
    floor = rating["terms"][-1]
    assert rating["p"] == pytest.approx(0.8)
    assert rating["band"] == "very_high"
    assert floor["name"] == "import_ban_floor"
    assert floor["evidence_ids"] == [evidence("listed_import_ban")["evidence_id"]]


def test_the_rule_is_told_by_the_hit_itself_with_its_list() -> None:
    hit = evidence("listed_import_ban")
    floor = rated(hit)["terms"][-1]
    assert floor["text"] == hit["text"]
    assert (floor["source"], floor["edition"]) == (hit["source_id"], hit["edition"])


def test_mitigation_does_not_remove_a_listing() -> None:
    repaid = evidence("fees_repaid_confirmed", polarity="mitigates", asserted_by="union", event_date="2026-10")
    assert rated(evidence("listed_import_ban"), repaid)["p"] == pytest.approx(0.8)


def test_a_removed_listing_has_no_floor_and_fades() -> None:
    recent = rated(evidence("listed_import_ban", value="removed", event_date="2026-01"))
    old = rated(evidence("listed_import_ban", value="Removed", event_date="2008"))
    assert "import_ban_floor" not in {term["name"] for term in recent["terms"]}
    assert old["p"] < recent["p"] < 0.8


def test_evidence_from_after_the_day_of_the_rating_does_not_count() -> None:
    later = evidence("specific_allegation", event_date="2026-12-01")
    assert rated(later)["p"] == rated()["p"]
    assert rated(later, as_of=date(2026, 12, 2))["p"] > rated()["p"]


def test_a_denial_is_not_counted_as_support() -> None:
    assert rated(evidence("documents_held", polarity="contradicts"))["p"] == rated()["p"]


def test_mitigation_counts_only_when_somebody_whom_workers_trust_has_verified_it() -> None:
    told = evidence("fees_repaid_confirmed", polarity="mitigates", asserted_by="self", event_date="2026-11")
    seen = {**told, "verified_by": "union"}
    audited = {**told, "verified_by": "auditor"}
    assert rated(told)["p"] == rated(audited)["p"] == rated()["p"]
    assert rated(seen)["p"] < rated()["p"]


def test_a_policy_document_never_counts() -> None:
    assert rated(evidence("policy_document", polarity="mitigates"))["terms"] == rated()["terms"]


def test_an_unsure_classification_weighs_less_and_widens_the_interval() -> None:
    sure, unsure = (rated(evidence("good_forced_labour_listed", confidence=confidence)) for confidence in (1.0, 0.6))
    assert unsure["p"] < sure["p"]
    width = [logit(rating["p_high"]) - logit(rating["p_low"]) for rating in (sure, unsure)]
    assert width[1] > width[0]


# ---- no data -----------------------------------------------------------------------------------------------------


def test_a_country_alone_is_no_data() -> None:
    tier = evidence("country_tip_tier", value="3", event_date="2025")
    rating = rate(parties(party(country="TKM")), links(), evidences(tier), AS_OF).to_pylist()[0]
    assert rating["data"] == "no_data"
    assert (rating["p"], rating["p_low"], rating["p_high"], rating["band"]) == (None, None, None, None)
    assert rating["terms"] == []
    assert rating["missing"] == ["product", "workforce"]


def test_a_product_from_nowhere_is_no_data() -> None:
    rating = rate(parties(party()), links(COTTON), evidences(), AS_OF).to_pylist()[0]
    assert (rating["data"], rating["missing"]) == ("no_data", ["country", "workforce"])


def test_a_name_alone_is_no_data_and_says_what_is_needed() -> None:
    rating = rate(parties(party()), links(), evidences(), AS_OF).to_pylist()[0]
    assert (rating["data"], rating["missing"]) == ("no_data", ["country", "product", "workforce"])


def test_a_resemblance_to_a_listed_name_is_not_enough_for_a_rating() -> None:
    rating = rate(parties(party()), links(), evidences(evidence("possible_import_ban_match")), AS_OF).to_pylist()[0]
    assert rating["data"] == "no_data"


def test_a_listed_name_is_rated_even_when_nothing_else_is_known_of_it() -> None:
    rating = rate(parties(party()), links(), evidences(evidence("listed_import_ban")), AS_OF).to_pylist()[0]
    assert (rating["data"], rating["band"]) == ("assessed", "very_high")


def test_what_is_missing_widens_the_interval() -> None:
    with_workforce = rate(
        parties(party(country="KAZ", workforce=["large_scale"])), links(COTTON), evidences(), AS_OF
    ).to_pylist()[0]
    without = rated()
    assert without["missing"] == ["country_facts", "workforce"]
    assert without["p"] == with_workforce["p"]
    assert without["p_high"] > with_workforce["p_high"]


# ---- the table ---------------------------------------------------------------------------------------------------


def whole(tables: ReferenceTables = TABLES) -> pa.Table:
    firms = parties(
        party("pty_c", country="TKM"),
        party("pty_a", country="KAZ", workforce=["migrant", "agency"]),
        party("pty_b", country="DEU"),
        party("pty_d", country="TKM"),
        party(BUYER_ID),
    )
    chain = links(
        link("pty_c", good="cotton", sector="textiles"),
        link("pty_a", sector="construction"),
        link("pty_b", sector="it_services"),
    )
    facts = context_evidence(firms, sites(), chain, AS_OF, tables=tables)
    return rate(firms, chain, facts, AS_OF)


def test_every_party_but_the_buyer_is_rated_in_the_order_of_the_parties() -> None:
    table = whole()
    assert table.schema.equals(RATING)
    assert table["subject_id"].to_pylist() == ["pty_c", "pty_a", "pty_b", "pty_d"]
    assert set(table["model_version"].to_pylist()) == {MODEL_VERSION}
    assert table["as_of"].to_pylist() == ["2026-11-24"] * 4


def test_ratings_of_a_plain_case_come_in_a_sensible_order() -> None:
    by_id = {row["subject_id"]: row for row in whole().to_pylist()}
    assert by_id["pty_c"]["band"] == "high"
    assert by_id["pty_c"]["p"] > by_id["pty_a"]["p"] > by_id["pty_b"]["p"]
    assert by_id["pty_b"]["band"] == "moderate"
    assert by_id["pty_d"]["data"] == "no_data"


def test_terms_name_their_sources_and_the_prior_shows_its_sensitivity() -> None:
    row = whole().to_pylist()[0]
    names = [term["name"] for term in row["terms"]]
    assert names[0] == "prior"
    assert names[-1] == "context_ceiling"
    assert all(term["source"] and term["edition"] for term in row["terms"])
    assert all(term["evidence_ids"] for term in row["terms"][1:-1])
    second = whole().to_pylist()[1]
    values = dict(second["terms"][0]["text"]["values"])
    assert logit(float(values["low"])) == pytest.approx(logit(second["p"]) - 1, abs=0.01)
    assert logit(float(values["high"])) == pytest.approx(logit(second["p"]) + 1, abs=0.01)
    assert dict(row["reference_editions"]) == {"fairlead": "1", "test": "2022"}


def test_the_same_input_gives_the_same_bytes() -> None:
    def written() -> bytes:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, RATING) as stream:
            stream.write_table(whole())
        return bytes(sink.getvalue())

    assert written() == written()


def test_nobody_to_rate_gives_an_empty_table() -> None:
    assert rate(parties(), links(), evidences(), AS_OF).num_rows == 0


def test_the_interval_over_bands_that_ask_for_different_things_says_find_out() -> None:
    by_id = {row["subject_id"]: row for row in whole().to_pylist()}
    actions = {band.band: band.action for band in PARAMETERS.bands}
    for row in by_id.values():
        if row["data"] == "assessed":
            reached = {
                next(actions[band.band] for band in PARAMETERS.bands if p >= band.from_p)
                for p in (row["p_low"], row["p_high"])
            }
            assert row["find_out"] == (len(reached) > 1)
    assert by_id["pty_d"]["find_out"] is False


def test_the_country_that_weighs_most_counts_where_there_are_several() -> None:
    chain = links(link(sector="construction"))
    firm = parties(party())
    places = {
        name: context_evidence(firm, sites(*(site(country=c) for c in countries)), chain, AS_OF, tables=TABLES)
        for name, countries in {"both": ("DEU", "TKM"), "one": ("TKM",)}.items()
    }
    both, one = (rate(firm, chain, places[name], AS_OF).to_pylist()[0]["p"] for name in ("both", "one"))
    assert both == one


def test_the_country_weighs_no_more_than_its_caps_and_half_of_that_where_it_was_not_measured() -> None:
    for country, sector, expected in (
        ("TKM", "quarrying", 1.0),
        ("DEU", "quarrying", -1.5),
        ("TKM", "furniture", 0.5),
        ("DEU", "furniture", -0.75),
    ):
        firm, chain = parties(party(country=country)), links(link(sector=sector))
        facts = context_evidence(firm, sites(), chain, date(2025, 7, 1), tables=TABLES)
        terms = rate(firm, chain, facts, date(2025, 7, 1)).to_pylist()[0]["terms"]
        assert sum(t["nats"] for t in terms if t["name"].startswith("country")) == pytest.approx(expected)


def test_a_country_and_a_listed_good_share_one_cluster() -> None:
    terms = whole().to_pylist()[0]["terms"]
    shared = [t["nats"] for t in terms if t["name"].startswith(("country", "good_listed", "good_forced", "good_child"))]
    assert max(shared) < sum(shared) <= PARAMETERS.combine.cluster_cap
    assert math.isfinite(sum(t["nats"] for t in terms))


# ---- what must not matter ----------------------------------------------------------------------------------------


@given(any_rows)
@settings(max_examples=40, deadline=None)
def test_taking_the_evidence_away_returns_to_the_starting_point(before: list[dict[str, Any]]) -> None:
    assert rated(*before)["data"] == "assessed"
    assert rated()["terms"][0]["nats"] == PARAMETERS.prior.log_odds
    assert logit(rated()["p"]) == pytest.approx(PARAMETERS.prior.log_odds, abs=1e-12)


@given(any_rows, st.integers(0, 11))
@settings(max_examples=60, deadline=None)
def test_a_piece_that_is_added_and_taken_away_again_leaves_no_trace(before: list[dict[str, Any]], at: int) -> None:
    left = before[:at] + before[at + 1 :]
    again = [row for row in before if row in left]
    assert rated(*again) == rated(*left)


@given(st.lists(any_rows, min_size=4, max_size=4), st.permutations(range(4)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_suppliers_changes_no_rating(each: list[list[dict[str, Any]]], order: list[int]) -> None:
    names = [f"pty_{number}" for number in range(4)]
    found = []
    for places in (range(4), order):
        firms = parties(*(party(names[at], country="KAZ") for at in places))
        chain = links(*(link(names[at], good="cotton") for at in places))
        facts = evidences(*(evidence(**_about(row, names[at])) for at in places for row in each[at]))
        ratings = rate(firms, chain, facts, AS_OF).to_pylist()
        found.append({row["subject_id"]: row for row in ratings})
    assert found[0] == found[1]


def _about(row: dict[str, Any], subject: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in {"evidence_id", "subject_id"}} | {"subject": subject}


@given(any_rows, any_rows)
@settings(max_examples=30, deadline=None)
def test_what_is_known_of_one_supplier_changes_no_other(own: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    firms = parties(party(country="KAZ"), party("pty_b", country="KAZ"))
    chain = links(COTTON, link("pty_b", good="cotton"))
    facts = evidences(*own, *(evidence(**_about(row, "pty_b")) for row in other))
    assert rate(firms, chain, facts, AS_OF).to_pylist()[0] == rated(*own)


BAN_RULE = CARDS["listed_import_ban"].rule


@pytest.mark.parametrize("ended", sorted(BAN_RULE.ended_values if BAN_RULE else ()))
def test_the_floor_of_a_listing_ends_with_the_listing(ended: str) -> None:
    rating = rated(evidence("listed_import_ban", value=ended.title(), event_date="2026-01"))
    assert "import_ban_floor" not in {term["name"] for term in rating["terms"]}
    assert rated()["p"] < rating["p"] < 0.8
