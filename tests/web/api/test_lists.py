"""Lists: pages that nothing moves, filters, orders, and what is not known refused by name."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairlead.web.audit.chain import record
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.imports.models import Import, ImportFile
from fairlead.web.lists.models import SavedView
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import DuplicatePair, Label, Link, Party, PartyIdentifier, Site
from fairlead.web.questionnaires.models import Questionnaire
from fairlead.web.standards.keep import newest_kept
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast, add_party


@pytest.fixture
def many(cast: Cast) -> list[Party]:
    """Twelve parties, some alike in what they are ordered by, some of no known country or tier."""
    countries = ("KAZ", None, "UZB", "KAZ")
    return [
        add_party(cast.ministry, f"Supplier {n // 2}", f"pty_{n:016}", country=countries[n % 4], tier=n % 3 or None)
        for n in range(12)
    ]


def _walk(caller: Program, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    address: str | None = path
    while address:
        page = caller.get(address)
        assert page.status_code == 200, page.content
        found += page.json()["items"]
        address = page.json()["next"]
    return found


@pytest.mark.parametrize(
    "order", ["", "name", "-name", "country", "-country", "tier", "-tier", "kind", "band", "-band"]
)
@pytest.mark.parametrize("limit", [1, 5, 200])
def test_pages_together_are_the_whole_list_in_its_order(
    order: str, limit: int, many: list[Party], alice: Program
) -> None:
    found = _walk(alice, f"parties?limit={limit}" + (f"&order={order}" if order else ""))
    ids = [each["id"] for each in found]
    assert len(ids) == len(set(ids)) == 13
    key = order.removeprefix("-")
    if key in {"country", "tier"}:
        known = [each[key] for each in found if each[key] is not None]
        assert known == sorted(known, reverse=order.startswith("-"))
        assert [each[key] for each in found][len(known) :] == [None] * (13 - len(known))


def test_what_is_added_meanwhile_moves_nothing(many: list[Party], alice: Program, cast: Cast) -> None:
    first = alice.get("parties?limit=5&order=name").json()
    add_party(cast.ministry, "Aardvark Mills", "pty_aardvark")
    rest = _walk(alice, first["next"])
    ids = [each["id"] for each in first["items"] + rest]
    assert len(ids) == len(set(ids)) == 13
    assert "pty_aardvark" not in ids


def test_filters_and_search_are_those_of_the_page_and_stay_on_the_next(many: list[Party], alice: Program) -> None:
    found = _walk(alice, "parties?country=UZB&country=none&limit=2")
    assert {each["country"] for each in found} == {"UZB", None}
    assert len(found) == 6
    assert [each["name"] for each in alice.get("parties?q=heron").json()["items"]] == ["Blue Heron Textiles LLP"]
    assert alice.get("parties?band=not_assessed&q=heron").json()["items"][0]["rating"]["assessed"] is False


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("colour=red", "query.colour"),
        ("country=Atlantis", "query.country"),
        ("order=shoe_size", "query.order"),
        ("limit=0", "query.limit"),
        ("limit=201", "query.limit"),
        ("limit=ten", "query.limit"),
        ("cursor=made-up", "query.cursor"),
        ("q=%00", "query.q"),
        ("order=name&order=tier", "query.order"),
    ],
)
def test_what_a_list_does_not_know_is_refused_by_name(query: str, where: str, alice: Program) -> None:
    answer = alice.get(f"parties?{query}")
    assert (answer.status_code, answer.json()["where"]) == (422, where)
    assert answer.json()["do"]


def test_a_cursor_of_another_order_is_refused(many: list[Party], alice: Program) -> None:
    cursor = alice.get("parties?limit=2&order=name").json()["next"].partition("cursor=")[2]
    assert alice.get(f"parties?limit=2&order=tier&cursor={cursor}").status_code == 422


def test_a_list_takes_as_many_queries_for_two_hundred_rows_as_for_two(
    many: list[Party], alice: Program, django_assert_num_queries: Any
) -> None:
    for party in many:
        PartyIdentifier.objects.create(party=party, scheme="KZ-BIN", value=party.uid[-12:])
    alice.get("parties?limit=2")
    with django_assert_num_queries(3):
        alice.get("parties?limit=2")
    with django_assert_num_queries(3):
        assert len(alice.get("parties?limit=200").json()["items"]) == 13


def test_each_list_holds_what_is_the_organisation_s_alone(cast: Cast, alice: Program) -> None:
    other = add_party(cast.port, "Somebody else's", "pty_2222222222222222")
    for organisation, party in ((cast.ministry, cast.supplier), (cast.port, other)):
        name = organisation.slug
        Site.objects.create(organisation=organisation, uid=f"sit_{name}", party=party, city="Aktau")
        Link.objects.create(
            organisation=organisation, uid=f"lnk_{name}", from_party=party, to_self=True, kind="supplies", spend="12.5",
            currency="KZT",
        )  # fmt: skip
        Evidence.objects.create(
            organisation=organisation, uid=f"evd_{name}", party=party, subject_uid=party.uid, finding="x",
            source_id="s", asserted_by="union",
        )  # fmt: skip
        record("thing.done", organisation=organisation, actor=None)
    for kind, prefix in (("sites", "sit"), ("links", "lnk"), ("evidence", "evd")):
        assert [each["id"] for each in alice.get(kind).json()["items"]] == [f"{prefix}_ministry"]
        assert alice.get(f"{kind}/{prefix}_ministry").status_code == 200
        assert alice.get(f"{kind}/{prefix}_port").status_code == 404
    assert alice.get("parties/pty_2222222222222222").status_code == 404
    assert alice.get("links").json()["items"][0]["spend"] == "12.5000"
    assert [each["id"] for each in alice.get(f"links?party={cast.supplier.uid}").json()["items"]] == ["lnk_ministry"]
    assert len(alice.get("audit?action=thing.done").json()["items"]) == 1


def test_restricted_evidence_needs_the_scope_for_it(cast: Cast, alice: Program, viewer: Program) -> None:
    Evidence.objects.create(
        organisation=cast.ministry, uid="evd_secret", party=cast.supplier, subject_uid=cast.supplier.uid, finding="x",
        source_id="s", asserted_by="union", visibility="restricted",
    )  # fmt: skip
    assert len(alice.get("evidence").json()["items"]) == 1
    assert viewer.get("evidence").json()["items"] == []
    assert viewer.get("evidence/evd_secret").status_code == 404


def test_views_are_one_s_own_and_the_shared_ones(cast: Cast, alice: Program, viewer: Program) -> None:
    kept = viewer.post("views", {"list": "parties", "name": "Mine", "query": "?country=KAZ"})
    assert kept.status_code == 201
    shared = alice.post("views", {"list": "parties", "name": "All", "query": "", "shared": True}).json()
    alice.post("views", {"list": "parties", "name": "Hers"})
    assert [(each["name"], each["own"]) for each in viewer.get("views").json()["items"]] == [
        ("Mine", True), ("All", False),
    ]  # fmt: skip
    assert viewer.post(f"views/{shared['id']}/remove").status_code == 404
    assert viewer.post(f"views/{kept.json()['id']}/remove").status_code == 204
    assert SavedView.objects.filter(user=cast.people[Role.VIEWER]).count() == 0


def test_the_first_address_says_what_the_token_may_do(cast: Cast) -> None:
    [item] = program(cast.people[Role.AUDITOR]).get("/api/organisations").json()["items"]
    assert (item["id"], item["role"], item["may"]) == ("ministry", "auditor", ["audit", "export", "see"])


def test_a_program_of_an_administrator_chooses_that_suppliers_see_their_rating(cast: Cast) -> None:
    refused = program(cast.people[Role.CASE_LEAD]).post("shows-ratings", {"shows_ratings": True})
    assert refused.status_code == 403
    administrator = program(cast.people[Role.ADMINISTRATOR])
    assert administrator.get("/api/organisations").json()["items"][0]["shows_ratings"] is False
    answer = administrator.post("shows-ratings", {"shows_ratings": True})
    assert (answer.status_code, answer.json()["shows_ratings"]) == (200, True)
    cast.ministry.refresh_from_db()
    assert cast.ministry.shows_ratings
    line = AuditEntry.objects.get(action="organisation.changed")
    assert (line.by, line.detail) == ("token", {"fields": ["shows_ratings"], "shows_ratings": True})


def test_lists_of_questionnaires_pairs_labels_and_imports_take_as_many_queries_for_many_rows_as_for_few(
    cast: Cast, many: list[Party], alice: Program
) -> None:
    def fill(first: int, last: int) -> None:
        """Make one record of each kind for each of some parties."""
        version = newest_kept(cast.ministry, None)
        for party, other in zip(many[first:last], many[first + 1 : last + 1], strict=True):
            left, right = sorted((party, other), key=lambda each: each.pk)
            DuplicatePair.objects.create(organisation=cast.ministry, left=left, right=right, probability=0.5)
            Label.objects.create(organisation=cast.ministry, name=party.uid)
            one = Import.objects.create(organisation=cast.ministry)
            ImportFile.objects.create(of_import=one, place=0, name="list.csv", sha256="0", size=1)
            Questionnaire.objects.create(
                organisation=cast.ministry, party=party, standard=version, due_on=timezone.localdate()
            )

    paths = ("questionnaires", "duplicates", "labels", "imports", "standard/versions", "rows")
    fill(0, 2)
    counts = {}
    for path in paths:
        alice.get(path)
        with CaptureQueriesContext(connection) as few:
            assert alice.get(path).status_code == 200
        counts[path] = len(few)
    fill(2, 10)
    for path in paths:
        with CaptureQueriesContext(connection) as more:
            items = alice.get(path).json()["items"]
        assert (path, len(more)) == (path, counts[path])
        assert len(items) in {0, 1, 10}
