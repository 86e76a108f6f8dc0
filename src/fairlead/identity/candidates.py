"""Candidates: which names of a list may be a given name, many names at a time, by the weight of the words they share.

score = 2 x (weight of the shared words, each by how alike it is) / (weight of the name + weight of the list's name)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from fairlead.identity.name import WordWeights
from fairlead.identity.neighbours import Floats, Ints, WordIndex

#: Words below this weight lead to nobody; they only count once another word has.
LEAST_LEADING: Final = 0.12
#: Names looked up at a time, so that memory stays bounded whatever their number.
_BATCH: Final = 2048
#: Shared words to add up at a time; where there are more, fewer names are looked up at a time.
_MOST_POSTINGS: Final = 4_000_000
_PART_BITS: Final = 6
_LONGEST: Final = 1 << _PART_BITS
_WEIGHT_BITS: Final = 16
_WEIGHT_UNIT: Final = 1 / 4096  # a name may weigh up to 16


@dataclass(frozen=True)
class Candidates:
    """Pairs that may be the same, sorted by query and then by score, the best first."""

    query: Ints
    name: Ints
    score: Floats


class NameIndex:
    """The names of a list, ready to be searched; a name is given as its words."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self._count = len(names)
        self.weigh = WordWeights(Counter(word for words in names for word in set(words)), len(names))
        singles = sorted({word for words in names for word in words})
        joined: dict[str, float] = {}
        for words in names:
            for first, second in pairwise(words):
                weight = self.weigh(first) + self.weigh(second)
                joined[first + second] = max(weight, joined.get(first + second, 0.0))
        self._single = {word: place for place, word in enumerate(singles)}
        self._joined = {word: place for place, word in enumerate(sorted(joined), len(singles))}
        self._words = WordIndex(singles)
        self._weights = np.array([*map(self.weigh, singles), *(joined[word] for word in self._joined)], np.float64)
        self._name_weights = np.array([sum(map(self.weigh, words)) for words in names], np.float64)
        postings = _columns(
            (place, number)
            for number, words in enumerate(names)
            for place in sorted(
                {self._single[word] for word in words} | {self._joined[a + b] for a, b in pairwise(words)}
            )
        )
        order = np.argsort(postings[0], kind="stable")
        self._names = postings[1][order]
        self._starts = _starts(postings[0], len(self._weights))

    def candidates(self, queries: Sequence[Sequence[str]], *, most: int = 20, least: float = 0.5) -> Candidates:
        """Return for every query at most `most` names whose score is at least `least` (0 to 1)."""
        if not queries or not self._count:
            return Candidates(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        terms = _Terms(self, queries)
        found = [
            self._batch(terms, first, min(first + _BATCH, len(queries)), most, least)
            for first in range(0, len(queries), _BATCH)
        ]
        return _after(*found)

    def _batch(self, terms: _Terms, first: int, last: int, most: int, least: float) -> Candidates:
        query, part, places, shared = terms.between(first, last)
        lengths = self._starts[places + 1] - self._starts[places]
        if lengths.sum() > _MOST_POSTINGS and last - first > 1:
            middle = (first + last) // 2
            return _after(self._batch(terms, first, middle, most, least), self._batch(terms, middle, last, most, least))
        names = self._names[_ranges(self._starts[places], lengths)]
        units = np.minimum(np.rint(shared / _WEIGHT_UNIT).astype(np.int64), (1 << _WEIGHT_BITS) - 1)
        packed = np.repeat((part << _WEIGHT_BITS) | units, lengths)
        packed |= (np.repeat(query, lengths) * self._count + names) << (_PART_BITS + _WEIGHT_BITS)
        pairs, weight = _summed(packed)
        of_query, of_name = pairs // self._count, pairs % self._count
        total = terms.weights[first + of_query] + self._name_weights[of_name]
        score = np.minimum(2 * weight / total, 1.0)
        keep = score >= least
        return _best(of_query[keep] + first, of_name[keep], score[keep], most)

    def neighbours_of(self, words: Sequence[str]) -> tuple[Ints, Ints, Floats]:
        """Return (word, place in the vocabulary, weight shared) of words among the list's single and joined words."""
        near = self._words.find(words)
        pairs = _columns((place, self._joined[word]) for place, word in enumerate(words) if word in self._joined)
        left = np.concatenate([near.left, pairs[0]])
        right = np.concatenate([near.right, pairs[1]])
        shared = np.concatenate([near.alike**2 * self._weights[near.right], self._weights[pairs[1]]])
        order = np.argsort(left, kind="stable")
        return left[order], right[order], shared[order]

    def places_of_joined(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield (number of its first word, place) of every two words that the list has as one, or spaced otherwise."""
        for number, (first, second) in enumerate(pairwise(words)):
            if (place := self._single.get(first + second)) is not None:
                yield number, place
            elif not (first in self._single and second in self._single) and first + second in self._joined:
                yield number, self._joined[first + second]

    def weight_at(self, places: Ints) -> Floats:
        """Return the weights of places of the vocabulary."""
        return self._weights[places]


class _Terms:
    """What the queries look for: for every query and word the places of the vocabulary and the weight shared there."""

    def __init__(self, index: NameIndex, queries: Sequence[Sequence[str]]) -> None:
        vocabulary = sorted({word for words in queries for word in words})
        number = {word: place for place, word in enumerate(vocabulary)}
        left, self._right, self._shared = index.neighbours_of(vocabulary)
        self._starts = _starts(left, len(vocabulary))
        self.weights = np.array([sum(map(index.weigh, words)) for words in queries], np.float64)
        leads = [index.weigh(word) >= LEAST_LEADING for word in vocabulary]
        self._words = _columns(
            (query, part, place)
            for query, words in enumerate(queries)
            for part, word in enumerate(words[:_LONGEST])
            if leads[place := number[word]]
        )
        self._joined = _columns(
            (query, part, place)
            for query, words in enumerate(queries)
            for part, place in index.places_of_joined(words[:_LONGEST])
        )
        self._joined_shared = index.weight_at(self._joined[2])

    def between(self, first: int, last: int) -> tuple[Ints, Ints, Ints, Floats]:
        """Return (query counted from `first`, number of its word, place, weight shared) from `first` up to `last`."""
        owner, part, word = self._words[:, slice(*np.searchsorted(self._words[0], [first, last]))]
        lengths = self._starts[word + 1] - self._starts[word]
        at = _ranges(self._starts[word], lengths)
        among = slice(*np.searchsorted(self._joined[0], [first, last]))
        joined = self._joined[:, among]
        return (
            np.concatenate([np.repeat(owner, lengths), joined[0]]) - first,
            np.concatenate([np.repeat(part, lengths), joined[1]]),
            np.concatenate([self._right[at], joined[2]]),
            np.concatenate([self._shared[at], self._joined_shared[among]]),
        )


def _after(*parts: Candidates) -> Candidates:
    """Put candidates one after the other."""
    return Candidates(
        np.concatenate([part.query for part in parts]),
        np.concatenate([part.name for part in parts]),
        np.concatenate([part.score for part in parts]),
    )


def _columns(rows: Iterable[tuple[int, ...]]) -> Ints:
    """Return the columns of rows of whole numbers, three where there is no row."""
    columns = np.array(list(rows), np.int64)
    return np.ascontiguousarray(columns.T) if len(columns) else np.empty((3, 0), np.int64)


def _starts(places: Ints, count: int) -> Ints:
    """Return where each place from 0 to `count` begins among places in ascending order."""
    return np.concatenate([[0], np.cumsum(np.bincount(places, minlength=count))]).astype(np.int64)


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """Return start, start + 1, … of every range, one range after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


def _summed(packed: Ints) -> tuple[Ints, Floats]:
    """Add up for every pair the greatest weight of each word of the query.

    Pair, number of the word and weight are packed into one integer, so that one plain sort brings together what
    belongs together, the greatest weight of a word last.
    """
    if not len(packed):
        return packed, np.empty(0)
    packed = np.sort(packed)
    of_word = packed >> _WEIGHT_BITS
    packed = packed[np.concatenate([of_word[1:] != of_word[:-1], [True]])]
    pair = packed >> (_PART_BITS + _WEIGHT_BITS)
    first = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    return pair[first], np.add.reduceat(packed & ((1 << _WEIGHT_BITS) - 1), first) * _WEIGHT_UNIT


def _best(query: Ints, name: Ints, score: npt.NDArray[np.float64], most: int) -> Candidates:
    """Keep the best of each query; an equal score is settled by the place in the list."""
    order = np.lexsort((name, -score, query))
    query, name, score = query[order], name[order], score[order]
    begins = np.searchsorted(query, query, side="left")
    keep = np.arange(len(query)) - begins < most
    return Candidates(query[keep], name[keep], score[keep])
