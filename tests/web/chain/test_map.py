"""The map: how many parties each country has, what has no place, and one country with its sites."""

from __future__ import annotations

from fairlead.web.chain.country_drawing import Spot, draw_country
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Site
from tests.web.chain.conftest import party
from tests.web.conftest import Cast

PAGE = "/o/ministry/chain/map/"


def test_countries_are_links_and_counted_with_those_whose_place_is_not_known(cast: Cast) -> None:
    party(cast.ministry, "Nowhere Ltd")
    party(cast.port, "Not ours", country="FRA")
    body = cast.as_role(Role.VIEWER).get(PAGE).content.decode()
    assert f'<a href="{PAGE}?country=KAZ">' in body
    assert "country=FRA" not in body
    assert "1 supplier is not on the map" in body
    assert "say nothing about the status of a territory" in body


def test_a_small_state_is_a_dot(cast: Cast) -> None:
    party(cast.ministry, "Island Traders", country="NRU")
    body = cast.as_role(Role.VIEWER).get(PAGE).content.decode()
    assert "<circle" in body.split("?country=NRU")[1].split("</a>")[0]


def test_a_country_shows_its_parties_and_its_sites_as_dots(cast: Cast) -> None:
    Site.objects.create(
        organisation=cast.ministry, uid="sit_1", party=cast.supplier, name="Dye house", country="KAZ",
        latitude=43.2, longitude=76.9,
    )  # fmt: skip
    Site.objects.create(organisation=cast.ministry, uid="sit_2", party=cast.supplier, name="Camp <b>", country="KAZ")
    body = cast.as_role(Role.VIEWER).get(PAGE, {"country": "KAZ"}).content.decode()
    assert body.count('class="site"') == 1
    assert "Dye house of Blue Heron Textiles LLP" in body
    assert "Camp &lt;b&gt;" in body
    assert "Of 1 the place is not known" in body


def test_a_country_that_is_none_is_not_found(cast: Cast) -> None:
    assert cast.as_role(Role.VIEWER).get(PAGE, {"country": "<x>"}).status_code == 404


def test_a_site_is_drawn_within_its_country() -> None:
    svg = draw_country("KAZ", [Spot(66.9, 48.0, "the middle", "/x")])
    dot = svg.split('class="site"')[0].rsplit("<circle ", 1)[1]
    x, y = (float(dot.split(f'{name}="')[1].split('"')[0]) for name in ("cx", "cy"))
    assert 200 < x < 440
    assert 120 < y < 280


def test_an_organisation_without_parties_is_told_how_to_begin(cast: Cast) -> None:
    assert "No parties yet" in cast.client(cast.bob).get("/o/port/chain/map/").content.decode()
