"""The picture of the tiers: who is drawn, what is folded, what is left open."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from fairlead.language import Language
from fairlead.model.ids import BUYER_ID
from fairlead.report.case import Case
from fairlead.report.chain import Chain, chain_of
from fairlead.report.tiers import PAGE, PRINT, Size, tiers
from tests.report import example_assessment
from tests.report.example_assessment import party_id

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def chain(rich: Case) -> Chain:
    return chain_of(Language("en"), rich, PAGE.most)


def test_a_chain_runs_from_raw_material_to_the_buyer(chain: Chain) -> None:
    columns = {node.key: node.column for node in chain.nodes}
    names = (
        "Tarim Basin Silicon Materials Co., Ltd.",
        "Hexi Corridor Wafer Co., Ltd.",
        "ТОО «Шаңырақ Күн Энергетикасы»",
    )
    assert [columns[party_id(name)] for name in names] == [3, 2, 1]
    assert columns[BUYER_ID] == 0


def test_labour_providers_stand_beside_those_they_serve(chain: Chain) -> None:
    kinds = {(edge.giver, edge.receiver): edge.kind for edge in chain.edges}
    ends = party_id("Jumys Serik Recruitment"), party_id("ИП «Чистый двор Н.»")
    assert kinds[ends] == "recruits_for"
    assert {node.role for node in chain.nodes if node.key == ends[0]} == {"labour_provider"}


def test_what_the_lists_do_not_show_is_an_open_end(chain: Chain) -> None:
    nodes = {node.key: node for node in chain.nodes}
    assert nodes[party_id("Toshrabot Paxta Klasteri MChJ")].customer_unknown
    assert nodes[party_id("Lebap Cotton Collective")].upstream_unknown
    assert not nodes[party_id("Hexi Corridor Wafer Co., Ltd.")].upstream_unknown


@pytest.mark.parametrize("count", [30, 59, 60, 61, 100, 1500])
@pytest.mark.parametrize("size", [PAGE, PRINT])
def test_there_are_never_more_boxes_than_fit_and_nobody_is_lost(count: int, size: Size) -> None:
    case = Case(example_assessment.large(count))
    drawn = chain_of(Language("en"), case, size.most)
    assert len(drawn.nodes) <= size.most
    inside = [one for node in drawn.nodes for one in (node.members or (node.key,))]
    assert sorted(inside) == sorted([BUYER_ID, *case.order])


def test_every_line_ends_at_a_box(chain: Chain) -> None:
    keys = {node.key for node in chain.nodes}
    assert {end for edge in chain.edges for end in (edge.giver, edge.receiver)} <= keys


@pytest.mark.parametrize("size", [PAGE, PRINT])
def test_boxes_lie_within_the_picture_and_apart(rich: Case, size: Size) -> None:
    picture, _ = tiers(Language("ru"), rich, size)
    root = ET.fromstring(picture.svg)
    _, _, width, height = (float(part) for part in str(root.get("viewBox")).split())
    found = [rect for rect in root.iter(f"{SVG}rect") if str(rect.get("class", "")).startswith("box ")]
    boxes = [tuple(float(str(rect.get(name))) for name in ("x", "y", "width", "height")) for rect in found]
    assert all(x >= 0 and y >= 0 and x + w <= width + 0.1 and y + h <= height for x, y, w, h in boxes)
    for place, (x, y, w, h) in enumerate(boxes):
        for other_x, other_y, other_w, other_h in boxes[place + 1 :]:
            assert x + w <= other_x or other_x + other_w <= x or y + h <= other_y or other_y + other_h <= y


def test_the_picture_says_what_it_shows(rich: Case) -> None:
    picture, folded = tiers(Language("en"), rich, PAGE)
    root = ET.fromstring(picture.svg)
    assert (
        root.find(f"{SVG}title").text == picture.title == "Who stands behind them is known for 3 of 44 direct suppliers"
    )  # type: ignore[union-attr]
    assert root.get("aria-labelledby") == "tiers-picture-title tiers-picture-description"
    assert any("Construction" in group.title for group in folded)
