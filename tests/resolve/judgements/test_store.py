"""The file of judgements loses nothing: it is only added to, by one at a time, and says when it was damaged."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import JudgementError
from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import JudgementStore, PersonJudgement, Seen, Side, judgement
from fairlead.resolve.judgements.event import chained, from_line, to_line
from tests.resolve.judgements.make import WHEN, different, judged, same, undo

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.fixture
def store(tmp_path: Path) -> JudgementStore:
    return JudgementStore(tmp_path / "folder" / "judgements.jsonl")


def test_a_file_that_is_not_there_holds_nothing(store: JudgementStore) -> None:
    assert store.read().events == ()


def test_what_was_entered_is_read_back_in_its_order(store: JudgementStore) -> None:
    seen = Seen(0.73, "Similar name at the same place", (("name", "same"), ("address", "similar")))
    first = store.append(judged("b", "same", "a", reason="Same seal on both contracts", seen=seen))
    second = store.append(different("c", "d", user="Bolat"), undo(first[0]))
    assert store.read().events == (*first, *second)
    assert isinstance(first[0], PersonJudgement)
    assert first[0].pair == ("a", "b")
    assert store.path.read_bytes().count(b"\n") == 3


def test_one_call_writes_all_or_nothing(store: JudgementStore) -> None:
    def refuse(_: object) -> list[PersonJudgement]:
        raise JudgementError("no")

    with pytest.raises(JudgementError):
        store.record(refuse)
    assert not store.path.exists()
    store.append(same("a", "b"))
    with pytest.raises(JudgementError):
        store.record(refuse)
    assert len(store.read().events) == 1


def test_two_entries_alike_have_different_ids(store: JudgementStore) -> None:
    ids = {event.event_id for event in store.append(same("a", "b"), same("a", "b"))}
    assert len(ids) == 2


@pytest.mark.parametrize("lost", [1, 20, 300])
def test_a_torn_last_line_is_told_kept_aside_and_never_in_the_way(store: JudgementStore, lost: int) -> None:
    kept = store.append(same("a", "b"))
    store.append(different("b", "c"))
    whole = store.path.read_bytes()
    torn = whole.splitlines(keepends=True)[1][: -1 - lost]
    store.path.write_bytes(whole[: -1 - lost])
    history = store.read()
    assert (history.events, history.torn) == (kept, torn)
    added = store.append(same("e", "f"))
    assert store.read().events == (*kept, *added)
    assert store.read().torn == b""
    assert store.torn_path.read_bytes() == torn + b"\n"


def test_a_last_line_without_its_line_feed_is_whole(store: JudgementStore) -> None:
    store.append(same("a", "b"))
    store.path.write_bytes(store.path.read_bytes()[:-1])
    store.append(same("c", "d"))
    assert len(store.read().events) == 2


def test_a_line_in_the_middle_that_is_no_judgement_is_named(store: JudgementStore) -> None:
    store.append(same("a", "b"), same("c", "d"))
    lines = store.path.read_bytes().splitlines(keepends=True)
    store.path.write_bytes(lines[0] + b'{"event": "dance"}\n' + lines[1])
    with pytest.raises(JudgementError, match="row 2"):
        store.read()


def test_a_line_changed_or_taken_out_by_hand_shows(store: JudgementStore) -> None:
    store.append(same("a", "b"), same("c", "d"), same("e", "f"))
    lines = store.path.read_bytes().splitlines(keepends=True)
    store.path.write_bytes(lines[0] + lines[1].replace(b'"same"', b'"different"') + lines[2])
    assert store.read().altered == (2,)
    store.path.write_bytes(lines[0] + lines[2])
    assert store.read().altered == (2,)


def _enter(path: Path, user: str) -> None:
    for number in range(20):
        JudgementStore(path).append(same(f"a{number}", f"b{number}", user=user))


def test_several_people_can_enter_at_once(store: JudgementStore) -> None:
    context = multiprocessing.get_context("fork")
    people = [context.Process(target=_enter, args=(store.path, user)) for user in ("Aigerim", "Bolat", "Chen")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    history = store.read()
    assert len(history.events) == 60
    assert history.altered == ()


def test_a_path_that_cannot_be_written_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(JudgementError, match=tmp_path.name):
        JudgementStore(tmp_path).append(same("a", "b"))


def test_nobody_judges_without_a_name_or_a_record() -> None:
    sides = (Side("a", "A"), Side("", "B"))
    with pytest.raises(JudgementError, match="--user"):
        judgement(*sides, Decision.SAME, user=" ", time=WHEN)
    with pytest.raises(JudgementError, match="left_key"):
        judgement(*sides, Decision.SAME, user="Aigerim", time=WHEN)


@given(texts, texts, texts, st.none() | st.floats(0, 1))
def test_any_text_stands_on_one_line_and_reads_back(name: str, reason: str, sentence: str, share: float | None) -> None:
    event = chained(
        judgement(
            Side("a", name),
            Side("b", name[::-1]),
            Decision.UNSURE,
            user="Aigerim",
            time=WHEN,
            reason=reason,
            seen=Seen(share, sentence),
        ),
        "",
    )
    line = to_line(event)
    assert line.count(b"\n") == 1
    assert from_line(line) == event
