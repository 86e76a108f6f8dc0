"""The tables: what is known, what is not, and paths that add up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from fairlead.model.ids import BUYER_ID
from fairlead.model.vocabulary import LinkKind
from fairlead.risk.spread.links import chain_of
from fairlead.risk.spread.own import own_of
from fairlead.risk.spread.parameters import shipped_spread_parameters
from fairlead.risk.spread.tables import Spread, spread_tables
from tests.risk.spread.make import link_rows, named, rated, supplies

PARAMETERS = shipped_spread_parameters()


def spread(ratings: pa.Table, *rows: dict[str, Any]) -> Spread:
    parties = named(*ratings["subject_id"].to_pylist())
    chain = chain_of(parties, link_rows(*rows), PARAMETERS)
    return spread_tables(chain, own_of(chain, parties, ratings), PARAMETERS)


def by_id(found: Spread) -> dict[str, dict[str, Any]]:
    return {row["party_id"]: row for row in found.parties.to_pylist()}


def test_no_data_stays_no_data_and_passes_on_what_lies_behind_it() -> None:
    rows = by_id(
        spread(rated(farm=0.4, mill=None, shop=0.1, alone=0.2), supplies("farm", "mill"), supplies("mill", "shop"))
    )
    assert (rows["mill"]["data"], rows["mill"]["p"]) == ("no_data", None)
    assert rows["mill"]["upstream"] == pytest.approx(0.4)
    assert rows["shop"]["upstream"] == pytest.approx(0.7 * 0.4)
    # Behind the shop stand the mill (weight 1, not rated) and the farm (weight .7, rated).
    assert rows["shop"]["rated_share"] == pytest.approx(0.7 / 1.7)
    assert (rows["farm"]["upstream_data"], rows["farm"]["upstream"], rows["farm"]["linear"]) == ("no_data", None, None)


def test_where_nobody_behind_is_rated_there_is_no_number() -> None:
    rows = by_id(spread(rated(farm=None, shop=0.1), supplies("farm", "shop")))
    assert (rows["shop"]["upstream_data"], rows["shop"]["upstream"]) == ("no_data", None)
    assert rows["shop"]["rated_share"] == 0


def test_a_party_that_only_links_name_has_no_data() -> None:
    rows = by_id(spread(rated(shop=0.1), supplies("stranger", "shop")))
    assert (rows["stranger"]["data"], rows["stranger"]["name"]) == ("no_data", None)
    assert rows["shop"]["upstream_data"] == "no_data"


def test_those_most_exposed_come_first_and_no_data_last() -> None:
    found = spread(
        rated(a=0.4, b=0.1, x=0.0, y=0.0, z=None), supplies("a", "x", share=0.5), supplies("b", "y", share=0.5)
    )
    assert found.parties["party_id"].to_pylist()[:2] == ["x", "y"]
    assert found.parties["upstream_data"].to_pylist() == ["assessed"] * 2 + ["no_data"] * 3


def test_coverage_says_what_is_stated_and_how_far_the_map_goes_on() -> None:
    rows = by_id(
        spread(
            rated(a=0.4, b=0.1, c=0.1, d=0.3),
            supplies("a", "d", share=0.3),
            supplies("b", "d", share=0.2),
            supplies("c", "a"),
        )
    )
    assert rows["d"]["stated_share"] == pytest.approx(0.5)
    assert rows["d"]["beyond_share"] == pytest.approx(0.6)
    assert rows["a"]["stated_share"] is None
    assert (rows["d"]["suppliers"], rows["d"]["weights_from"], rows["a"]["weights_from"]) == (2, ["share"], ["even"])


def test_what_is_not_mapped_is_told_and_is_neither_zero_nor_known_where_no_share_is_stated() -> None:
    rows = by_id(
        spread(
            rated(a=0.4, b=0.1, c=0.1, d=0.3),
            supplies("a", "d", share=0.3),
            supplies("b", "c"),
            {"from_id": "d", "to_id": "b", "kind": "recruits_for"},
        )
    )
    assert rows["d"]["unmapped_share"] == pytest.approx(0.7)
    assert rows["c"]["unmapped_share"] is None
    assert (rows["a"]["unmapped_share"], rows["b"]["unmapped_share"]) == (1, 1)  # nobody supplies them on the map


@pytest.mark.parametrize("kind", ["recruits_for", "seconds_to", "houses", "operates", "owns", "controls"])
def test_labour_and_ownership_carry_exposure_count_as_links_and_show_as_paths(kind: str) -> None:
    found = spread(rated(other=0.4, mill=0.1), {"from_id": "other", "to_id": "mill", "kind": kind})
    rows = by_id(found)
    assert rows["mill"]["upstream"] > 0 and rows["other"]["upstream"] > 0
    assert (rows["mill"]["other_links"], rows["mill"]["weights_from"]) == (1, ["rule"])
    said = PARAMETERS.rules[LinkKind(kind)].says
    text = next(row["text"] for row in found.paths.to_pylist() if row["party_id"] == "mill")
    assert text.startswith(f"OTHER —{said} ")


def test_an_interval_without_a_rating_is_no_data() -> None:
    ratings = pa.table({"subject_id": ["farm", "shop"], "p": [None, 0.1], "p_low": [0.2, 0.1], "p_high": [0.6, 0.1]})
    shop = by_id(spread(ratings, supplies("farm", "shop")))["shop"]
    assert (shop["upstream_data"], shop["upstream_high"]) == ("no_data", None)


def test_those_whose_paths_are_not_given_and_sweeps_that_end_early_are_told() -> None:
    parameters = replace(PARAMETERS, paths_parties=1, most_sweeps=2)
    parties, links = named("a", "b", "c", "d"), [supplies("a", "b"), supplies("b", "c"), supplies("c", "d")]
    chain = chain_of(parties, link_rows(*links), parameters)
    found = spread_tables(chain, own_of(chain, parties, rated(a=0.4, b=0.1, c=0.2, d=0.3)), parameters)
    said = [remark.template for remark in found.remarks]
    assert any("whose paths are not given" in text for text in said)
    assert any("had come to rest" in text for text in said)


def test_the_interval_is_that_of_all_own_risks_together() -> None:
    ratings = pa.table({"subject_id": ["farm", "shop"], "p": [0.2, 0.1], "p_low": [0.05, 0.1], "p_high": [0.6, 0.1]})
    shop = by_id(spread(ratings, supplies("farm", "shop")))["shop"]
    assert [shop[name] for name in ("upstream_low", "upstream", "upstream_high")] == pytest.approx([0.05, 0.2, 0.6])


def test_paths_name_every_step_and_add_up_with_what_they_leave() -> None:
    found = spread(
        rated(farm=0.4, mill=0.1, shop=0.1, agency=0.3),
        supplies("farm", "mill", good="cotton", share=0.5),
        supplies("mill", "shop", good="thread_yarn"),
        {"from_id": "agency", "to_id": "mill", "kind": "recruits_for"},
    )
    paths = [row for row in found.paths.to_pylist() if row["party_id"] == "shop"]
    shop = by_id(found)["shop"]
    assert sum(path["contribution"] for path in paths) == pytest.approx(shop["linear"] * shop["shown_share"])
    assert sum(path["part"] for path in paths) == pytest.approx(shop["shown_share"])
    assert shop["shown_share"] == pytest.approx(1)
    assert {path["text"] for path in paths} == {
        "FARM —supplies cotton 50%→ MILL —supplies thread_yarn 100%→ SHOP",
        "AGENCY —recruits for 50%→ MILL —supplies thread_yarn 100%→ SHOP",
        "MILL —supplies thread_yarn 100%→ SHOP",
    }
    step = next(path for path in paths if path["origin_id"] == "agency")["steps"][0]
    assert (step["kinds"], step["basis"], step["goods"]) == (["recruits_for"], ["rule"], [])
    for path in paths:
        weights = np.prod([PARAMETERS.delta * one["weight"] for one in path["steps"]])
        assert path["contribution"] == pytest.approx(path["origin_p"] * weights)


def test_a_step_back_over_a_bond_reads_the_other_way() -> None:
    found = spread(
        rated(owner=None, one=0.4, two=0.1),
        {"from_id": "owner", "to_id": "one", "kind": "owns", "share": 1.0},
        {"from_id": "owner", "to_id": "two", "kind": "owns", "share": 1.0},
    )
    text = next(row["text"] for row in found.paths.to_pylist() if row["party_id"] == "two")
    assert text == "ONE —is owned by 25%→ OWNER —owns 30%→ TWO"


def test_the_organisation_itself_is_named() -> None:
    assert by_id(spread(rated(a=0.4), supplies("a", BUYER_ID)))[BUYER_ID]["name"] == "(the assessing organisation)"
