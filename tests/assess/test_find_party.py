"""One party is meant by an id or a name, or several are named, or none."""

from __future__ import annotations

import pytest

from fairlead.assess.find_party import find_party
from fairlead.errors import OptionError

PARTIES = {
    "pty_1": ("Alpha Mill Ltd", "Альфа"),
    "pty_2": ("ALPHA Mill Ltd",),
    "pty_3": ("Beta Mill",),
    "farm": (),
}


@pytest.mark.parametrize(
    ("words", "party"),
    [("farm", "farm"), ("Alpha Mill Ltd", "pty_1"), ("beta MILL", "pty_3"), ("Альфа", "pty_1"), ("bet", "pty_3")],
)
def test_an_id_a_name_a_folded_name_or_a_beginning_means_one(words: str, party: str) -> None:
    assert find_party(PARTIES, words) == party


def test_several_are_named_and_none_is_said() -> None:
    with pytest.raises(OptionError, match=r"“alpha mill ltd” fits 2 parties: ALPHA Mill Ltd \(pty_2\); Alpha"):
        find_party(PARTIES, "alpha mill ltd")
    with pytest.raises(OptionError, match=r"“pty_” fits 3 parties"):
        find_party(PARTIES, "pty_")
    with pytest.raises(OptionError, match="There is no party “Gamma”"):
        find_party(PARTIES, "Gamma")


def test_nothing_is_no_name() -> None:
    with pytest.raises(OptionError, match="There is no party “ ”"):
        find_party(PARTIES, " ")
