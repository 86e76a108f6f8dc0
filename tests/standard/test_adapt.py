from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import AdaptationError, BelowLegalMinimum
from fairlead.standard import Level, Standard, adapt, changes_from, differences, read_changes
from tests.standard.make import STANDARD

NAME = "Example Ministry"
NEW = {
    "topic": "wages",
    "title": "Wages are published",
    "good_practice": "The employer publishes its pay scales.",
    "sources": [{"in": "ungp", "at": "Principle 21"}],
    "questions": [{"key": "scales_published", "ask": "Are the pay scales published?", "type": "yes_no"}],
}


def adapted(*changes: dict[str, Any]) -> Standard:
    return adapt(STANDARD, *changes_from({"name": NAME, "changes": list(changes)}, "ours.yaml"))


def test_a_version_without_changes_differs_in_nothing_but_its_name() -> None:
    own = adapted()
    assert differences(STANDARD, own) == ()
    assert own.provisions == STANDARD.provisions
    assert own.version.startswith(f"{NAME}+")


def test_provisions_can_be_added_reworded_raised_and_removed_and_the_difference_tells_each() -> None:
    own = adapted(
        {"add": "wages_published", "provision": NEW},
        {"reword": "wages_paid", "title": "Pay comes on the day", "own_words": "By the fifth of the month."},
        {"raise": "working_hours"},
        {"remove": "buyer_practice", "reason": "Stands in our own rules for buyers."},
    )
    told = [(one.provision, str(one.kind), one.field) for one in differences(STANDARD, own)]
    assert told == [
        ("wages_paid", "reworded", "title"),
        ("wages_paid", "reworded", "own_words"),
        ("working_hours", "level_raised", "required"),
        ("buyer_practice", "removed", ""),
        ("wages_published", "added", ""),
    ]
    changed = own.provision("wages_paid")
    assert changed is not None
    assert changed.legal_minimum == STANDARD.provision("wages_paid").legal_minimum  # type: ignore[union-attr]
    assert own.provision("working_hours").required is Level.GOOD_PRACTICE  # type: ignore[union-attr]
    assert [one.kind for one in differences(own, STANDARD)].count("level_lowered") == 1


@pytest.mark.parametrize("key", [one.key for one in STANDARD.provisions if one.of_the_law])
def test_no_provision_of_the_legal_minimum_can_be_removed(key: str) -> None:
    with pytest.raises(BelowLegalMinimum, match="cannot be removed"):
        adapted({"remove": key, "reason": "We do not like it."})


def test_the_legal_minimum_cannot_be_worded_anew() -> None:
    with pytest.raises(BelowLegalMinimum, match=r"ours\.yaml: The legal minimum of “minimum_age”"):
        adapted({"reword": "minimum_age", "legal_minimum": "Nobody under twelve works."})


def test_the_last_question_about_the_legal_minimum_stays() -> None:
    with pytest.raises(BelowLegalMinimum, match="last question"):
        adapted({"remove_question": "youngest_age", "reason": "Nobody knows."})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([{"remove": "no_such", "reason": "x"}], "no provision “no_such”"),
        ([{"remove": "buyer_practice"}], "field “reason”"),
        ([{"lower": "working_hours"}], "not one of add, reword, raise"),
        ([{"raise": "working_hours", "reason": "x"}], "“reason” is no field here"),
        ([{"raise": "working_hours"}, {"raise": "working_hours"}], "changed twice"),
        ([{"remove": "buyer_practice", "reason": "x"}, {"raise": "buyer_practice"}], "changed twice"),
        ([{"remove_question": "migrant_workers", "reason": "x"}], "is asked after “migrant_workers”"),
        ([{"add": "wages_published"}], "must have the fields of a provision"),
        ([{"add": "wages_paid", "provision": NEW}], "stands there twice"),
        ([{"add": "wages_published", "provision": {**NEW, "colour": "red"}}], "field “colour”"),
        ([{"reword": "wages_paid"}], "needs one of title"),
        (["nothing"], "not one of add"),
    ],
)
def test_a_change_that_cannot_be_made_is_named(changes: list[Any], told: str) -> None:
    with pytest.raises(AdaptationError) as caught:
        adapted(*changes)
    assert told in str(caught.value)
    assert "ours.yaml" in str(caught.value)


def test_changes_are_read_from_a_file_and_a_missing_or_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("name: Ours\nchanges:\n  - raise: working_hours\n", encoding="utf-8")
    name, changes = read_changes(path)
    assert (name, [one.target for one in changes]) == ("Ours", ["working_hours"])
    path.write_text("name: [", encoding="utf-8")
    with pytest.raises(AdaptationError, match=r"ours\.yaml, row 1: The changes are not YAML"):
        read_changes(path)
    with pytest.raises(AdaptationError, match=r"none\.yaml"):
        read_changes(tmp_path / "none.yaml")


EVERY = st.one_of(
    *(
        st.fixed_dictionaries({kind: st.sampled_from([one.key for one in STANDARD.provisions]), **fields})
        for kind, fields in (
            ("raise", {}),
            ("remove", {"reason": st.just("A reason.")}),
            ("reword", {"good_practice": st.just("In our own words.")}),
        )
    ),
    st.just({"add": "wages_published", "provision": NEW}),
    st.fixed_dictionaries(
        {"remove_question": st.sampled_from(list(STANDARD.questions)), "reason": st.just("A reason.")}
    ),
)


@given(st.lists(EVERY, max_size=6), st.randoms(use_true_random=False))
def test_whatever_is_changed_the_legal_minimum_is_never_dropped_and_order_never_matters(
    changes: list[Any], chance: Any
) -> None:
    shuffled = list(changes)
    chance.shuffle(shuffled)
    try:
        own = adapted(*changes)
    except AdaptationError as error:
        with pytest.raises(type(error)):
            adapted(*shuffled)
        return
    assert adapted(*shuffled).version == own.version
    left = {one.key: one for one in own.provisions}
    for one in STANDARD.provisions:
        if one.of_the_law:
            assert left[one.key].legal_minimum == one.legal_minimum
            assert left[one.key].questions
