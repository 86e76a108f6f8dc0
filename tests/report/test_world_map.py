"""The world map: every country can be drawn, small ones as dots, and counts are honest."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import pytest

from fairlead.language import Language
from fairlead.reference import load_csv
from fairlead.report.case import Case
from fairlead.report.equal_earth import WIDTH, drawn, equal_earth
from fairlead.report.world_map import counted, world, world_map
from tests.report.example_assessment import assessment_of
from tests.report.example_suppliers import Supplier

SVG = "{http://www.w3.org/2000/svg}"
LEFT_OUT = {"ATA"}


def test_every_country_of_the_reference_pack_has_a_place_on_the_map() -> None:
    assert {row["iso3"] for row in load_csv("countries")} - LEFT_OUT <= set(world()["countries"])


def test_the_projection_gives_the_published_values() -> None:
    # The Equal Earth plane reaches from -2.706630 to 2.706630 and from -1.317363 to 1.317363.
    assert equal_earth(180, 0)[0] == pytest.approx(2.706630, abs=1e-6)
    assert equal_earth(0, 90)[1] == pytest.approx(1.317363, abs=1e-6)


def test_equal_areas_are_drawn_equal() -> None:
    def area(latitude: float) -> float:
        """The drawn area of one square degree, by its corners."""
        corners = [equal_earth(x, y) for x, y in ((0, latitude), (1, latitude), (1, latitude + 1), (0, latitude + 1))]
        shifted = [*corners[1:], corners[0]]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, shifted, strict=True))) / 2

    def true(latitude: float) -> float:
        return math.radians(1) * (math.sin(math.radians(latitude + 1)) - math.sin(math.radians(latitude)))

    for latitude in (0, 30, 48, 60, 75):
        assert area(latitude) == pytest.approx(true(latitude), rel=2e-3)


def test_places_lie_where_they_are() -> None:
    x, y = world()["countries"]["KAZ"]["x"], world()["countries"]["KAZ"]["y"]
    there = drawn(67, 48)
    assert math.hypot(x - there[0], y - there[1]) < WIDTH / 100


def test_a_small_state_with_a_supplier_is_a_dot() -> None:
    case = Case(assessment_of([Supplier("A", "SGP"), Supplier("B", "MLT")]))
    picture = world_map(Language("en"), *counted(case))
    dots = [one for one in ET.fromstring(picture.svg).iter(f"{SVG}circle") if "dot" in str(one.get("class"))]
    assert len(dots) == 2


def test_countries_without_data_on_anybody_are_hatched_and_unknown_ones_are_said() -> None:
    case = Case(assessment_of([Supplier("A", "VNM"), Supplier("B", None)]))
    picture = world_map(Language("en"), *counted(case))
    hatched = [one for one in ET.fromstring(picture.svg).iter(f"{SVG}path") if one.get("class") == "land unknown"]
    assert len(hatched) == 1
    assert "1 supplier is not on the map: its country is not known." in picture.notes


def test_the_title_names_where_those_rated_elevated_or_higher_are(rich: Case) -> None:
    counts, unknown = counted(rich)
    title = world_map(Language("en"), counts, unknown).title
    assert title.startswith("Rated elevated or higher: 11 of 16 are in China")
    assert sum(one.all for one in counts) + unknown == len(rich.order)


def test_circles_lie_apart(rich: Case) -> None:
    picture = world_map(Language("en"), *counted(rich))
    circles = [one for one in ET.fromstring(picture.svg).iter(f"{SVG}circle") if one.get("class") == "raised"]
    places = [tuple(float(str(one.get(name))) for name in ("cx", "cy", "r")) for one in circles]
    for place, (x, y, r) in enumerate(places):
        assert all(math.hypot(x - a, y - b) >= r + c - 0.5 for a, b, c in places[place + 1 :])


def test_a_country_whose_name_has_an_ampersand_can_be_drawn() -> None:
    case = Case(assessment_of([Supplier("Fictional Sawmill", iso3="BIH")]))
    picture = ET.fromstring(world_map(Language("en"), *counted(case)).svg)
    assert any("Bosnia & Herzegovina" in (title.text or "") for title in picture.iter(f"{SVG}title"))
