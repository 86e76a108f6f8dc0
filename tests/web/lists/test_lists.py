"""Lists: search, filters, order, pages, views, export; the list of parties stands for all."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict

from fairlead.web.audit.models import AuditEntry
from fairlead.web.lists import state
from fairlead.web.lists.models import SavedView
from fairlead.web.lists.state import PER_PAGE, ListState
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Link, Party
from fairlead.web.parties.party_list import PARTY_LIST
from tests.web.conftest import Cast, add_party


def _supplies(party: Party, **what: str) -> None:
    of = {"organisation": party.organisation, "from_party": party, "kind": "supplies", "to_self": True}
    Link.objects.create(uid=f"lnk_{party.pk:016x}", **of, **what)


@pytest.fixture
def parties(cast: Cast) -> Cast:
    """Blue Heron stands there already; three more join it."""
    add_party(cast.ministry, "ТОО «Степной Хлопок»", "pty_a", country="KAZ", band="high", assessed=True, rank=1, tier=1)
    crane = add_party(cast.ministry, "Grey Crane Gloves", "pty_b", country="MYS", assessed=True, rank=2, tier=2)
    add_party(cast.ministry, "=HYPERLINK(1)", "pty_c", tier=5)
    _supplies(crane, good="gloves_rubber")
    _supplies(cast.supplier, sector="cleaning")
    return cast


def _names(cast: Cast, query: str) -> list[str]:
    return [row.name for row in ListState(PARTY_LIST, cast.ministry, QueryDict(query)).rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["ТОО «Степной Хлопок»", "Grey Crane Gloves", "Blue Heron Textiles LLP", "=HYPERLINK(1)"]),
        ("q=stepnoy", ["ТОО «Степной Хлопок»"]),
        ("q=хлопок", ["ТОО «Степной Хлопок»"]),
        ("q=crane gloves", ["Grey Crane Gloves"]),
        ("q=nobody", []),
        ("band=high", ["ТОО «Степной Хлопок»"]),
        ("band=no_data", ["Grey Crane Gloves"]),
        ("band=not_assessed", ["Blue Heron Textiles LLP", "=HYPERLINK(1)"]),
        ("band=high&band=no_data", ["ТОО «Степной Хлопок»", "Grey Crane Gloves"]),
        ("country=KAZ&band=high", ["ТОО «Степной Хлопок»"]),
        ("country=none", ["=HYPERLINK(1)"]),
        ("tier=4", ["=HYPERLINK(1)"]),
        ("supplies=gloves_rubber", ["Grey Crane Gloves"]),
        ("supplies=sector-cleaning", ["Blue Heron Textiles LLP"]),
        ("supplies=gloves_rubber&supplies=sector-cleaning", ["Blue Heron Textiles LLP", "Grey Crane Gloves"]),
        ("supplies=gloves_rubber&country=KAZ", []),
        ("supplies=cotton", ["ТОО «Степной Хлопок»", "Grey Crane Gloves", "Blue Heron Textiles LLP", "=HYPERLINK(1)"]),
        (
            "band=nonsense&order=nonsense&page=many",
            ["ТОО «Степной Хлопок»", "Grey Crane Gloves", "Blue Heron Textiles LLP", "=HYPERLINK(1)"],
        ),
    ],
)  # fmt: skip
def test_search_and_filters_narrow_the_list(parties: Cast, query: str, names: list[str]) -> None:
    found = _names(parties, query)
    assert sorted(found) == sorted(names)
    assert query or found[:2] == names[:2], "the order of the newest assessment comes first"


def test_a_column_orders_the_list_both_ways(parties: Cast) -> None:
    up, down = _names(parties, "order=name"), _names(parties, "order=-name")
    assert up == down[::-1]
    assert up[:2] == ["Blue Heron Textiles LLP", "Grey Crane Gloves"]


def test_each_filter_that_is_on_is_a_word_that_takes_it_away(parties: Cast) -> None:
    state = ListState(PARTY_LIST, parties.ministry, QueryDict("q=crane&country=MYS&country=KAZ"))
    assert [(str(word.title), str(word.value), word.without) for word in state.words] == [
        ("", "“crane”", "?country=MYS&country=KAZ"),
        ("Country", "Malaysia", "?q=crane&country=KAZ"),
        ("Country", "Kazakhstan", "?q=crane&country=MYS"),
    ]


def test_the_page_is_cut_and_says_how_many_there_are(cast: Cast) -> None:
    for number in range(PER_PAGE + 5):
        add_party(cast.ministry, f"Party {number:03}", f"pty_{number}")
    client = cast.as_role(Role.VIEWER)
    first = client.get("/o/ministry/parties/").content.decode()
    assert first.count('<a class="row"') == PER_PAGE
    assert f"{PER_PAGE + 6} rows" in first
    second = client.get("/o/ministry/parties/?page=2").content.decode()
    assert second.count('<a class="row"') == 6


def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(PER_PAGE):
        add_party(cast.ministry, f"Party {number:03}", f"pty_{number}", country="KAZ")
    client = cast.as_role(Role.VIEWER)
    client.get("/o/ministry/parties/")
    with django_assert_max_num_queries(16):
        client.get("/o/ministry/parties/?q=party")


def test_the_page_has_a_field_to_search_in(parties: Cast) -> None:
    page = parties.as_role(Role.VIEWER).get("/o/ministry/parties/?q=crane").content.decode()
    assert '<input type="search" id="q" name="q" value="crane"' in page


def test_htmx_gets_the_table_alone(parties: Cast) -> None:
    part = parties.as_role(Role.VIEWER).get("/o/ministry/parties/?q=crane", headers={"HX-Target": "list"})
    text = part.content.decode()
    assert text.lstrip().startswith('<div id="list">')
    assert "Grey Crane Gloves" in text


def test_an_export_has_every_row_and_no_cell_runs_as_a_formula(parties: Cast) -> None:
    client = parties.as_role(Role.VIEWER)
    csv = b"".join(client.get("/o/ministry/parties/?export=csv").streaming_content).decode()
    assert csv.count("\n") == 5
    assert "'=HYPERLINK(1)" in csv
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/o/ministry/parties/?export=xlsx").streaming_content))
    )
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    assert AuditEntry.objects.filter(action="list.exported").count() == 2


def test_a_view_is_kept_shown_to_others_only_when_shared_and_taken_away_by_its_owner(parties: Cast) -> None:
    analyst, viewer = parties.as_role(Role.ANALYST), parties.as_role(Role.VIEWER)
    for name, shared in (("Mine", ""), ("Ours", "yes")):
        form = {"name": name, "list": "parties", "page": "parties:list", "query": "?band=high", "shared": shared}
        answer = analyst.post("/o/ministry/views/save/", form)
        assert answer["Location"] == "/o/ministry/parties/?band=high"
    page = viewer.get("/o/ministry/parties/").content.decode()
    assert "Ours" in page
    assert "Mine" not in page
    ours = SavedView.objects.get(name="Ours")
    assert viewer.post(f"/o/ministry/views/{ours.pk}/remove/").status_code == 404
    assert analyst.post(f"/o/ministry/views/{ours.pk}/remove/").status_code == 302
    assert not SavedView.objects.filter(name="Ours").exists()


def test_a_view_cannot_lead_to_another_site(parties: Cast) -> None:
    form = {"name": "x", "list": "parties", "page": "https://evil.example/", "query": "//evil.example"}
    assert parties.as_role(Role.ANALYST).post("/o/ministry/views/save/", form)["Location"].startswith("/o/ministry/")


def test_an_empty_list_says_what_it_will_hold_and_one_that_is_narrowed_too_far_says_so(cast: Cast) -> None:
    bob = cast.client(cast.bob)
    assert "No parties yet" in bob.get("/o/port/parties/").content.decode()
    assert "Nothing fits" in cast.as_role(Role.VIEWER).get("/o/ministry/parties/?q=nobody").content.decode()


def test_more_rows_than_are_counted_are_told_as_such(parties: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "MOST_COUNTED", 3)
    page = parties.as_role(Role.VIEWER).get("/o/ministry/parties/").content.decode()
    assert "more than 3 rows" in page
