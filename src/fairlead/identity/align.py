"""Two names word by word, in any order: which words are the same, spelled otherwise, alike, or in one name only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import OSA

from fairlead.identity.name import DISTINGUISHING, Reading, class_weight, is_abbreviation
from fairlead.identity.normalise import phonetic

#: Two words less alike than this are two words.
LEAST_ALIKE: Final = 0.7
_LEAST_JOINED: Final = 0.85
_INITIAL: Final = 0.6
_ABBREVIATION: Final = 0.9
_SHORTEST_SOUND: Final = 3
#: Words that sound the same and are less alike in letters than this may be two words (선영 and 성현).
_SAME_WORD: Final = 0.6
_SHORTEST_FUZZY: Final = 4
_EXCHANGED: Final = 3
_MOST_JOINED: Final = 3
_WORTH_SAYING: Final = 0.15

Weigh = Callable[[str], float]


@dataclass(slots=True)
class Alignment:
    """What came of two names.

    `alike` is the weight of the shared words, each by how alike it is, over the weight of all; `told` the weight of
    what they share, `own` whether a word of no class is among it and not only places and trades. `features` are keys
    of the table of features; `apart` the words that only one of the names has.
    """

    alike: float
    told: float
    own: bool
    features: set[str] = field(default_factory=set)
    apart: tuple[str, ...] = ()


def align(left: Reading, right: Reading, weigh: Weigh) -> Alignment:
    """Compare two readings of names word by word; the same comes out from either side."""
    if left.words == right.words:
        told = sum(map(weigh, left.words))
        return Alignment(1.0, told, any(map(_is_own, left.words)), {"same_words"})
    if _shortened(left, right):
        told = max(sum(map(weigh, left.words)), sum(map(weigh, right.words)))
        return Alignment(_ABBREVIATION, told, True, {"abbreviation"})
    first, second = sorted((left.words, right.words))
    return _Aligner(first, second, weigh).run()


def _shortened(left: Reading, right: Reading) -> bool:
    short, long = sorted((left.words, right.words), key=len)
    return len(short) == 1 and is_abbreviation(short[0], long)


class _Aligner:
    """Pairs the words of two names step by step; each step takes what the ones before have left."""

    def __init__(self, left: Sequence[str], right: Sequence[str], weigh: Weigh) -> None:
        self._weigh = weigh
        self._left, self._right = list(left), list(right)
        self._total = sum(map(weigh, left)) + sum(map(weigh, right))
        self._shared = 0.0
        self._told = 0.0
        self._own = False
        self._features: set[str] = set()

    def run(self) -> Alignment:
        """Take the steps in their order and put together what they found."""
        self._same()
        if self._left and self._right:
            self._joined(self._left, self._right)
            self._joined(self._right, self._left)
            self._same_sound()
            self._nearest()
        self._numbers()
        if any(class_weight(word) >= DISTINGUISHING and not word.isdigit() for word in (*self._left, *self._right)):
            self._features.add("missing_words")
        if not self._features & {"missing_words", "alike_words", "initials", "other_spelling"}:
            self._features.add("same_words")
        apart = tuple(word for word in (*self._left, *self._right) if class_weight(word) >= _WORTH_SAYING)
        alike = min(self._shared / self._total, 1.0) if self._total else 0.0
        return Alignment(alike, self._told / 2, self._own, self._features, apart)

    def _take(self, left: Sequence[str], right: Sequence[str], alike: float, feature: str = "") -> None:
        for word in left:
            self._left.remove(word)
        for word in right:
            self._right.remove(word)
        weight = sum(map(self._weigh, left)) + sum(map(self._weigh, right))
        self._shared += alike * weight
        if feature != "alike_words":
            self._told += alike * weight
            self._own = self._own or any(map(_is_own, (*left, *right)))
        if feature and max(map(class_weight, (*left, *right))) >= DISTINGUISHING:
            self._features.add(feature)

    def _same(self) -> None:
        for word in list(self._left):
            if word in self._right:
                self._take([word], [word], 1.0)

    def _joined(self, parts: Sequence[str], wholes: Sequence[str]) -> None:
        """Pair words that stand side by side with one word of the other name: good will is goodwill."""
        for run in list(_runs(parts)):
            joined = "".join(run)
            for whole in list(wholes):
                if joined[0] != whole[0] and joined[-1] != whole[-1]:
                    continue
                alike = OSA.normalized_similarity(joined, whole, score_cutoff=_LEAST_JOINED)
                if alike and all(word in parts for word in run):
                    left, right = ([*run], [whole]) if parts is self._left else ([whole], [*run])
                    self._take(left, right, alike, "other_spelling" if alike == 1 else "alike_words")
                    return

    def _same_sound(self) -> None:
        """Pair words that sound the same; their likeness is halfway between 1 and that of their letters."""
        sounds = {phonetic(word): word for word in self._right if len(word) >= _SHORTEST_SOUND and not word.isdigit()}
        for word in list(self._left):
            if len(word) >= _SHORTEST_SOUND and (other := sounds.pop(phonetic(word), None)) is not None:
                letters = OSA.normalized_similarity(word, other)
                feature = "other_spelling" if letters >= _SAME_WORD else "alike_words"
                self._take([word], [other], (1 + letters) / 2, feature)

    def _nearest(self) -> None:
        pairs = sorted(self._pairs(), key=lambda pair: (-pair[0], pair[1], pair[2]))
        for alike, left, right, feature in pairs:
            if left in self._left and right in self._right:
                self._take([left], [right], alike, feature)

    def _pairs(self) -> Iterator[tuple[float, str, str, str]]:
        for left in self._left:
            for right in self._right:
                if left.isdigit() or right.isdigit():
                    continue
                if len(left) == 1 or len(right) == 1:
                    if left[0] == right[0]:
                        yield _INITIAL, left, right, "initials"
                elif (alike := _likeness(left, right)) >= LEAST_ALIKE:
                    yield alike, left, right, "alike_words"

    def _numbers(self) -> None:
        left, right = (any(word.isdigit() for word in words) for words in (self._left, self._right))
        if left or right:
            self._features.add("other_number" if left and right else "number_missing")


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield two and three words that stand side by side, the longest first."""
    for length in range(_MOST_JOINED, 1, -1):
        for first in range(len(words) - length + 1):
            yield words[first : first + length]


def _is_own(word: str) -> bool:
    """Whether a word is of no class: somebody's own name, as far as is known."""
    return class_weight(word) == 1.0


def _likeness(left: str, right: str) -> float:
    """Return how alike two words are: 1 less the letters to change over the longer length; short words not at all."""
    if min(len(left), len(right)) < _SHORTEST_FUZZY:
        exchanged = len(left) == len(right) == _EXCHANGED and sorted(left) == sorted(right)
        return LEAST_ALIKE if exchanged else 0.0
    return float(OSA.normalized_similarity(left, right, score_cutoff=LEAST_ALIKE))
