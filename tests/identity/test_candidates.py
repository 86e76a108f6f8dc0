"""Which names of a list may be a given one."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.identity import candidates
from fairlead.identity.candidates import NameIndex

NAMES = [
    ("quillon", "weaving"),
    ("harrow", "steel"),
    ("goodwill", "mills"),
    ("abdelfattah", "remadna"),
    ("chang", "myong", "chin"),
    ("sok", "quill"),
]
INDEX = NameIndex(NAMES)


def best(*words: str) -> tuple[str, ...] | None:
    found = INDEX.candidates([words])
    return NAMES[found.name[0]] if len(found.name) else None


def test_the_same_words_come_first_whatever_their_order() -> None:
    assert best("weaving", "quillon") == ("quillon", "weaving")


def test_one_letter_more_less_other_or_exchanged_still_finds_the_name() -> None:
    for word in ("quilon", "quillonn", "quellon", "qiullon"):
        assert best(word, "weaving") == ("quillon", "weaving"), word


def test_words_spaced_otherwise_find_the_name_from_either_side() -> None:
    assert best("good", "will", "mills") == ("goodwill", "mills")
    assert best("abdel", "fattah", "remadna") == ("abdelfattah", "remadna")
    assert best("quillonweaving") == ("quillon", "weaving")


def test_a_letter_that_slipped_into_the_next_word_is_bridged() -> None:
    assert best("chang", "myongc", "hin") == ("chang", "myong", "chin")


def test_three_letters_exchanged_find_the_name_and_another_letter_does_not() -> None:
    assert best("sko", "quill") == ("sok", "quill")
    assert best("sak") is None


def test_a_name_that_shares_no_telling_word_is_no_candidate() -> None:
    assert best("trading", "company") is None
    assert best() is None


def test_at_most_so_many_candidates_are_given_the_best_first() -> None:
    index = NameIndex([("quillon", word) for word in ("one", "two", "three")] + [("quillon",)])
    found = index.candidates([("quillon",), ("harrow",)], most=2, least=0.1)
    assert len(found.name) == 2
    assert found.name[0] == 3
    assert list(found.score) == sorted(found.score, reverse=True)


def test_common_words_are_looked_up_in_smaller_steps_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [("quillon", f"{first}{second}") for first in string.ascii_lowercase for second in ("arrow", "esting")]
    index = NameIndex(names)
    whole = index.candidates(names, most=3, least=0.1)
    monkeypatch.setattr(candidates, "_MOST_POSTINGS", 100)
    steps = index.candidates(names, most=3, least=0.1)
    assert len(whole.query) == 3 * len(names)
    assert (whole.query == steps.query).all()
    assert (whole.name == steps.name).all()


def test_an_empty_list_and_no_queries_give_no_candidates() -> None:
    assert len(NameIndex([]).candidates([("quillon",)]).name) == 0
    assert len(INDEX.candidates([]).name) == 0


#: Words that no table knows: a particle such as "after" weighs nothing on its own and finds nobody.
_WORD = st.text(string.ascii_lowercase, min_size=4, max_size=10).map("qx".__add__)


@given(st.lists(st.lists(_WORD, min_size=1, max_size=4).map(tuple), min_size=1, max_size=20))
def test_every_name_finds_itself(names: list[tuple[str, ...]]) -> None:
    found = NameIndex(names).candidates(names, most=len(names), least=0.0)
    pairs = set(zip(found.query.tolist(), found.name.tolist(), strict=True))
    assert {(place, place) for place in range(len(names))} <= pairs


@given(st.lists(st.lists(_WORD, min_size=1, max_size=3).map(tuple), min_size=1, max_size=10), st.integers(1, 5))
def test_queries_do_not_influence_each_other(names: list[tuple[str, ...]], copies: int) -> None:
    index = NameIndex(names)
    alone = [list(index.candidates([words]).name) for words in names]
    together = index.candidates(names * copies)
    for place in range(len(names)):
        assert list(together.name[together.query == place]) == alone[place]
