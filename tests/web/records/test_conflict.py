"""Two people change the same record: nobody overwrites the other unseen, and what both wanted is kept."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Link, Party, Site
from tests.web.conftest import Cast, add_party

FACTS = {"name": "Blue Heron Textiles LLP", "kind": "company", "country": "KAZ", "tier": "", "note": ""}


@pytest.fixture
def edit(cast: Cast) -> str:
    return f"/o/ministry/parties/{cast.supplier.uid}/edit/"


def sent_again(page: str) -> dict[str, list[str]]:
    """What the conflict page sends when nothing is touched."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        kind = re.search(r'type="(\w+)"', tag)
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        ticked = kind is not None and (kind[1] == "hidden" or "checked" in tag)
        if name and value and ticked and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(html.unescape(value[1]))
    return found


def conflict(client: Client, address: str, mine: dict[str, object]) -> str:
    answer = client.post(address, mine)
    assert answer.status_code == 409
    return answer.content.decode()


def test_a_stale_form_shows_both_sides_in_words(cast: Cast, edit: str) -> None:
    client = cast.as_role(Role.ANALYST)
    client.post(edit, {**FACTS, "country": "UZB", "kind": "labour_provider", "seen": 1})
    page = conflict(client, edit, {**FACTS, "country": "KGZ", "seen": 1})
    assert all(word in page for word in ("Uzbekistan", "Kyrgyzstan", "Kazakhstan", "Labour provider"))
    assert Party.objects.get(pk=cast.supplier.pk).country == "UZB"


def test_what_only_one_side_changed_is_kept_from_both(cast: Cast, edit: str) -> None:
    client = cast.as_role(Role.ANALYST)
    client.post(edit, {**FACTS, "country": "UZB", "workforce": ["migrant", "agency"], "seen": 1})
    page = conflict(client, edit, {**FACTS, "note": "Met in May", "seen": 1})
    client.post(edit, sent_again(page))
    party = Party.objects.get(pk=cast.supplier.pk)
    assert (party.country, party.note, party.workforce, party.version) == (
        "UZB",
        "Met in May",
        ["agency", "migrant"],
        3,
    )


def test_the_choice_for_mine_is_kept(cast: Cast, edit: str) -> None:
    client = cast.as_role(Role.ANALYST)
    client.post(edit, {**FACTS, "country": "UZB", "seen": 1})
    page = conflict(client, edit, {**FACTS, "country": "KGZ", "seen": 1})
    client.post(edit, {**sent_again(page), "country": "KGZ"})
    assert Party.objects.get(pk=cast.supplier.pk).country == "KGZ"


def test_boxes_that_both_ticked_differently_can_all_be_kept(cast: Cast, edit: str) -> None:
    client = cast.as_role(Role.ANALYST)
    client.post(edit, {**FACTS, "workforce": ["migrant"], "seen": 1})
    page = conflict(client, edit, {**FACTS, "workforce": ["agency", "seasonal"], "seen": 1})
    client.post(edit, sent_again(page))
    assert Party.objects.get(pk=cast.supplier.pk).workforce == ["agency", "migrant", "seasonal"]


def test_a_script_that_was_written_meanwhile_does_not_run(cast: Cast, edit: str) -> None:
    client = cast.as_role(Role.ANALYST)
    script = '"><script>alert(1)</script>'
    client.post(edit, {**FACTS, "note": script, "seen": 1})
    page = conflict(client, edit, {**FACTS, "note": f"x{script}", "seen": 1})
    assert "<script>alert" not in page


def test_links_and_sites_are_guarded_too(cast: Cast) -> None:
    client = cast.as_role(Role.ANALYST)
    other = add_party(cast.ministry, "Grey Crane Ltd", "pty_2222222222222222")
    third = add_party(cast.ministry, "Red Kite Ltd", "pty_3333333333333333")
    link = Link.objects.create(
        organisation=cast.ministry, uid="lnk_1", from_party=cast.supplier, to_party=other, kind="supplies", share=0.25
    )
    mine = {"what": "out:supplies", "other": other.uid, "share_percent": "25", "seen": 1}
    client.post("/o/ministry/parties/links/lnk_1/", {**mine, "other": third.uid})
    page = conflict(client, "/o/ministry/parties/links/lnk_1/", {**mine, "share_percent": "40"})
    client.post("/o/ministry/parties/links/lnk_1/", sent_again(page))
    link.refresh_from_db()
    assert (link.to_party, link.share) == (third, 0.4)
    site = Site.objects.create(organisation=cast.ministry, uid="sit_1", party=cast.supplier, city="Aktau", kind="mine")
    client.post("/o/ministry/parties/sites/sit_1/", {"kind": "farm", "city": "Aktau", "seen": 1})
    page = conflict(client, "/o/ministry/parties/sites/sit_1/", {"kind": "factory", "city": "Aktau", "seen": 1})
    assert all(word in page for word in ("Farm", "Factory", "Mine"))
    site.refresh_from_db()
    assert site.kind == "farm"
