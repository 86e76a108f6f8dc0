"""Which words of a list a word may be: the same, sounding the same, or one letter apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from fairlead.identity.normalise import phonetic

#: A shorter word is compared as a whole, or with its letters exchanged; another letter makes it another word.
SHORTEST_FUZZY: Final = 4
_SHORTEST_EXCHANGED: Final = 3
#: What a word that only sounds the same counts.
SOUNDS_SAME: Final = 0.95
#: Spellings less alike than this are two words.
LEAST_ALIKE: Final = 0.66

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Neighbours:
    """For every word asked for the words it may be: word `left[i]` is the list's word `right[i]` by `alike[i]`."""

    left: Ints
    right: Ints
    alike: Floats


class WordIndex:
    """Finds the words of a list by their sound with at most one letter left out on either side.

    Two words whose sounds are one letter apart (one more, one less, another one, two exchanged) share a key that
    leaves out one letter, so no pair of words has to be compared that shares none.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._exact = {word: place for place, word in enumerate(words)}
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            for key in _keys(word):
                self._by_key[key].append(place)

    def find(self, words: Sequence[str]) -> Neighbours:
        """Return the neighbours of each word, given all words at once."""
        left: list[int] = []
        right: list[int] = []
        for place, word in enumerate(words):
            near = {other for key in _keys(word) for other in self._by_key.get(key, ())}
            same = self._exact.get(word)
            if same is not None:
                near.add(same)
            left.extend([place] * len(near))
            right.extend(sorted(near))
        return self._compared(words, left, right)

    def _compared(self, words: Sequence[str], left: Sequence[int], right: Sequence[int]) -> Neighbours:
        ours, theirs = [words[place] for place in left], [self._words[place] for place in right]
        alike = process.cpdist(ours, theirs, scorer=OSA.normalized_similarity, dtype=np.float64)
        sounds, others = [phonetic(word) for word in ours], [phonetic(word) for word in theirs]
        same_sound = np.fromiter((a == b for a, b in zip(sounds, others, strict=True)), dtype=bool, count=len(ours))
        alike = np.where(same_sound & (alike < SOUNDS_SAME), SOUNDS_SAME, alike)
        keep = alike >= LEAST_ALIKE
        return Neighbours(np.asarray(left, np.int64)[keep], np.asarray(right, np.int64)[keep], alike[keep])


def _keys(word: str) -> Iterator[str]:
    if len(word) < SHORTEST_FUZZY or word.isdigit():
        yield word
        if len(word) == _SHORTEST_EXCHANGED and word.isalpha():
            yield "~" + "".join(sorted(word))
        return
    sound = phonetic(word)
    yield sound
    if len(sound) >= SHORTEST_FUZZY:
        for place in range(len(sound)):
            yield sound[:place] + sound[place + 1 :]
