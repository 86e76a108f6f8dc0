"""How an action moves on: only along the table, only by those who may, only with what has to be given."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from fairlead.remedy import Decision, Lack, Right, State, Verifier, escalation, moves
from fairlead.web.actions import words
from fairlead.web.actions.models import ActionEvent, CorrectiveAction
from fairlead.web.actions.move import Given, escalate, move, note
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Capability, Role, capabilities
from fairlead.web.records.change import ChangedMeanwhile
from tests.web.conftest import Cast

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
BY_A_UNION = Given(words="Asked off-site on 24 November.", verifier="union", verifier_name="Textile Workers' Union")


def _move(action: CorrectiveAction, key: str, cast: Cast, role: Role = Role.ADMINISTRATOR, **given: str):
    return move(
        action,
        key,
        Given(**given) if given else Given(),
        by=cast.people[role],
        may=capabilities()[role],
        now=NOW,
        seen=action.version,
    )


def test_an_action_goes_from_agreed_to_verified_and_all_of_it_is_written_down(
    cast: Cast, action: CorrectiveAction
) -> None:
    action = _move(action, "begin", cast)
    action = _move(action, "done", cast, words="Receipts of 41 workers seen.")
    action = move(
        action,
        "verify",
        BY_A_UNION,
        by=cast.people[Role.VERIFIER],
        may=capabilities()[Role.VERIFIER],
        now=NOW,
        seen=action.version,
    )
    assert (action.state, action.verifier, action.closed_on) == ("verified", "union", date(2026, 11, 26))
    assert [event.kind for event in action.events.all()] == ["begin", "done", "verify"]
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["action.begin", "action.done", "action.verify"]


def test_a_step_from_the_wrong_state_is_refused(cast: Cast, action: CorrectiveAction) -> None:
    with pytest.raises(ValidationError):
        move(
            action,
            "verify",
            BY_A_UNION,
            by=cast.alice,
            may=capabilities()[Role.ADMINISTRATOR],
            now=NOW,
            seen=action.version,
        )
    action.refresh_from_db()
    assert action.state == "agreed"


@pytest.mark.parametrize("key", sorted(moves()))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_takes_just_the_moves_of_the_table(
    key: str, role: Role, cast: Cast, action: CorrectiveAction
) -> None:
    action.state = moves()[key].before[0]
    action.save()
    given = Given(words="Because.", verifier="ngo", verifier_name="Harbour Aid")
    user, may = cast.people[role], capabilities()[role]
    if moves()[key].needs in may:
        assert move(action, key, given, by=user, may=may, now=NOW, seen=1).state == moves()[key].after
    else:
        with pytest.raises(PermissionDenied):
            move(action, key, given, by=user, may=may, now=NOW, seen=1)


@pytest.mark.parametrize(
    ("state", "key", "given"),
    [
        ("doing", "done", Given()),
        ("doing", "cancel", Given()),
        ("done", "refuse", Given()),
        ("done", "verify", Given(words="Seen.", verifier_name="Somebody")),
        ("done", "verify", Given(words="Seen.", verifier="union")),
        ("done", "verify", Given(verifier="union", verifier_name="A union")),
        ("done", "verify", Given(words="Seen.", verifier="the supplier itself", verifier_name="Blue Heron")),
    ],
)
def test_what_has_to_be_given_is_asked_for(
    state: str, key: str, given: Given, cast: Cast, action: CorrectiveAction
) -> None:
    action.state = state
    action.save()
    with pytest.raises(ValidationError):
        move(action, key, given, by=cast.alice, may=capabilities()[Role.ADMINISTRATOR], now=NOW, seen=1)


def test_all_that_is_missing_is_said_at_once(cast: Cast, action: CorrectiveAction) -> None:
    action.state, action.followed_by = "done", cast.alice
    action.save()
    with pytest.raises(ValidationError) as told:
        move(action, "verify", Given(), by=cast.alice, may=capabilities()[Role.ADMINISTRATOR], now=NOW, seen=1)
    assert [sentence.split()[0] for sentence in told.value.messages] == ["Say", "Name", "You"]


def test_pages_have_a_word_for_all_that_the_engine_knows() -> None:
    assert set(words.STATES) == set(State)
    assert set(words.MOVES) == set(moves())
    assert set(words.VERIFIERS) == set(Verifier)
    assert set(words.DECISIONS) == set(Decision)
    assert all(words.lack_words(lack) for lack in Lack if lack is not Lack.RIGHT)


def test_what_the_engine_asks_somebody_to_be_allowed_is_something_a_role_can_allow() -> None:
    assert {str(right) for right in Right} <= {str(capability) for capability in Capability}


def test_whoever_was_to_do_it_does_not_verify_it(cast: Cast, action: CorrectiveAction) -> None:
    action.state, action.owner = "done", "worker_representatives"
    action.save()
    with pytest.raises(ValidationError, match="was to do it"):
        move(action, "verify", BY_A_UNION, by=cast.alice, may=capabilities()[Role.ADMINISTRATOR], now=NOW, seen=1)


def test_whoever_follows_an_action_does_not_write_down_its_verification(cast: Cast, action: CorrectiveAction) -> None:
    action.state, action.followed_by = "done", cast.alice
    action.save()
    with pytest.raises(ValidationError, match="follow this action yourself"):
        move(action, "verify", BY_A_UNION, by=cast.alice, may=capabilities()[Role.ADMINISTRATOR], now=NOW, seen=1)


def test_two_people_do_not_move_the_same_action_at_once(cast: Cast, action: CorrectiveAction) -> None:
    stale = CorrectiveAction.objects.get(pk=action.pk)
    _move(action, "begin", cast)
    with pytest.raises(ChangedMeanwhile):
        _move(stale, "begin", cast)
    assert ActionEvent.objects.count() == 1


def test_an_action_that_is_opened_again_is_no_longer_verified(cast: Cast, action: CorrectiveAction) -> None:
    action.state, action.verifier, action.verified_on, action.closed_on = "verified", "ngo", NOW.date(), NOW.date()
    action.save()
    after = _move(action, "reopen", cast, words="Workers say that fees are taken again.")
    assert (after.state, after.verifier, after.verified_on, after.closed_on) == ("doing", "", None, None)


def test_the_escalation_goes_step_by_step_and_never_to_leaving(cast: Cast, action: CorrectiveAction) -> None:
    for level in range(1, len(escalation()) + 1):
        given = Given(words="Spoke with the management.")
        action = escalate(action, given, by=cast.alice, now=NOW, seen=action.version)
        assert action.escalation == level
    with pytest.raises(ValidationError, match="decision of its own"):
        escalate(action, Given(words="And now?"), by=cast.alice, now=NOW, seen=action.version)
    assert action.state == "agreed"


def test_what_has_happened_cannot_be_changed(cast: Cast, action: CorrectiveAction) -> None:
    event = note(action, Given(words="Called."), by=cast.alice, now=NOW)
    event.words = "Did not call."
    with pytest.raises(TypeError):
        event.save()


def test_a_note_needs_words_or_a_file(cast: Cast, action: CorrectiveAction) -> None:
    with pytest.raises(ValidationError):
        note(action, Given(), by=cast.alice, now=NOW)
