"""What only one of two names has, by what sort of word it is, and words that stand in another order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from fairlead.identity.name import Reading
from fairlead.identity.normalise import phonetic
from fairlead.identity.person_name import is_father_name, is_given_name, one_spelling, son_and_father
from fairlead.identity.word import LETTER, NUMBER, OWN, class_weight, is_misspelt_form, word_class

if TYPE_CHECKING:
    from fairlead.identity.align import Alignment

_FATHER: Final = "father"
#: Groups of which every word counts one, whatever it weighs.
_COUNTED: Final = frozenset({OWN, _FATHER, LETTER, NUMBER})
_LITTLE: Final = frozenset({"particle", "title"})
_WORTH_SAYING: Final = 0.15
#: For a group of words: the feature where each name has one that the other lacks, and where only one name has more.
_FEATURES: Final[Mapping[str, tuple[str, str]]] = {
    OWN: ("other_words", "missing_words"),
    _FATHER: ("other_father", "missing_father"),
    "trade": ("other_trade", "missing_trade"),
    "place": ("other_place", "missing_place"),
    "business": ("other_business", "missing_business"),
    NUMBER: ("other_number", "number_missing"),
    LETTER: ("other_initial", "initial_missing"),
}
#: Groups that say what a firm is: words of different groups on both sides are two firms of one name.
_TELLING: Final = (OWN, "trade", "place", "business")


def words_apart(
    found: Alignment, left: list[str], right: list[str], readings: tuple[Reading, Reading], *, person: bool
) -> None:
    """Note the words that were not paired, each under the feature of its group."""
    for side, reading in ((left, readings[0]), (right, readings[1])):
        if side:
            _leave_out(found, side, reading, person)
    if not left and not right:
        return
    sums = _sums(left, person), _sums(right, person)
    _by_group(found, *sums)
    if person:
        _initial_of_another(found, *sums)
    else:
        _first_word(found, left, right, readings)
    found.apart = tuple(word for word in (*left, *right) if class_weight(word) >= _WORTH_SAYING)


def _leave_out(found: Alignment, side: list[str], reading: Reading, person: bool) -> None:
    """Leave out misspelt legal forms of a firm, and words that a person's name gives twice."""
    if not person:
        side[:] = [word for word in side if word_class(word).name != OWN or not is_misspelt_form(word)]
        return
    sounds = [phonetic(one_spelling(word)) for word in reading.words]
    if len(set(sounds)) == len(sounds):
        return
    twice = [word for word in side if len(word) > 1 and sounds.count(phonetic(one_spelling(word))) > 1]
    for word in twice:
        side.remove(word)
    found.add("repeated_words", float(len(twice)))


def _by_group(found: Alignment, left: Mapping[str, float], right: Mapping[str, float]) -> None:
    rest_left = rest_right = 0.0
    for group, (other, missing) in _FEATURES.items():
        one, two = left.get(group, 0.0), right.get(group, 0.0)
        if one == two == 0:
            continue
        both = min(one, two)
        found.add(other, both)
        found.add(missing, max(one, two) - both)
        if group in _TELLING:
            rest_left += one - both
            rest_right += two - both
    found.add("both_lack", min(rest_left, rest_right))


def _sums(words: Sequence[str], person: bool) -> Mapping[str, float]:
    """Return what the words of each group weigh together; somebody's own words count one each."""
    sums: dict[str, float] = {}
    for word in words:
        group = _group(word, person)
        sums[group] = sums.get(group, 0.0) + (1.0 if group in _COUNTED else class_weight(word))
    return sums


def _group(word: str, person: bool) -> str:
    name = word_class(word).name
    if not person or name == NUMBER:
        return name
    if len(word) == 1:
        return LETTER
    if is_father_name(word):
        return _FATHER
    return name if name in _LITTLE else OWN


def _initial_of_another(found: Alignment, left: Mapping[str, float], right: Mapping[str, float]) -> None:
    """Note an initial that is not that of the word it stands for: A. Brook and Nora Brook."""
    for one, other in ((left, right), (right, left)):
        if one.get(LETTER) and other.get(OWN):
            found.add("other_initial", 1.0)


def _first_word(found: Alignment, left: Sequence[str], right: Sequence[str], readings: Sequence[Reading]) -> None:
    """Note where the first word that is a firm's own is not in the other name."""
    for side, reading in ((left, readings[0]), (right, readings[1])):
        first = next((word for word in reading.words if word_class(word).name == OWN), None)
        if first is not None and first in side:
            found.add("other_first_word", 1.0)


def order_amounts(found: Alignment, left: Reading, right: Reading) -> None:
    """Note where the order of a person's names tells two people apart.

    Two first names are exchanged and no comma says which is the family name, or father and son are.
    """
    if left.comma or right.comma:
        return
    if len(left.words) == len("ab") and left.words == right.words[::-1] and all(map(is_given_name, left.words)):
        found.add("exchanged_names", 1.0)
    family = son_and_father(left.words)
    if family is not None and family[::-1] == son_and_father(right.words):
        found.add("exchanged_father", 1.0)
