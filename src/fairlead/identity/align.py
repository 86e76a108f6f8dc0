"""Two names word by word, in any order: which words are the same, spelled otherwise, alike, or in one name only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from fairlead.identity.apart import order_amounts, words_apart
from fairlead.identity.name import Reading
from fairlead.identity.normalise import consonants, phonetic
from fairlead.identity.person_name import is_short_for, one_spelling, other_gender, without_shared_ending
from fairlead.identity.word import OWN, class_weight, stem, word_class

#: Two words less alike than this are two words.
LEAST_ALIKE: Final = 0.7
#: Two words less alike than this have nothing in common.
LEAST_HALF_ALIKE: Final = 0.5
_LEAST_JOINED: Final = 0.85
#: Words that sound the same and are less alike in letters than this may be two words (선영 and 성현).
_SAME_WORD: Final = 0.6
_SHORTEST_SOUND: Final = 2
_SHORTEST_TYPO: Final = 3
_SHORTEST_FUZZY: Final = 4
_SHORTEST_CONSONANTS: Final = 2
_FEWEST_INITIALS: Final = {True: 2, False: 3}  # of a person (JC), of a firm (PLA)
_MOST_INITIALS: Final = 8
_MOST_JOINED: Final = 4
#: Words that stand side by side and the one word of the other name differ by at most so many letters.
_MOST_LETTERS: Final = 3
_INITIAL: Final = 0.6
#: Of a word that is the same but for script, sound or length, so much is told.
_RESPELLED: Final = 0.8
_SHORT_FORM: Final = 0.5
#: The least that a spelling amounts to, where the letters are the same but for their place in a table.
_LEAST_SPELLING: Final = 0.05
_LITTLE_WORD: Final = 0.1
#: Classes of which firms shorten the words.
_TRADES: Final = frozenset({"trade", "business"})

#: Voiced consonants, which languages and ears exchange for the voiceless; in shorter words they tell names apart.
_VOICED: Final = str.maketrans("bdgvz", "ptkfs")
_SHORTEST_VOICED: Final = 6
#: Words and names come again with every candidate; so many answers are kept.
_REMEMBERED: Final = 2**17

Weigh = Callable[[str], float]


@dataclass(slots=True)
class Alignment:
    """What came of two names.

    `amounts` says how much of each feature of tables/features.yaml there is. `told` is the weight of what they share,
    `own` how many words of no class are among it, and not only places and trades; `shared` are these words as the
    first name has them. `apart` are the words that only one has.
    """

    amounts: dict[str, float] = field(default_factory=dict)
    told: float = 0.0
    own: int = 0
    shared: list[str] = field(default_factory=list)
    apart: tuple[str, ...] = ()

    def add(self, key: str, amount: float) -> None:
        """Add to how much there is of a feature."""
        if amount > 0:
            self.amounts[key] = self.amounts.get(key, 0.0) + amount


def align(left: Reading, right: Reading, weigh: Weigh) -> Alignment:
    """Compare two readings of names word by word; the same comes out from either side.

    Where one was read as a person's name, initials and short forms are looked for, and every word counts as
    somebody's own.
    """
    if left.words == right.words:
        told = sum(map(weigh, left.words))
        return Alignment({"identical_words": 1.0}, told, sum(map(_is_own, left.words)), list(left.words))
    if (left.words, left.whole) > (right.words, right.whole):
        left, right = right, left
    return _Pairing(left, right, weigh).run()


class _Pairing:
    """Pairs the words of two names step by step; each step takes what the ones before have left."""

    def __init__(self, left: Reading, right: Reading, weigh: Weigh) -> None:
        self._readings = left, right
        self._weigh = weigh
        self._person = left.person or right.person
        self._vowelless = left.vowelless or right.vowelless
        self._left, self._right = list(left.words), list(right.words)
        self._found = Alignment()

    def run(self) -> Alignment:
        """Take the steps in their order and put together what they found."""
        self._same()
        for step in (self._same_spelling, self._joined, self._short_forms, self._initials_as_word, self._nearest):
            if not (self._left and self._right):
                break
            step()
        words_apart(self._found, self._left, self._right, self._readings, person=self._person)
        if self._person:
            order_amounts(self._found, *self._readings)
        self._letters()
        return self._found

    def _take(self, left: Sequence[str], right: Sequence[str], alike: float) -> None:
        """Pair words that are the same in this measure."""
        for word in left:
            self._left.remove(word)
        for word in right:
            self._right.remove(word)
        weight = (sum(map(self._weigh, left)) + sum(map(self._weigh, right))) / 2
        self._found.told += alike * weight
        self._found.own += any(map(_is_own, left)) or any(map(_is_own, right))
        self._found.shared += left

    def _take_turned(self, ours: Sequence[str], theirs: Sequence[str], alike: float, turned: bool) -> None:
        """Pair words of which the first are those of the right name where the sides are turned."""
        self._take(theirs if turned else ours, ours if turned else theirs, alike)

    def _note(self, key: str, words: Sequence[str], amount: float) -> None:
        self._found.add(key, amount * max(map(class_weight, words)))

    def _same(self) -> None:
        for word in list(self._left):
            if word in self._right:
                self._take([word], [word], 1.0)

    def _same_spelling(self) -> None:
        """Pair words of one sound, spellings of one name, plurals, and the consonants of scripts without vowels."""
        self._by_key(_sound, self._spelled_otherwise)
        self._by_key(_unvoiced, self._spelled_otherwise)
        if not self._person and self._left and self._right:
            self._by_key(_singular, self._spelled_otherwise)
            self._shortened()
        if self._vowelless:
            self._by_key(_consonants, self._same_consonants)

    def _shortened(self) -> None:
        """Pair words of classes with their beginnings: furn. is furniture."""
        for ours, theirs, turned in ((self._left, self._right, False), (self._right, self._left, True)):
            for word in [each for each in ours if len(each) >= _SHORTEST_TYPO and _is_own(each)]:
                whole = next((each for each in theirs if each.startswith(word) and _says_trade(each)), None)
                if whole is not None:
                    self._take_turned([word], [whole], 1.0, turned)
                    self._found.add("other_spelling", class_weight(whole) * _LEAST_SPELLING)

    def _by_key(self, key_of: Callable[[str], str], take: Callable[[str, str], None]) -> None:
        keys = {key: word for word in reversed(self._right) if (key := key_of(word))}
        if not keys:
            return
        for word in list(self._left):
            other = keys.pop(key_of(word), None)
            if other is not None:
                take(word, other)

    def _spelled_otherwise(self, left: str, right: str) -> None:
        alike = OSA.normalized_similarity(left, right)
        if alike < _SAME_WORD and one_spelling(left) != one_spelling(right):
            self._alike(left, right, alike, "alike_words")
            return
        self._take([left], [right], 1.0)
        self._note("other_spelling", (left, right), max(1 - alike, _LEAST_SPELLING))

    def _same_consonants(self, left: str, right: str) -> None:
        self._take([left], [right], _RESPELLED)
        self._note("same_consonants", (left, right), 1.0)

    def _alike(self, left: str, right: str, alike: float, key: str) -> None:
        """Pair words that are alike: of those that differ by little, half of what they say is told."""
        if min(class_weight(left), class_weight(right)) < _LITTLE_WORD:
            self._left.remove(left)
            self._right.remove(right)
            self._found.add("little_words", _LITTLE_WORD)
        elif key == "alike_words":
            self._take([left], [right], alike / 2)
            self._note(key, (left, right), 1 - alike)
        else:
            self._left.remove(left)
            self._right.remove(right)
            self._note(key, (left, right), 2 * (1 - alike))
        if self._person and other_gender(left, right):
            self._found.add("other_gender", 1.0)

    def _joined(self) -> None:
        if "".join(self._left) == "".join(self._right):
            self._take(tuple(self._left), tuple(self._right), 1.0)
            self._found.add("other_spacing", 1.0)
            return
        for parts, wholes, turned in ((self._left, self._right, False), (self._right, self._left, True)):
            self._join(parts, wholes, turned)

    def _join(self, parts: list[str], wholes: list[str], turned: bool) -> None:
        """Pair words that stand side by side with one word of the other name: good will is goodwill."""
        for run in list(_runs(parts)):
            joined = "".join(run)
            for whole in list(wholes):
                found = self._joined_as(joined, whole)
                if found is not None and all(word in parts for word in run):
                    alike, key, amount = found
                    self._take_turned(run, [whole], alike, turned)
                    self._note(key, (*run, whole), amount)
                    break

    def _joined_as(self, joined: str, whole: str) -> tuple[float, str, float] | None:
        """Return (share told, feature, amount) where words that stand side by side are one word, else None."""
        if whole.isdigit() or (abs(len(joined) - len(whole)) > _MOST_LETTERS and not self._vowelless):
            return None
        if joined == whole:
            return 1.0, "other_spacing", 1.0
        if self._vowelless and len(found := consonants(whole)) >= _SHORTEST_CONSONANTS and found == consonants(joined):
            return _RESPELLED, "same_consonants", 1.0
        if joined[0] != whole[0] and joined[-1] != whole[-1]:
            return None
        if phonetic(joined) == phonetic(whole):
            return 1.0, "other_spacing", 1.0
        alike = OSA.normalized_similarity(joined, whole, score_cutoff=_LEAST_JOINED)
        return (alike / 2, "alike_words", 1 - alike) if alike else None

    def _short_forms(self) -> None:
        if not self._person:
            return
        for word in list(self._left):
            other = next((each for each in self._right if is_short_for(word, each)), None)
            if other is not None:
                self._take([word], [other], _SHORT_FORM)
                self._found.add("short_form", 1.0)

    def _initials_as_word(self) -> None:
        for shorts, words, turned in ((self._left, self._right, False), (self._right, self._left, True)):
            for short in list(shorts):
                run = self._initials(short, words)
                if run:
                    self._take_turned([short], run, _RESPELLED, turned)
                    self._found.add("abbreviation", 1.0)

    def _initials(self, short: str, words: Sequence[str]) -> Sequence[str]:
        """Return the words whose first letters a word is made of: side by side, or all but the little words."""
        length = len(short)
        if not _FEWEST_INITIALS[self._person] <= length <= min(_MOST_INITIALS, len(words)) or not short.isalpha():
            return ()
        chief = [word for word in words if class_weight(word) >= _LITTLE_WORD]
        runs = (words[first : first + length] for first in range(len(words) - length + 1))
        return next((run for run in (*runs, chief) if "".join(word[0] for word in run) == short), ())

    def _nearest(self) -> None:
        for alike, left, right, key in sorted(self._pairs(), key=lambda pair: (-pair[0], pair[1], pair[2])):
            if left not in self._left or right not in self._right:
                continue
            if key == "initials":
                self._left.remove(left)
                self._right.remove(right)
                self._found.add(key, 1.0)
            else:
                self._alike(left, right, alike, key)

    def _pairs(self) -> Iterator[tuple[float, str, str, str]]:
        for left in self._left:
            for right in self._right:
                if left.isdigit() or right.isdigit():
                    continue
                if len(left) == 1 or len(right) == 1:
                    if self._person and left[0] == right[0]:
                        yield _INITIAL, left, right, "initials"
                elif found := self._likeness(left, right):
                    yield found[0], left, right, found[1]

    def _likeness(self, left: str, right: str) -> tuple[float, str] | None:
        """Return how alike two words are and the feature; None where they are two words.

        Two words of classes are never one misspelt: Austria is not Australia. Of two names with one ending, such as
        -ullah, only what stands before it is compared.
        """
        if word_class(left).name != OWN and word_class(right).name != OWN:
            return None
        alike = float(OSA.normalized_similarity(left, right, score_cutoff=LEAST_HALF_ALIKE))
        if not alike:
            return None
        shorter = min(len(left), len(right))
        if self._person and (stems := without_shared_ending(left, right))[0] != left:
            alike = min(alike, float(OSA.normalized_similarity(*stems)))
        if shorter >= _SHORTEST_TYPO and OSA.distance(left, right, score_cutoff=1) <= 1:
            return alike, "alike_words"
        if alike >= LEAST_ALIKE and shorter >= _SHORTEST_FUZZY:
            return alike, "alike_words"
        return (alike, "half_alike_words") if alike >= LEAST_HALF_ALIKE else None

    def _letters(self) -> None:
        """Note how far the letters of both names differ, all in one; of a firm those of its own words."""
        if {"abbreviation", "same_consonants", "short_form", "other_spacing"} & self._found.amounts.keys():
            return
        left, right = (_letters_of(reading.words, self._person) for reading in self._readings)
        self._found.add("other_letters", 1 - fuzz.ratio(left, right) / 100)


@lru_cache(maxsize=_REMEMBERED)
def _letters_of(words: tuple[str, ...], person: bool) -> str:
    return "".join(sorted(words if person else filter(_is_own, words)))


@lru_cache(maxsize=_REMEMBERED)
def _sound(word: str) -> str:
    return "" if len(word) < _SHORTEST_SOUND or word.isdigit() else phonetic(one_spelling(word))


@lru_cache(maxsize=_REMEMBERED)
def _unvoiced(word: str) -> str:
    """Return the sound of a longer word with b as p, d as t, g as k, v as f and z as s: gazprom is gasprom."""
    return _sound(word).translate(_VOICED) if len(word) >= _SHORTEST_VOICED else ""


def _singular(word: str) -> str:
    return stem(word) if word_class(word).name != OWN else ""


def _consonants(word: str) -> str:
    found = consonants(word)
    return found if len(found) >= _SHORTEST_CONSONANTS else ""


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield two to four words that stand side by side, the longest first."""
    for length in range(min(_MOST_JOINED, len(words)), 1, -1):
        for first in range(len(words) - length + 1):
            yield words[first : first + length]


def _says_trade(word: str) -> bool:
    return word_class(word).name in _TRADES


def _is_own(word: str) -> bool:
    """Whether a word is of no class: somebody's own name, as far as is known."""
    return class_weight(word) == 1.0
