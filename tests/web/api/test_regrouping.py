"""Parties through the API: merged, split, labelled, changed together, decided upon, and all of it undone."""

from __future__ import annotations

import pytest

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Capability, Role
from fairlead.web.organisations.models import Membership
from fairlead.web.parties.models import DuplicatePair, Label, Party, PartyIdentifier, Site
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast, add_party

PARTY = "pty_1111111111111111"
OTHER = "pty_2222222222222222"


@pytest.fixture
def other(cast: Cast) -> Party:
    party = add_party(cast.ministry, "Blue Heron Textile", OTHER, country="UZB")
    PartyIdentifier.objects.create(party=party, scheme="UZ-TIN", value="301234567")
    Site.objects.create(organisation=cast.ministry, uid="sit_1", party=party, city="Aktau")
    return party


def test_two_parties_are_merged_with_what_was_chosen_and_it_is_undone(alice: Program, other: Party) -> None:
    done = alice.post(f"parties/{PARTY}/merge", {"others": [OTHER], "chosen": {"country": "UZB"}, "why": "one number"})
    assert (done.status_code, done.json()["others"]) == (201, [OTHER])
    assert alice.get(f"parties/{PARTY}").json()["country"] == "UZB"
    assert alice.get(f"parties/{OTHER}").json()["merged_into"] == PARTY
    undone = alice.post(f"{done['Location']}/undo", {})
    assert (undone.status_code, undone.json()["undone_at"] is not None) == (200, True)
    assert alice.get(f"parties/{PARTY}").json()["country"] == "KAZ"
    assert alice.get(f"parties/{OTHER}").json()["state"] == "live"
    assert alice.post(f"{done['Location']}/undo", {}).status_code == 422


def test_later_work_is_named_before_a_merge_is_undone(alice: Program, other: Party) -> None:
    done = alice.post(f"parties/{PARTY}/merge", {"others": [OTHER], "chosen": {"country": "UZB"}})
    seen = alice.get(f"parties/{PARTY}")
    assert alice.patch(f"parties/{PARTY}", {"country": "KGZ"}, If_Match=seen["ETag"]).status_code == 200
    refused = alice.post(f"{done['Location']}/undo", {})
    assert (refused.status_code, len(refused.json()["places"])) == (409, 1)
    assert alice.post(f"{done['Location']}/undo", {"all_the_same": True}).status_code == 200
    assert alice.get(f"parties/{PARTY}").json()["country"] == "KGZ"


def test_a_merge_takes_no_value_that_nobody_says_and_no_party_that_is_not_there(alice: Program, other: Party) -> None:
    for body in ({"others": [OTHER], "chosen": {"country": "FRA"}}, {"others": ["pty_nobody"]}, {"others": [PARTY]}):
        assert alice.post(f"parties/{PARTY}/merge", body).status_code == 422
    assert Party.live.filter(uid=OTHER).exists()


def test_a_party_is_split_by_what_hangs_on_it_and_nothing_else(alice: Program, other: Party) -> None:
    leaving = {
        "name": "Blue Heron Camps",
        "sites": ["sit_1"],
        "identifiers": [{"scheme": "UZ-TIN", "value": "301234567"}],
    }
    assert alice.post(f"parties/{PARTY}/split", leaving).status_code == 422
    done = alice.post(f"parties/{OTHER}/split", leaving)
    assert done.status_code == 201
    [new] = done.json()["others"]
    assert alice.get("sites/sit_1").json()["party"] == new
    assert alice.get(f"parties/{OTHER}/identifiers").json()["items"] == []
    assert alice.post(f"{done['Location']}/undo", {}).status_code == 200
    assert alice.get("sites/sit_1").json()["party"] == OTHER


def test_accounts_actions_and_challenges_leave_by_what_the_api_calls_them(cast: Cast, alice: Program) -> None:
    CorrectiveAction.objects.create(organisation=cast.ministry, uid="act_1", party=cast.supplier, words="Pay")
    email = cast.people[Role.SUPPLIER].email
    leaving = {"name": "Heron Camps", "actions": ["act_1"], "accounts": [email]}
    refused = alice.post(f"parties/{PARTY}/split", {**leaving, "questionnaires": [7], "invitations": ["x@y.example"]})
    assert {each["where"] for each in refused.json()["places"]} == {"body.questionnaires.0", "body.invitations.0"}
    done = alice.post(f"parties/{PARTY}/split", leaving)
    [new] = done.json()["others"]
    assert alice.get("actions/act_1").json()["party"] == new
    account = Membership.objects.get(user=cast.people[Role.SUPPLIER])
    assert account.party is not None and account.party.uid == new
    assert alice.post(f"{done['Location']}/undo", {}).status_code == 200
    assert alice.get("actions/act_1").json()["party"] == PARTY
    account.refresh_from_db()
    assert account.party == cast.supplier


def test_restricted_evidence_leaves_only_with_a_token_that_may_see_it(cast: Cast, other: Party) -> None:
    Evidence.objects.create(
        organisation=cast.ministry,
        uid="evd_1",
        party=other,
        subject_uid=other.uid,
        finding="x",
        source_id="s",
        asserted_by="union",
        visibility="restricted",
    )
    leaving = {"name": "Blue Heron Camps", "evidence": ["evd_1"]}
    assert program(cast.alice, [Capability.EDIT]).post(f"parties/{OTHER}/split", leaving).status_code == 422
    both = program(cast.alice, [Capability.EDIT, Capability.RESTRICTED])
    assert both.post(f"parties/{OTHER}/split", leaving).status_code == 201


def test_labels_are_given_renamed_and_taken(alice: Program, other: Party) -> None:
    given = alice.post(f"parties/{PARTY}/labels", {"name": " tender  2026 "})
    assert [each["name"] for each in given.json()["items"]] == ["tender 2026"]
    number = given.json()["items"][0]["number"]
    assert alice.get("labels").json()["items"] == [{"number": number, "name": "tender 2026", "parties": 1}]
    alice.post(f"parties/{OTHER}/labels", {"name": "asked twice"})
    assert alice.post(f"labels/{number}/rename", {"name": "asked twice"}).status_code == 422
    assert alice.post(f"labels/{number}/rename", {"name": "tender 2027"}).json()["name"] == "tender 2027"
    assert alice.post(f"parties/{PARTY}/labels/{number}/remove").status_code == 204
    assert alice.get(f"parties/{PARTY}/labels").json()["items"] == []
    assert alice.post(f"labels/{number}/remove").status_code == 204
    assert Label.objects.count() == 1


def test_many_parties_are_changed_together_and_it_is_undone(alice: Program, other: Party) -> None:
    done = alice.post("bulk-changes", {"query": "?", "change": "tier", "tier": 2})
    assert (done.status_code, done.json()["changed"]) == (201, 2)
    assert set(Party.live.filter(organisation=other.organisation).values_list("tier", flat=True)) == {2}
    assert alice.post(f"{done['Location']}/undo").json()["stayed"] == 0
    assert alice.post(f"{done['Location']}/undo").status_code == 409
    assert alice.get(f"parties/{OTHER}").json()["tier"] is None
    for wrong in (
        {"query": "?", "change": "tier"},
        {"change": "withdraw"},
        {"parties": [OTHER], "query": "?", "change": "withdraw"},
    ):
        assert alice.post("bulk-changes", wrong).status_code == 422
    assert alice.post("bulk-changes", {"parties": [OTHER], "change": "withdraw"}).json()["changed"] == 1
    assert alice.get(f"parties/{OTHER}").status_code == 404
    assert alice.post(f"parties/{OTHER}/take-back").json()["state"] == "live"


def test_a_pair_is_decided_once_and_opened_again(alice: Program, cast: Cast, other: Party) -> None:
    left, right = sorted((cast.supplier, other), key=lambda party: party.pk)
    pair = DuplicatePair.objects.create(organisation=cast.ministry, left=left, right=right, probability=0.8)
    assert [each["number"] for each in alice.get("duplicates").json()["items"]] == [pair.pk]
    assert alice.post(f"duplicates/{pair.pk}/decide", {"decision": "different"}).json()["decision"] == "different"
    assert alice.post(f"duplicates/{pair.pk}/decide", {"decision": "same"}).status_code == 422
    assert alice.get("duplicates").json()["items"] == []
    assert len(alice.get("duplicates?decision=different").json()["items"]) == 1
    assert alice.post(f"duplicates/{pair.pk}/reopen").json()["decision"] == ""
    merged = alice.post(f"duplicates/{pair.pk}/decide", {"decision": "same"}).json()
    assert merged["regrouping"] is not None
    assert alice.post(f"duplicates/{pair.pk}/reopen").status_code == 409
    assert alice.post("duplicates/search").json()["kind"] == "parties.duplicates"


def test_numbers_are_added_checked_and_taken_away(alice: Program, cast: Cast) -> None:
    added = alice.post(f"parties/{PARTY}/identifiers", {"scheme": "KZ-BIN", "value": "970540000127"})
    assert added.json()["items"] == [{"scheme": "KZ-BIN", "value": "970540000127", "valid": True}]
    assert alice.post(f"parties/{PARTY}/identifiers", {"scheme": "none", "value": "1"}).status_code == 422
    gone = {"scheme": "KZ-BIN", "value": "970540000127"}
    assert alice.post(f"parties/{PARTY}/identifiers/remove", gone).json()["items"] == []
    assert alice.post(f"parties/{PARTY}/identifiers/remove", gone).status_code == 422


def test_an_earlier_version_is_brought_back_from_the_history(alice: Program) -> None:
    made = alice.post("parties", {"name": "Grey Gull Ltd", "tier": 1})
    changed = alice.patch(made["Location"], {"tier": 3}, If_Match=made["ETag"])
    entries = alice.get(f"{made['Location']}/history").json()["items"]
    assert [each["does"] for each in entries] == ["changed", "added"]
    assert (entries[0]["changes"][0]["was"], entries[0]["changes"][0]["became"]) == ("1", "3")
    back = alice.post(f"history/party/{entries[1]['number']}/restore")
    assert (back.status_code, back.json()["version"]) == (200, int(changed["ETag"].strip('"')) + 1)
    assert alice.get(made["Location"]).json()["tier"] == 1


def test_a_site_that_was_withdrawn_is_put_back(alice: Program, other: Party) -> None:
    seen = alice.get("sites/sit_1")
    assert alice.post("sites/sit_1/take-back").status_code == 404
    assert alice.post("sites/sit_1/withdraw", If_Match=seen["ETag"]).status_code == 204
    assert alice.post("sites/sit_1/take-back").json()["city"] == "Aktau"
