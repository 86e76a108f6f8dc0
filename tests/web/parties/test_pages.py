"""The page of a party, its parts, and what is added to it by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fairlead.errors import LinkError
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties import parts
from fairlead.web.parties.models import Label, Labelling, Link, Party, PartyIdentifier, RecordState, Site, SourceRow
from tests.web.conftest import Cast, add_party

SCRIPT = "<script>alert(1)</script>"
TABS = ("", "evidence/", "chain/", "work/", "history/")


@pytest.fixture
def analyst(cast: Cast) -> Client:
    return cast.as_role(Role.ANALYST)


def page_of(client: Client, party: Party, tab: str = "") -> str:
    answer = client.get(f"/o/ministry/parties/{party.uid}/{tab}")
    assert answer.status_code == 200
    return answer.content.decode()


def fill(cast: Cast, n: int) -> None:
    """Give the supplier n of everything."""
    for number in range(n):
        other = add_party(cast.ministry, f"Other {number}", f"pty_{number}")
        Site.objects.create(organisation=cast.ministry, uid=f"sit_{number}", party=cast.supplier, city="Aktau")
        Link.objects.create(
            organisation=cast.ministry, uid=f"lnk_{number}", from_party=other, to_party=cast.supplier, kind="supplies"
        )
        Link.objects.create(
            organisation=cast.ministry, uid=f"own_{number}", from_party=cast.supplier, to_party=other, kind="owns"
        )
        PartyIdentifier.objects.create(party=cast.supplier, scheme="ID", value=str(number))
        SourceRow.objects.create(party=cast.supplier, uid=f"row_{number}", import_batch=1, file="list.csv", row=number)
        Labelling.objects.create(
            party=cast.supplier, label=Label.objects.create(organisation=cast.ministry, name=f"label {number}")
        )
        Evidence.objects.create(
            organisation=cast.ministry, uid=f"evd_{number}", party=cast.supplier, subject_uid=cast.supplier.uid,
            finding="documents_held", source_id="x", asserted_by="union",
        )  # fmt: skip


@pytest.mark.parametrize("tab", TABS)
def test_the_number_of_queries_does_not_grow_with_what_hangs_on_a_party(
    cast: Cast, analyst: Client, tab: str, django_assert_max_num_queries: Any
) -> None:
    fill(cast, 2)
    with django_assert_max_num_queries(40) as few:
        page_of(analyst, cast.supplier, tab)
    for model in (Site, Link, PartyIdentifier, SourceRow, Labelling, Label, Evidence):
        model.objects.all().delete()
    Party.objects.exclude(pk=cast.supplier.pk).delete()
    fill(cast, 12)
    with django_assert_max_num_queries(len(few.captured_queries)):
        page_of(analyst, cast.supplier, tab)


def test_facts_stand_with_the_row_they_were_read_from(cast: Cast, analyst: Client) -> None:
    SourceRow.objects.create(
        party=cast.supplier, uid="row_1", import_batch=1, file="vendors.xlsx", sheet="2025", row=17
    )
    page = page_of(analyst, cast.supplier)
    assert all(part in page for part in ("vendors.xlsx", "2025", ">17<"))


def test_what_was_entered_by_hand_says_by_whom(cast: Cast, analyst: Client) -> None:
    analyst.post("/o/ministry/parties/add/", {"name": "Grey Crane Ltd", "kind": "company"})
    party = Party.objects.get(name="Grey Crane Ltd")
    assert "By hand, by The Analyst" in page_of(analyst, party)


def test_what_is_not_known_is_told_with_a_way_to_enter_it(cast: Cast, analyst: Client) -> None:
    page = page_of(analyst, cast.supplier)
    assert "What it supplies." in page
    assert f"/o/ministry/parties/{cast.supplier.uid}/links/add/" in page
    assert f"/o/ministry/parties/{cast.supplier.uid}/links/add/" not in page_of(
        cast.as_role(Role.VIEWER), cast.supplier
    )


@pytest.mark.parametrize("tab", TABS)
def test_scripts_in_any_field_are_shown_and_not_run(cast: Cast, analyst: Client, tab: str) -> None:
    party = add_party(
        cast.ministry, SCRIPT, "pty_3", names=[SCRIPT, f"2{SCRIPT}"], note=SCRIPT, contact_email="a@b.example"
    )
    party.note = f"x{SCRIPT}"
    party.save()
    other = add_party(cast.ministry, f"other {SCRIPT}", "pty_4")
    Site.objects.create(organisation=cast.ministry, uid="sit_1", party=party, name=SCRIPT, city=SCRIPT, address=SCRIPT)
    Link.objects.create(
        organisation=cast.ministry, uid="lnk_1", from_party=other, to_party=party, kind="supplies", good=SCRIPT
    )
    PartyIdentifier.objects.create(party=party, scheme=SCRIPT, value=SCRIPT)
    SourceRow.objects.create(party=party, uid="row_1", import_batch=1, file=SCRIPT, sheet=SCRIPT, row=1)
    Labelling.objects.create(party=party, label=Label.objects.create(organisation=cast.ministry, name=SCRIPT))
    Evidence.objects.create(
        organisation=cast.ministry, uid="evd_1", party=party, subject_uid=party.uid, finding=SCRIPT, source_id=SCRIPT,
        source_title=SCRIPT, quote=SCRIPT, locator=SCRIPT, edition=SCRIPT, asserted_by="union",
        text={"template": SCRIPT, "values": {}},
    )  # fmt: skip
    page = page_of(analyst, party, tab)
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_a_number_is_read_by_the_rules_of_its_register_and_can_be_found(cast: Cast, analyst: Client) -> None:
    address = f"/o/ministry/parties/{cast.supplier.uid}/identifiers/add/"
    analyst.post(address, {"scheme": "KZ-BIN", "value": "БИН 980540000397"})
    [kept] = cast.supplier.identifiers.all()
    assert (kept.scheme, kept.value, kept.valid) == ("KZ-BIN", "980540000397", True)
    assert "Blue Heron" in analyst.get("/o/ministry/parties/?q=980540000397").content.decode()


def test_a_number_that_fails_its_check_is_kept_and_marked(cast: Cast, analyst: Client) -> None:
    address = f"/o/ministry/parties/{cast.supplier.uid}/identifiers/add/"
    answer = analyst.post(address, {"scheme": "KZ-BIN", "value": "123456789012"}, follow=True)
    assert cast.supplier.identifiers.get().valid is False
    assert "fails its check" in answer.content.decode()


def test_a_number_taken_away_comes_back_by_undo(cast: Cast, analyst: Client) -> None:
    one = PartyIdentifier.objects.create(party=cast.supplier, scheme="LEI", value="5493001KJTIIGC8Y1R12", valid=True)
    number = one.pk
    answer = analyst.post(f"/o/ministry/parties/identifiers/{number}/remove/", follow=True)
    assert not cast.supplier.identifiers.exists()
    assert f"/o/ministry/parties/identifiers/{number}/back/" in answer.content.decode()
    analyst.post(f"/o/ministry/parties/identifiers/{number}/back/")
    assert cast.supplier.identifiers.get().value == "5493001KJTIIGC8Y1R12"


def link(other: str, **more: object) -> dict[str, object]:
    return {"what": "out:supplies", "other": other, **more}


def test_a_link_is_told_from_both_ends(cast: Cast, analyst: Client) -> None:
    other = add_party(cast.ministry, "Grey Crane Ltd", "pty_2222222222222222")
    address = f"/o/ministry/parties/{cast.supplier.uid}/links/add/"
    analyst.post(address, link(other.uid, what="in:owns", share_percent="25.5", from_date="2024-05"))
    kept = Link.objects.get()
    assert (kept.from_party, kept.to_party, kept.kind, kept.share) == (other, cast.supplier, "owns", 0.255)
    assert "is owned by" in page_of(analyst, cast.supplier, "chain/")
    assert "owns" in page_of(analyst, other, "chain/")


def test_a_party_cannot_supply_itself(cast: Cast, analyst: Client) -> None:
    address = f"/o/ministry/parties/{cast.supplier.uid}/links/add/"
    page = analyst.post(address, link(cast.supplier.uid)).content.decode()
    assert "A link needs two parties" in page
    assert not Link.objects.exists()
    with pytest.raises(LinkError):
        parts.check_ends({"from_party": cast.supplier, "to_party": cast.supplier})


def test_links_may_run_in_a_circle(cast: Cast, analyst: Client) -> None:
    other = add_party(cast.ministry, "Grey Crane Ltd", "pty_2222222222222222")
    for party, to in ((cast.supplier, other), (other, cast.supplier)):
        analyst.post(f"/o/ministry/parties/{party.uid}/links/add/", link(to.uid))
    assert Link.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"share_percent": "101"},
        {"share_percent": "-1"},
        {"spend": "5"},
        {"spend": "-5", "currency": "KZT"},
        {"from_date": "2024-13"},
        {"from_date": "2024-05", "to_date": "2023"},
        {"product": "123"},
        {"currency": "tenge"},
        {"other": "pty_of_nobody"},
        {"what": "in:supplies", "other": "ourselves"},
        {"what": "out:owns", "other": "ourselves"},
    ],
)
def test_a_link_that_cannot_be_is_refused(cast: Cast, analyst: Client, wrong: dict[str, str]) -> None:
    other = add_party(cast.ministry, "Grey Crane Ltd", "pty_2222222222222222")
    answer = analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/links/add/", link(other.uid) | wrong)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert not Link.objects.exists()


def test_a_link_to_a_party_of_another_organisation_is_refused(cast: Cast, analyst: Client) -> None:
    foreign = add_party(cast.port, "Elsewhere", "pty_9")
    analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/links/add/", link(foreign.uid))
    assert not Link.objects.exists()


def test_sites_are_added_corrected_withdrawn_and_taken_back(cast: Cast, analyst: Client) -> None:
    analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/sites/add/", {"kind": "factory", "city": "Aktau"})
    site = Site.objects.get()
    analyst.post(f"/o/ministry/parties/sites/{site.uid}/", {"kind": "mine", "city": "Aktau", "seen": site.version})
    site.refresh_from_db()
    assert (site.kind, site.version) == ("mine", 2)
    analyst.post(f"/o/ministry/parties/parts/site/{site.uid}/withdraw/")
    site.refresh_from_db()
    assert site.state == RecordState.WITHDRAWN
    analyst.post(f"/o/ministry/parties/parts/site/{site.uid}/back/")
    site.refresh_from_db()
    assert site.state == RecordState.LIVE
    told = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"site.added", "site.changed", "site.withdrawn", "site.taken_back"} <= told


@pytest.mark.parametrize(
    "address",
    [
        "parties/{party}/",
        "parties/{party}/edit/",
        "parties/{party}/history/",
        "parties/{party}/split/",
        "parties/sites/sit_1/",
        "parties/links/lnk_1/",
    ],
)
def test_what_another_organisation_has_is_not_found(cast: Cast, analyst: Client, address: str) -> None:
    foreign = add_party(cast.port, "Elsewhere", "pty_9")
    Site.objects.create(organisation=cast.port, uid="sit_1", party=foreign, city="Aktau")
    Link.objects.create(organisation=cast.port, uid="lnk_1", from_party=foreign, to_self=True, kind="supplies")
    assert analyst.get("/o/ministry/" + address.format(party=foreign.uid)).status_code == 404


def test_only_parties_of_the_organisation_are_offered(cast: Cast, analyst: Client) -> None:
    add_party(cast.port, "Blue Heron of elsewhere", "pty_9")
    page = analyst.get("/o/ministry/parties/find/?q=heron").content.decode()
    assert "Blue Heron Textiles LLP" in page
    assert "elsewhere" not in page


def test_a_withdrawn_party_is_out_of_the_list_until_it_is_taken_back(cast: Cast, analyst: Client) -> None:
    answer = analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/withdraw/", follow=True)
    assert "was withdrawn" in answer.content.decode()
    assert "Blue Heron Textiles LLP</a>" not in answer.content.decode()
    analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/back/")
    assert Party.live.filter(pk=cast.supplier.pk).exists()


def test_the_history_says_who_changed_what_and_a_version_comes_back(cast: Cast, analyst: Client) -> None:
    facts = {"name": "Blue Heron Textiles LLP", "kind": "company", "country": "KAZ", "tier": "1"}
    analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/edit/", {**facts, "country": "UZB", "seen": 1})
    page = page_of(analyst, cast.supplier, "history/")
    assert all(part in page for part in ("The Analyst", "Kazakhstan", "Uzbekistan"))
    first = Party.history.filter(id=cast.supplier.pk).order_by("history_id").first()
    analyst.post(f"/o/ministry/parties/history/party/{first.history_id}/restore/")
    party = Party.objects.get(pk=cast.supplier.pk)
    assert (party.country, party.tier, party.version) == ("KAZ", None, 3)


def test_a_version_of_another_organisations_party_does_not_come_back(cast: Cast, analyst: Client) -> None:
    foreign = add_party(cast.port, "Elsewhere", "pty_9")
    number = Party.history.get(id=foreign.pk).history_id
    assert analyst.post(f"/o/ministry/parties/history/party/{number}/restore/").status_code == 404


def test_labels_are_given_filtered_by_renamed_and_taken_away(cast: Cast, analyst: Client) -> None:
    add_party(cast.ministry, "Grey Crane Ltd", "pty_2222222222222222")
    analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/labels/add/", {"label": "  tender   2026 "})
    label = Label.objects.get()
    assert label.name == "tender 2026"
    page = analyst.get(f"/o/ministry/parties/?label={label.pk}").content.decode()
    assert "Blue Heron" in page
    assert "Grey Crane" not in page
    analyst.post("/o/ministry/parties/labels/", {"label": label.pk, "do": "rename", "name": "asked"})
    assert Label.objects.get().name == "asked"
    analyst.post(f"/o/ministry/parties/{cast.supplier.uid}/labels/{label.pk}/remove/")
    assert not Labelling.objects.exists()
    assert analyst.post("/o/port/parties/labels/", {"label": label.pk}).status_code == 404


def test_the_first_change_of_an_imported_party_tells_what_it_was(cast: Cast, analyst: Client) -> None:
    [party] = Party.objects.bulk_create(
        [Party(organisation=cast.ministry, uid="pty_5", name="Imported mill", names=["Imported mill"], country="KAZ")]
    )
    assert not Party.history.filter(id=party.pk).exists()
    facts = {"name": "Imported mill", "kind": "company", "country": "UZB", "seen": 1}
    analyst.post(f"/o/ministry/parties/{party.uid}/edit/", facts)
    page = page_of(analyst, party, "history/")
    assert "<del>Kazakhstan</del> → <ins>Uzbekistan</ins>" in page
    first = Party.history.filter(id=party.pk).order_by("history_id").first()
    assert (first.history_user, first.country) == (None, "KAZ")
    assert analyst.post(f"/o/ministry/parties/{party.uid}/edit/", {**facts, "country": "KGZ"}).status_code == 409
