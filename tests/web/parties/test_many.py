"""Changing many parties at once, and the list as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from fairlead.web.jobs.models import Job
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties import bulk_change
from fairlead.web.parties.models import BulkChange, Label, Link, Party, RecordState
from tests.web.conftest import Cast, add_party
from tests.web.parties.everything import everything

CHANGE = "/o/ministry/parties/change/"


@pytest.fixture
def analyst(cast: Cast) -> Client:
    return cast.as_role(Role.ANALYST)


@pytest.fixture
def crowd(cast: Cast) -> list[Party]:
    return [add_party(cast.ministry, f"Crane {n}", f"pty_{n}", country="UZB") for n in range(60)]


def test_the_selected_parties_are_changed_and_changed_back(cast: Cast, analyst: Client, crowd: list[Party]) -> None:
    before = everything()
    chosen = [party.uid for party in crowd[:3]]
    analyst.post(CHANGE, {"selected": chosen, "do": "yes", "field": "country", "country": "KAZ"})
    assert set(Party.objects.filter(country="KAZ").values_list("uid", flat=True)) == {*chosen, cast.supplier.uid}
    bulk = BulkChange.objects.get()
    analyst.post(f"{CHANGE}{bulk.pk}/undo/")
    assert everything() == before


def test_all_rows_that_fit_are_meant_although_the_change_alters_what_fits(
    analyst: Client, cast: Cast, crowd: list[Party]
) -> None:
    analyst.post(CHANGE, {"every": "yes", "query": "?country=UZB", "do": "yes", "field": "country", "country": "KGZ"})
    assert Party.objects.filter(country="KGZ").count() == 60
    assert Party.objects.get(pk=cast.supplier.pk).country == "KAZ"


@pytest.mark.parametrize(
    ("field", "value", "holds"),
    [
        ("kind", "labour_provider", lambda party: party.kind == "labour_provider"),
        ("tier", "2", lambda party: party.tier == 2),
        ("note", "Met in May", lambda party: party.note == "Met in May"),
        ("label", "asked", lambda party: [str(label) for label in party.labels.all()] == ["asked"]),
    ],
)
def test_each_kind_of_change_is_made_and_undone(
    analyst: Client, cast: Cast, crowd: list[Party], field: str, value: str, holds: Any
) -> None:
    before = everything()
    analyst.post(CHANGE, {"selected": [crowd[0].uid], "do": "yes", "field": field, field: value})
    assert holds(Party.objects.get(pk=crowd[0].pk))
    bulk_change.undo(BulkChange.objects.get())
    assert everything() == before


def test_a_label_is_taken_away_by_its_own_choice_and_given_back(
    analyst: Client, cast: Cast, crowd: list[Party]
) -> None:
    label = Label.objects.create(organisation=cast.ministry, name="asked")
    crowd[0].labels.add(label)
    crowd[1].labels.add(label)
    asked = {"selected": [crowd[0].uid], "do": "yes", "field": "unlabel", "label": "another", "unlabel": "asked"}
    analyst.post(CHANGE, asked)
    assert list(Party.objects.filter(labels=label)) == [crowd[1]]
    assert not Label.objects.filter(name="another").exists()
    bulk_change.undo(BulkChange.objects.get())
    assert set(Party.objects.filter(labels=label)) == set(crowd[:2])


def test_a_label_that_is_not_there_cannot_be_taken_away(analyst: Client, crowd: list[Party]) -> None:
    page = analyst.post(CHANGE, {"selected": [crowd[0].uid], "do": "yes", "field": "unlabel", "unlabel": "asked"})
    assert page.status_code == 200
    assert "There are no labels yet." in page.content.decode()
    assert not BulkChange.objects.exists()


def test_withdrawing_many_is_undone_and_what_changed_since_stays(
    analyst: Client, cast: Cast, crowd: list[Party]
) -> None:
    analyst.post(f"{CHANGE}withdraw/", {"selected": [party.uid for party in crowd[:3]]})
    assert Party.live.count() == 58
    Party.objects.filter(pk=crowd[0].pk).update(state=RecordState.MERGED)
    assert bulk_change.undo(BulkChange.objects.get()) == 1
    assert Party.live.count() == 60


def test_very_many_are_changed_in_the_background(
    analyst: Client, cast: Cast, crowd: list[Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_change, "AT_ONCE", 10)
    analyst.post(CHANGE, {"every": "yes", "query": "", "do": "yes", "field": "tier", "tier": "3"})
    assert Job.objects.get().state == "done"
    assert Party.objects.filter(tier=3).count() == 61
    bulk = BulkChange.objects.get()
    assert "61 of 61" in analyst.get(f"{CHANGE}{bulk.pk}/").content.decode()


def test_a_change_that_was_interrupted_goes_on_and_changes_nobody_twice(cast: Cast, crowd: list[Party]) -> None:
    change = {"field": "note", "value": "Met in May"}
    bulk = BulkChange.objects.create(
        organisation=cast.ministry, user=cast.alice, change=change, selection={"query": ""}
    )
    bulk_change.list_items(bulk)
    bulk_change._change(bulk, list(bulk.items.order_by("pk")[:20]))
    bulk_change.apply(BulkChange.objects.get(pk=bulk.pk))
    assert set(Party.objects.values_list("note", flat=True)) == {"Met in May"}


def test_a_party_of_another_organisation_is_not_changed(cast: Cast, analyst: Client) -> None:
    foreign = add_party(cast.port, "Elsewhere", "pty_9")
    analyst.post(CHANGE, {"selected": [foreign.uid], "do": "yes", "field": "tier", "tier": "3"})
    analyst.post(f"{CHANGE}withdraw/", {"selected": [foreign.uid]})
    foreign.refresh_from_db()
    assert (foreign.tier, foreign.state) == (None, RecordState.LIVE)


def test_a_label_of_another_organisation_is_not_given(cast: Cast, crowd: list[Party]) -> None:
    label = Label.objects.create(organisation=cast.port, name="theirs")
    change = {"field": "label", "value": label.pk}
    bulk = BulkChange.objects.create(
        organisation=cast.ministry, user=cast.alice, change=change, selection={"selected": [crowd[0].uid]}
    )
    bulk_change.apply(bulk)
    assert not label.labellings.exists()


def test_nothing_selected_is_said(analyst: Client, cast: Cast) -> None:
    assert "Select rows first" in analyst.post(f"{CHANGE}withdraw/", follow=True).content.decode()


def test_a_change_without_its_value_is_asked_for_again(analyst: Client, crowd: list[Party], cast: Cast) -> None:
    page = analyst.post(CHANGE, {"selected": [crowd[0].uid], "do": "yes", "field": "tier"}).content.decode()
    assert "Give the value to set." in page
    assert not BulkChange.objects.exists()


def test_the_list_tells_what_a_party_supplies_its_spend_and_labels(cast: Cast, analyst: Client) -> None:
    other = add_party(cast.ministry, "Grey Crane Ltd", "pty_2222222222222222")
    for party, spend in ((cast.supplier, 30), (other, 70)):
        Link.objects.create(
            organisation=cast.ministry, uid=f"lnk_{spend}", from_party=party, to_self=True, kind="supplies",
            good="cotton", spend=spend, currency="KZT",
        )  # fmt: skip
    page = analyst.get("/o/ministry/parties/").content.decode()
    assert "Cotton" in page
    assert "30%" in page


def test_no_cell_of_the_exported_list_is_a_formula(cast: Cast, analyst: Client) -> None:
    evil = '=HYPERLINK("http://evil.example")'
    party = add_party(cast.ministry, evil, "pty_3", names=["+cmd"], note=f"\t{evil}")
    party.labels.add(Label.objects.create(organisation=cast.ministry, name=f"@{evil}"[:40]))
    answer = analyst.get("/o/ministry/parties/?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert any(evil in cell for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@\t\r" and cell]


def test_an_export_looks_up_labels_and_goods_of_every_row(cast: Cast, analyst: Client, crowd: list[Party]) -> None:
    crowd[-1].labels.add(Label.objects.create(organisation=cast.ministry, name="asked"))
    answer = analyst.get("/o/ministry/parties/?export=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["Name"] for row in rows if row["Labels"] == "asked"] == ["Crane 59"]
