"""The list of sites: where parties work, by country, kind and name of the party or town."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Party, RecordState, Site
from tests.web.chain.conftest import party
from tests.web.conftest import Cast

PAGE = "/o/ministry/chain/sites/"


def site(of: Party, **facts: object) -> Site:
    number = Site.objects.count() + 1
    return Site.objects.create(organisation=of.organisation, party=of, uid=f"sit_{number:016x}", **facts)


@pytest.fixture
def sites(cast: Cast) -> Cast:
    mill = party(cast.ministry, "Quiet Mill")
    site(cast.supplier, name="Camp North", kind="camp", city="Актау", country="KAZ", workers=120)
    site(mill, address="7 Reed Street", kind="factory", city="Tashkent", country="UZB", latitude=41.3, longitude=69.2)
    site(mill, kind="office")
    return cast


def rows(cast: Cast, **asked: str) -> str:
    return cast.as_role(Role.VIEWER).get(PAGE, asked).content.decode().split("<tbody>")[1].split("</tbody>")[0]


def test_a_site_shows_its_party_place_kind_country_and_workers(sites: Cast) -> None:
    shown = rows(sites)
    for told in ("Blue Heron Textiles LLP", "Camp North", "Camp", "Актау", "Kazakhstan", "120", "7 Reed Street"):
        assert told in shown
    assert shown.count("<tr>") == 3


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"country": "KAZ"}, 1),
        ({"country": "none"}, 1),
        ({"kind": "office"}, 1),
        ({"placed": "yes"}, 1),
        ({"placed": "no"}, 2),
        ({"q": "quiet mill"}, 2),
        ({"q": "Тихая мельница"}, 0),
        ({"q": "tashkent"}, 1),
        ({"q": "Актау"}, 1),
    ],
)
def test_sites_are_filtered_and_searched(sites: Cast, asked: dict[str, str], count: int) -> None:
    page = sites.as_role(Role.VIEWER).get(PAGE, asked).content.decode()
    assert page.count('<a class="row"') == count


def test_sites_of_parties_that_are_out_of_use_and_of_others_are_not_listed(sites: Cast) -> None:
    site(party(sites.port, "Mill of the port"), name="Pier 9")
    Party.objects.filter(name="Quiet Mill").update(state=RecordState.WITHDRAWN)
    page = sites.as_role(Role.VIEWER).get(PAGE).content.decode()
    assert "Quiet Mill" not in page
    assert "Pier 9" not in page
    assert "Camp North" in page


def test_the_export_has_coordinates_and_the_ids(sites: Cast) -> None:
    table = b"".join(sites.as_role(Role.ANALYST).get(PAGE, {"export": "csv"})).decode("utf-8-sig")
    assert "41.3" in table
    assert sites.supplier.uid in table


def test_more_sites_take_no_more_queries(cast: Cast) -> None:
    client = cast.as_role(Role.VIEWER)
    site(cast.supplier, name="Camp 0")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(45):
        site(cast.supplier, name=f"Camp {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)


def test_without_sites_the_page_says_what_it_will_hold(cast: Cast) -> None:
    assert "No sites yet" in cast.as_role(Role.VIEWER).get(PAGE).content.decode()


def test_the_sites_of_one_party_are_named_so_and_stay_so_when_more_is_asked(sites: Cast) -> None:
    mill = Party.objects.get(name="Quiet Mill")
    assert rows(sites, party=mill.uid).count("<tr>") == 2
    assert rows(sites, party=mill.uid, kind="office").count("<tr>") == 1
    page = sites.as_role(Role.VIEWER).get(PAGE, {"party": mill.uid}).content.decode()
    assert "Party: Quiet Mill" in page
    assert f'<input type="hidden" name="party" value="{mill.uid}">' in page
    assert f"?party={mill.uid}&amp;export=csv" in page


@pytest.mark.parametrize("uid", ["pty_unknown", "<script>"])
def test_an_unknown_party_has_no_sites(sites: Cast, uid: str) -> None:
    page = sites.as_role(Role.VIEWER).get(PAGE, {"party": uid}).content.decode()
    assert "Nothing fits" in page
    assert "<script>" not in page.split("<main")[1]


@pytest.mark.parametrize("uid", ["", "\0", "x" * 201])
def test_what_cannot_be_an_id_is_left_out(sites: Cast, uid: str) -> None:
    assert rows(sites, party=uid).count("<tr>") == 3


def test_the_party_of_another_organisation_is_neither_named_nor_are_its_sites_found(sites: Cast) -> None:
    other = party(sites.port, "Harbour Kitchen")
    site(other, name="Berth 7")
    page = sites.as_role(Role.VIEWER).get(PAGE, {"party": other.uid}).content.decode()
    assert "Nothing fits" in page
    assert "Harbour Kitchen" not in page


def test_only_one_party_is_asked_for_so_that_no_address_asks_for_hundreds(sites: Cast) -> None:
    mill = Party.objects.get(name="Quiet Mill")
    client = sites.as_role(Role.VIEWER)
    client.get(PAGE, {"party": mill.uid})
    with CaptureQueriesContext(connection) as once:
        client.get(PAGE, {"party": mill.uid})
    with CaptureQueriesContext(connection) as often:
        page = client.get(PAGE, {"party": [*(f"pty_{number}" for number in range(100)), mill.uid]}).content.decode()
    assert len(often) == len(once)
    assert page.split("<tbody>")[1].count("<tr>") == 2
