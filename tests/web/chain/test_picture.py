"""The picture of the chain: who stands where, what is folded, and that nothing of another organisation is in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from fairlead.web.chain.walk import NODES_AT_MOST
from fairlead.web.organisations.capabilities import Role
from tests.web.chain.conftest import link, many_links, party
from tests.web.conftest import Cast

PAGE = "/o/ministry/chain/"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(answer: HttpResponse) -> ET.Element:
    found = re.search(r'<svg xmlns="[^"]*" class="picture chain".*?</svg>', answer.content.decode(), re.DOTALL)
    assert found, "there is no picture"
    return ET.fromstring(found[0])


def boxes(answer: HttpResponse) -> dict[str, int]:
    """The names that the boxes tell, with their columns."""
    return {
        (each.get("aria-label") or "").split(",")[0]: int(each.get("data-column") or 0)
        for each in drawn(answer).iter(f"{SVG}a")
        if each.get("class") == "node"
    }


def classes(answer: HttpResponse) -> list[str]:
    return [each.get("class") or "" for each in drawn(answer).iter() if each.get("class")]


def test_suppliers_stand_in_columns_by_tier_from_the_organisation_leftwards(cast: Cast) -> None:
    mill = party(cast.ministry, "Quiet Mill", country="UZB")
    link(cast.supplier)
    link(mill, cast.supplier, good="cotton")
    found = boxes(cast.as_role(Role.VIEWER).get(PAGE))
    assert found == {"Ministry of Quiet Waters": 0, "Blue Heron Textiles LLP": 1, "Quiet Mill": 2}


def test_walking_to_a_party_shows_whom_it_supplies_and_the_way_back(cast: Cast) -> None:
    mill, farm = party(cast.ministry, "Quiet Mill"), party(cast.ministry, "Far Farm")
    link(cast.supplier)
    link(mill, cast.supplier)
    link(farm, mill)
    answer = cast.as_role(Role.VIEWER).get(PAGE, {"from": mill.uid, "via": cast.supplier.uid})
    assert boxes(answer) == {"Blue Heron Textiles LLP": -1, "Quiet Mill": 0, "Far Farm": 1}
    way = answer.content.decode().split('<nav class="way"')[1].split("</nav>")[0]
    assert way.index("Ministry of Quiet Waters") < way.index("Blue Heron Textiles LLP") < way.index("Quiet Mill")


def test_kinds_of_link_are_drawn_as_different_lines_and_a_share_as_width(cast: Cast) -> None:
    link(cast.supplier, share=0.5)
    for name, kind in (("Gate Agency", "recruits_for"), ("Holding", "owns"), ("Hostel", "houses")):
        link(party(cast.ministry, name), cast.supplier, kind)
    found = {each for each in classes(cast.as_role(Role.VIEWER).get(PAGE)) if each.startswith("line")}
    assert found == {"line supplies share-4", "line recruits", "line owns", "line houses"}


def test_what_is_not_known_is_an_open_end_and_told_in_words(cast: Cast) -> None:
    mill = party(cast.ministry, "Quiet Mill")
    link(cast.supplier)
    link(mill, cast.supplier, share=0.6)
    answer = cast.as_role(Role.VIEWER).get(PAGE)
    assert classes(answer).count("open") == 2  # of the mill wholly, of the supplier for the rest
    assert "not known for 40% of what it buys" in answer.content.decode()
    assert "Who supplies it is not known." in answer.content.decode()


def test_a_ring_ends_and_is_marked(cast: Cast) -> None:
    mill = party(cast.ministry, "Quiet Mill")
    link(cast.supplier)
    link(mill, cast.supplier)
    link(cast.supplier, mill)
    answer = cast.as_role(Role.VIEWER).get(PAGE, {"tiers": 4})
    assert len(boxes(answer)) == 3
    assert classes(answer).count("line supplies ring") == 2
    assert "part of a ring" in answer.content.decode()


def test_a_link_that_leads_to_itself_is_told_and_not_drawn(cast: Cast) -> None:
    link(cast.supplier)
    link(cast.supplier, cast.supplier)
    answer = cast.as_role(Role.VIEWER).get(PAGE)
    assert classes(answer).count("line supplies") == 1
    assert "One of its links leads to itself" in answer.content.decode()


def test_what_has_no_room_is_folded_into_a_counted_group_that_opens(cast: Cast) -> None:
    many_links(cast.ministry, 100, None)
    client = cast.as_role(Role.VIEWER)
    first = boxes(client.get(PAGE))
    suppliers = [name for name in first if name.startswith("Supplier")]
    assert f"{100 - len(suppliers)} others" in first
    second = boxes(client.get(PAGE, {"batch": "1-1"}))
    assert not set(suppliers) & set(second)
    assert f"Supplier {len(suppliers)}" in second


def test_a_party_with_thousands_of_links_folds_and_shows_those_to_look_at_first(cast: Cast) -> None:
    hub = party(cast.ministry, "Hub", rank=1)
    link(hub)
    made = many_links(cast.ministry, 3_000, hub, start=1_000)
    first = made[-1]
    first.rank = 0
    first.save()
    answer = cast.as_role(Role.VIEWER).get(PAGE, {"from": hub.uid})
    found = boxes(answer)
    assert first.name in found
    assert any(name.startswith("more than") for name in found)
    assert "There are more links than are read here" in answer.content.decode()


def test_ten_thousand_links_make_no_more_boxes_and_no_more_queries(cast: Cast) -> None:
    client = cast.as_role(Role.VIEWER)
    link(cast.supplier)
    link(party(cast.ministry, "Quiet Mill"), cast.supplier)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    direct = many_links(cast.ministry, 200, None, start=50_000)
    for place in range(0, 200, 20):
        many_links(cast.ministry, 980, direct[place], start=100_000 + place * 1_000)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(PAGE, {"tiers": 4})
    assert len(boxes(answer)) <= NODES_AT_MOST
    assert len(many) <= len(few) + 1  # one tier more is asked for


def test_folding_a_party_hides_who_is_behind_it(cast: Cast) -> None:
    link(cast.supplier)
    link(party(cast.ministry, "Quiet Mill"), cast.supplier)
    found = boxes(cast.as_role(Role.VIEWER).get(PAGE, {"fold": cast.supplier.uid}))
    assert "Blue Heron Textiles LLP" in found
    assert "Quiet Mill" not in found


@pytest.mark.parametrize(
    ("narrowed", "kept"),
    [
        ({"kind": "labour"}, {"Gate Agency"}),
        ({"good": "cotton"}, {"Quiet Mill"}),
        ({"country": "UZB"}, {"Quiet Mill"}),
        ({"band": "high"}, {"Gate Agency"}),
        ({"band": "no_data"}, {"Quiet Mill"}),
        ({"band": "not_assessed"}, {"Blue Heron Textiles LLP"}),
    ],
)
def test_the_picture_is_narrowed_by_link_good_country_and_rating(
    narrowed: dict[str, str], kept: set[str], cast: Cast
) -> None:
    link(cast.supplier)
    link(party(cast.ministry, "Quiet Mill", country="UZB", assessed=True), good="cotton")
    link(party(cast.ministry, "Gate Agency", assessed=True, band="high"), kind="recruits_for")
    answer = cast.as_role(Role.VIEWER).get(PAGE, narrowed)
    assert set(boxes(answer)) == {"Ministry of Quiet Waters", *kept}
    assert "take away" in answer.content.decode()


def test_nothing_of_another_organisation_is_shown(cast: Cast) -> None:
    theirs = party(cast.port, "Somebody else's supplier")
    link(theirs)
    link(cast.supplier)
    client = cast.as_role(Role.VIEWER)
    assert "Somebody else" not in client.get(PAGE).content.decode()
    assert client.get(PAGE, {"from": theirs.uid}).status_code == 404
    assert "Somebody else" not in client.get(PAGE, {"from": cast.supplier.uid, "via": theirs.uid}).content.decode()


def test_names_are_escaped_in_the_picture_and_in_its_words(cast: Cast) -> None:
    link(party(cast.ministry, '<script>alert(1)</script>"><img src=x>'))
    body = cast.as_role(Role.VIEWER).get(PAGE).content.decode()
    assert "<script>alert" not in body
    assert "<img" not in body.split("<main")[1]


def test_the_picture_has_no_style_and_no_script_of_its_own(cast: Cast) -> None:
    link(cast.supplier)
    for each in drawn(cast.as_role(Role.VIEWER).get(PAGE)).iter():
        assert "style" not in each.attrib
        assert not [name for name in each.attrib if name.startswith("on")]
        assert each.tag not in {f"{SVG}style", f"{SVG}script"}


def test_walking_on_sends_only_the_part_and_its_address(cast: Cast) -> None:
    link(cast.supplier)
    answer = cast.as_role(Role.VIEWER).get(PAGE, {"from": cast.supplier.uid}, headers={"HX-Target": "chain"})
    assert "<html" not in answer.content.decode()
    assert answer["HX-Push-Url"] == f"{PAGE}?from={cast.supplier.uid}"


def test_an_empty_chain_says_how_to_begin(cast: Cast) -> None:
    body = cast.as_role(Role.VIEWER).get(PAGE).content.decode()
    assert "Import a list of suppliers" in body


@pytest.mark.parametrize(
    "query", ["?tiers=99&batch=x-y&kind=no&band=no&country=QQQ", "?from=%00", "?batch=1-99999", "?fold=%3Cb%3E"]
)
def test_addresses_that_make_no_sense_are_answered(query: str, cast: Cast) -> None:
    link(cast.supplier)
    assert cast.as_role(Role.VIEWER).get(PAGE + query).status_code in {200, 404}


def test_what_is_shown_can_be_taken_away_as_table_and_picture(cast: Cast) -> None:
    link(party(cast.ministry, "=1+1 Mill", country="UZB"), good="cotton", share=0.25)
    client = cast.as_role(Role.VIEWER)
    table = b"".join(client.get(PAGE, {"export": "csv"})).decode("utf-8-sig")
    assert "'=1+1 Mill" in table
    assert "0.25" in table
    svg = client.get(PAGE, {"export": "svg"}).content.decode()
    assert ET.fromstring(svg).tag == f"{SVG}svg"
    assert "var(" not in svg
    book = b"".join(client.get(PAGE, {"export": "xlsx"}))
    assert book[:2] == b"PK"


def test_suppliers_do_not_see_the_chain(cast: Cast) -> None:
    assert cast.as_role(Role.SUPPLIER).get(PAGE).status_code == 403
