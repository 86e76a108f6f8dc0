"""Parties that are one are merged, and undoing gives back every row as it was."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from fairlead.errors import LaterWork, RegroupingError
from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import JudgementGraph
from fairlead.resolve.record_key import record_key
from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Invitation, Membership
from fairlead.web.parties.judgements import events_of
from fairlead.web.parties.merge import merge
from fairlead.web.parties.models import (
    Label,
    Labelling,
    Link,
    Party,
    PartyIdentifier,
    RecordState,
    Regrouping,
    Site,
    SourceRow,
)
from fairlead.web.parties.split import Leaving, split
from fairlead.web.parties.tables import link_table
from fairlead.web.parties.undo_regrouping import undo
from tests.web.conftest import Cast, add_party
from tests.web.parties.everything import everything


@pytest.fixture
def twin(cast: Cast) -> Party:
    """The supplier of the cast once more, under another name, with something of everything."""
    twin = add_party(cast.ministry, "Голубая цапля ТОО", "pty_2222222222222222", note="Met in May", tier=2)
    for party, number in ((cast.supplier, "980540000397"), (twin, "980540000397"), (twin, "050140000121")):
        PartyIdentifier.objects.create(party=party, scheme="KZ-BIN", value=number, valid=True)
    Site.objects.create(organisation=cast.ministry, uid="sit_2", party=twin, city="Aktau")
    Link.objects.create(organisation=cast.ministry, uid="lnk_2", from_party=twin, to_self=True, kind="supplies")
    Link.objects.create(
        organisation=cast.ministry, uid="lnk_3", from_party=twin, to_party=cast.supplier, kind="supplies", share=0.5
    )
    Evidence.objects.create(
        organisation=cast.ministry, uid="evd_2", party=twin, subject_uid=twin.uid, finding="documents_held",
        source_id="by_hand", asserted_by="union",
    )  # fmt: skip
    fields = {"name": "Голубая цапля ТОО", "country": "KAZ", "city": "Aktau"}
    SourceRow.objects.create(party=twin, uid="row_2", import_batch=1, file="list.csv", row=7, fields=fields)
    label = Label.objects.create(organisation=cast.ministry, name="tender 2026")
    Labelling.objects.create(label=label, party=twin)
    return twin


def test_what_belongs_to_one_goes_over_to_the_other(cast: Cast, twin: Party) -> None:
    merge(cast.supplier, [twin], user=cast.alice)
    kept = Party.objects.get(pk=cast.supplier.pk)
    assert kept.names == ["Blue Heron Textiles LLP", "Голубая цапля ТОО"]
    assert (kept.country, kept.tier, kept.note) == ("KAZ", 2, "Met in May")
    assert sorted(kept.identifiers.values_list("value", flat=True)) == ["050140000121", "980540000397"]
    assert list(kept.sites.values_list("uid", flat=True)) == ["sit_2"]
    assert list(kept.source_rows.values_list("uid", flat=True)) == ["row_2"]
    assert list(kept.labels.values_list("name", flat=True)) == ["tender 2026"]
    evidence = Evidence.objects.get(uid="evd_2")
    assert (evidence.party_id, evidence.subject_uid) == (kept.pk, kept.uid)
    assert "050140000121" in kept.search
    gone = Party.objects.get(pk=twin.pk)
    assert (gone.state, gone.merged_into_id) == (RecordState.MERGED, kept.pk)


def test_a_link_from_a_party_to_itself_is_withdrawn_and_not_counted(cast: Cast, twin: Party) -> None:
    done = merge(cast.supplier, [twin], user=cast.alice)
    link = Link.objects.get(uid="lnk_3")
    assert (link.state, done.withdrawn) == (RecordState.WITHDRAWN, [link.pk])
    assert [row["link_id"] for row in link_table(cast.ministry).to_pylist()] == ["lnk_2"]


def test_undoing_gives_back_every_row(cast: Cast, twin: Party) -> None:
    before = everything()
    done = merge(cast.supplier, [twin], user=cast.alice, chosen={"name": twin.name})
    assert everything() != before
    undo(done, user=cast.alice)
    assert everything() == before


@pytest.mark.parametrize("seed", range(6))
def test_undoing_gives_back_every_row_of_whatever_there_is(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    parties = [cast.supplier] + [
        add_party(
            cast.ministry,
            chance.choice(["Acme", "Акме ТОО", "Acme LLP"]),
            f"pty_{n}",
            country=chance.choice(["KAZ", "UZB", None]),
            note=chance.choice(["", "a note", "another"]),
            workforce=chance.sample(["migrant", "agency"], chance.randint(0, 2)),
        )
        for n in range(5)
    ]
    labels = [Label.objects.create(organisation=cast.ministry, name=name) for name in "ab"]
    for n in range(25):
        one, other = chance.choice(parties), chance.choice(parties)
        if one != other:
            Link.objects.create(
                organisation=cast.ministry, uid=f"lnk_{n}", from_party=one, to_party=other, kind="supplies",
                state=chance.choice(["live", "live", "withdrawn"]), spend=Decimal(n), currency="KZT",
            )  # fmt: skip
        PartyIdentifier.objects.get_or_create(party=one, scheme="ID", value=str(chance.randint(1, 4)))
        Labelling.objects.get_or_create(label=chance.choice(labels), party=other)
        SourceRow.objects.create(
            party=one,
            uid=f"row_{n}",
            import_batch=1,
            file="a.csv",
            row=n,
            fields={"name": one.name, "city": str(n % 3)},
        )
    before = everything()
    chosen = chance.sample(parties, 3)
    first = merge(chosen[0], chosen[1:], user=cast.alice)
    second = merge(next(one for one in parties if one not in chosen), [chosen[0]], user=cast.alice)
    with pytest.raises(RegroupingError):
        undo(first, user=cast.alice)  # its party has gone into another
    undo(second, user=cast.alice)
    undo(first, user=cast.alice)
    assert everything() == before


def test_later_work_is_named_and_left_as_it_is(cast: Cast, twin: Party) -> None:
    done = merge(cast.supplier, [twin], user=cast.alice)
    Party.objects.filter(pk=cast.supplier.pk).update(note="Changed since")
    Site.objects.filter(uid="sit_2").delete()
    with pytest.raises(LaterWork) as refused:
        undo(done, user=cast.alice)
    assert len(refused.value.conflicts) == 2
    assert Regrouping.objects.get(pk=done.pk).undone_at is None
    undo(done, user=cast.alice, all_the_same=True)
    assert Party.objects.get(pk=cast.supplier.pk).note == "Changed since"
    assert Party.objects.get(pk=twin.pk).state == RecordState.LIVE
    assert twin.identifiers.count() == 2


def test_nothing_is_undone_twice(cast: Cast, twin: Party) -> None:
    done = merge(cast.supplier, [twin], user=cast.alice)
    undo(done, user=cast.alice)
    with pytest.raises(RegroupingError):
        undo(done, user=cast.alice)


def test_a_party_of_another_organisation_cannot_be_merged(cast: Cast) -> None:
    foreign = add_party(cast.port, "Elsewhere", "pty_9")
    with pytest.raises(RegroupingError):
        merge(cast.supplier, [foreign], user=cast.alice)


def test_imports_are_told_that_the_records_are_one_until_it_is_undone(cast: Cast, twin: Party) -> None:
    key = record_key(twin.source_rows.get().fields)
    done = merge(cast.supplier, [twin], user=cast.alice)
    graph = JudgementGraph.of(events_of(cast.ministry))
    [other] = {side.key for one in graph.same for side in (one.left, one.right) if side.party_id == cast.supplier.uid}
    assert graph.decision((key, other)) is Decision.SAME
    undo(done, user=cast.alice)
    assert JudgementGraph.of(events_of(cast.ministry)).decision((key, other)) is None
    assert events_of(cast.port) == ()


def test_a_split_takes_what_was_chosen_and_undoing_gives_it_back(cast: Cast, twin: Party) -> None:
    merge(cast.supplier, [twin], user=cast.alice)
    kept = Party.objects.get(pk=cast.supplier.pk)
    before = everything()
    site, row = kept.sites.get(), kept.source_rows.get()
    leaving = Leaving(
        "Голубая цапля ТОО", "company", "KAZ", ["Голубая цапля ТОО"],
        {"sites": [site.pk], "rows": [row.pk], "identifiers": [kept.identifiers.get(value="050140000121").pk]},
    )  # fmt: skip
    done = split(kept, leaving, user=cast.alice)
    new = Party.objects.get(pk=done.others[0])
    assert (new.sites.count(), new.source_rows.count(), new.identifiers.count()) == (1, 1, 1)
    assert "050140000121" in new.search
    assert Party.objects.get(pk=kept.pk).names == ["Blue Heron Textiles LLP"]
    assert "050140000121" not in Party.objects.get(pk=kept.pk).search
    undo(done, user=cast.alice)
    after = everything()
    [gone] = [row for row in after["Party"] if row["id"] == new.pk]
    assert gone["state"] == RecordState.WITHDRAWN
    after["Party"] = [row for row in after["Party"] if row["id"] != new.pk]
    assert after == before


@pytest.fixture
def of_supplier(cast: Cast) -> tuple[CorrectiveAction, Membership, Invitation]:
    """A corrective action of the supplier, its account, and somebody who is invited to answer for it."""
    action = CorrectiveAction.objects.create(
        organisation=cast.ministry, uid="act_1", party=cast.supplier, words="Give the passports back"
    )
    invited = Invitation.objects.create(
        organisation=cast.ministry, email="new@heron.example", role=Role.SUPPLIER, party=cast.supplier
    )
    return action, Membership.objects.get(user=cast.people[Role.SUPPLIER]), invited


def test_accounts_and_actions_go_to_the_party_that_is_chosen_and_undoing_gives_them_back(
    cast: Cast, of_supplier: tuple[CorrectiveAction, Membership, Invitation]
) -> None:
    before = everything()
    client = cast.as_role(Role.ANALYST)
    address = f"/o/ministry/parties/{cast.supplier.uid}/split/"
    page = client.get(address).content.decode()
    for words in ("Give the passports back", "supplier@ministry.example", "new@heron.example"):
        assert words in page
    action, account, invited = of_supplier
    given = {"name": "Heron Camps", "actions": action.pk, "accounts": account.pk, "invitations": invited.pk}
    client.post(address, given)
    new = Party.live.get(name="Heron Camps")
    for one in of_supplier:
        one.refresh_from_db()
        assert one.party == new
    line = AuditEntry.objects.get(action="party.split")
    assert (line.detail["moved"], line.detail["accounts"]) == (3, 1)
    client.post(f"/o/ministry/parties/merge/{Regrouping.objects.get().pk}/undo/")
    after = everything()
    after["Party"] = [row for row in after["Party"] if row["id"] != new.pk]
    assert after == before


def test_what_is_not_chosen_stays_and_what_is_another_partys_is_not_taken(
    cast: Cast, of_supplier: tuple[CorrectiveAction, Membership, Invitation]
) -> None:
    action, account, invited = of_supplier
    other = add_party(cast.ministry, "Bright Windows LLP", "pty_3333333333333333")
    CorrectiveAction.objects.filter(pk=action.pk).update(party=other)
    with pytest.raises(RegroupingError):
        split(cast.supplier, Leaving("Other", "company", None, (), {"actions": [action.pk]}), user=cast.alice)
    split(cast.supplier, Leaving("Other", "company", None, (), {"invitations": [invited.pk]}), user=cast.alice)
    account.refresh_from_db()
    action.refresh_from_db()
    assert (account.party, action.party) == (cast.supplier, other)


def test_a_split_keeps_later_imports_from_joining_them_again(cast: Cast, twin: Party) -> None:
    merge(cast.supplier, [twin], user=cast.alice)
    kept = Party.objects.get(pk=cast.supplier.pk)
    row = kept.source_rows.get()
    split(kept, Leaving("Цапля", "company", "KAZ", (), {"rows": [row.pk]}), user=cast.alice)
    said = [one for one in events_of(cast.ministry) if getattr(one, "decision", None) is Decision.DIFFERENT]
    assert len(said) == 1


def test_an_empty_split_is_refused(cast: Cast) -> None:
    with pytest.raises(RegroupingError):
        split(cast.supplier, Leaving("Other", "company", None), user=cast.alice)


def test_the_page_of_a_merged_party_leads_on(cast: Cast, twin: Party) -> None:
    merge(cast.supplier, [twin], user=cast.alice)
    answer = cast.as_role(Role.VIEWER).get(f"/o/ministry/parties/{twin.uid}/")
    assert answer["Location"] == f"/o/ministry/parties/{cast.supplier.uid}/"


def test_a_merge_from_the_page_keeps_what_was_chosen_and_can_be_undone_there(cast: Cast, twin: Party) -> None:
    client = cast.as_role(Role.ANALYST)
    address = f"/o/ministry/parties/merge/?party={cast.supplier.uid}&party={twin.uid}"
    page = client.get(address).content.decode()
    assert "Blue Heron Textiles LLP" in page
    assert "Голубая цапля ТОО" in page
    before = everything()
    client.post(
        "/o/ministry/parties/merge/",
        {
            "party": [cast.supplier.uid, twin.uid],
            "kept": twin.uid,
            "do": "merge",
            "value_name": "Blue Heron Textiles LLP",
        },
    )
    assert Party.objects.get(pk=twin.pk).name == "Blue Heron Textiles LLP"
    done = Regrouping.objects.get()
    client.post(f"/o/ministry/parties/merge/{done.pk}/undo/")
    assert everything() == before


def test_the_undo_page_names_later_work_and_asks(cast: Cast, twin: Party) -> None:
    done = merge(cast.supplier, [twin], user=cast.alice)
    Party.objects.filter(pk=cast.supplier.pk).update(note="Changed since")
    client = cast.as_role(Role.ANALYST)
    answer = client.post(f"/o/ministry/parties/merge/{done.pk}/undo/")
    assert "was changed since" in answer.content.decode()
    client.post(f"/o/ministry/parties/merge/{done.pk}/undo/", {"all_the_same": "yes"})
    assert Regrouping.objects.get(pk=done.pk).undone_at is not None


def test_another_organisations_merge_cannot_be_undone(cast: Cast, twin: Party) -> None:
    done = merge(cast.supplier, [twin], user=cast.alice)
    answer = cast.client(cast.bob).post(f"/o/port/parties/merge/{done.pk}/undo/")
    assert answer.status_code == 404


def test_an_invitation_to_an_account_goes_with_the_supplier_that_it_is_for(cast: Cast, twin: Party) -> None:
    invitation = Invitation.objects.create(
        organisation=cast.ministry, email="new@heron.example", role=Role.SUPPLIER, party=twin
    )
    regrouping = merge(cast.supplier, [twin], user=cast.alice)
    invitation.refresh_from_db()
    assert invitation.party == cast.supplier
    undo(regrouping, user=cast.alice)
    invitation.refresh_from_db()
    assert invitation.party == twin
