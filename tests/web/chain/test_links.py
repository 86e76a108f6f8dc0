"""The list of links: both ends, kinds in words, what is searched and filtered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Party
from tests.web.chain.conftest import link, many_links, party
from tests.web.conftest import Cast

PAGE = "/o/ministry/chain/links/"


def test_a_link_shows_both_ends_its_kind_share_and_spend(cast: Cast) -> None:
    link(cast.supplier, good="cotton", share=0.25, spend=Decimal("1250000"), currency="KZT", from_date="2024-02")
    body = cast.as_role(Role.VIEWER).get(PAGE).content.decode()
    row = body.split("<tbody>")[1].split("</tbody>")[0]
    for told in ("Blue Heron Textiles LLP", "supplies", "Ministry of Quiet Waters", "Cotton", "25%", "KZT", "2024-02"):
        assert told in row


@pytest.fixture
def mill(cast: Cast) -> Party:
    """A mill that supplies the supplier, and an agency that recruits workers for the mill."""
    mill, agency = party(cast.ministry, "Quiet Mill"), party(cast.ministry, "Gate Agency")
    link(cast.supplier)
    link(mill, cast.supplier)
    link(agency, mill, "recruits_for")
    return mill


@pytest.mark.usefixtures("mill")
def test_links_are_filtered_by_kind_and_searched_by_the_name_of_either_end(cast: Cast) -> None:
    client = cast.as_role(Role.VIEWER)
    rows = client.get(PAGE, {"kind": "recruits_for"}).content.decode().split("<tbody>")[1]
    assert rows.count("<tr>") == 1
    assert "recruits workers for" in rows
    rows = client.get(PAGE, {"q": "quiet mill"}).content.decode().split("<tbody>")[1]
    assert rows.count("<tr>") == 2


def test_links_of_another_organisation_are_not_found_by_search(cast: Cast) -> None:
    link(party(cast.port, "Blue Heron of the port"))
    link(cast.supplier)
    body = cast.as_role(Role.VIEWER).get(PAGE, {"q": "blue heron"}).content.decode()
    assert "of the port" not in body
    assert "1 row" in body


def test_more_links_take_no_more_queries(cast: Cast) -> None:
    client = cast.as_role(Role.VIEWER)
    link(cast.supplier)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    many_links(cast.ministry, 60, cast.supplier)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few) + 2  # the other ends, once there are any, and how many pages there are


def test_the_export_has_the_ids_of_both_ends(cast: Cast) -> None:
    mill = party(cast.ministry, "Quiet Mill")
    link(mill, cast.supplier)
    table = b"".join(cast.as_role(Role.VIEWER).get(PAGE, {"export": "csv"})).decode("utf-8-sig")
    assert mill.uid in table
    assert cast.supplier.uid in table


def test_the_links_of_one_party_are_those_at_either_end_of_which_it_stands(cast: Cast, mill: Party) -> None:
    client = cast.as_role(Role.VIEWER)
    assert client.get(PAGE, {"party": mill.uid}).content.decode().split("<tbody>")[1].count("<tr>") == 2
    rows = client.get(PAGE, {"party": mill.uid, "kind": "recruits_for"}).content.decode().split("<tbody>")[1]
    assert rows.count("<tr>") == 1
