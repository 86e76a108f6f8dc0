"""Scores: F1 over thresholds, out of fold, false alarms at a recall, recall among the first, pairs of clusters."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Pairs = set[tuple[str, str]]
Scored = Mapping[str, Sequence[tuple[float, str]]]

#: Share of the listed that must be found, at which false alarms are counted.
RECALLS: Final = (0.90, 0.95, 0.98)


@dataclass(frozen=True)
class Quality:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """F1 = 2PR / (P + R); 0 where nothing was found."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def quality(said: Bools, true: Bools) -> Quality:
    """Return how well what was said fits what is true."""
    hits = int((said & true).sum())
    return Quality(hits / max(1, int(said.sum())), hits / max(1, int(true.sum())))


def best_threshold(scores: Floats, true: Bools) -> float:
    """Return the threshold with the best F1; scores that are equal stay together."""
    order = np.argsort(-scores, kind="stable")
    hits, said = np.cumsum(true[order]), np.arange(1, len(order) + 1)
    f1 = 2 * hits / (said + max(1, int(true.sum())))
    last = np.append(scores[order][:-1] != scores[order][1:], True)
    return float(scores[order][int(np.argmax(np.where(last, f1, -1)))])


def folds(count: int, number: int, seed: int = 0) -> list[npt.NDArray[np.int64]]:
    """Return `number` folds of `count` shuffled rows."""
    return [np.sort(part) for part in np.array_split(np.random.default_rng(seed).permutation(count), number)]


def out_of_fold(scores: Floats, true: Bools, parts: Sequence[npt.NDArray[np.int64]]) -> Bools:
    """Return what is said of every row by the threshold that is best on the other folds."""
    said = np.zeros(len(true), np.bool_)
    for part in parts:
        others = np.setdiff1d(np.arange(len(true)), part)
        said[part] = scores[part] >= best_threshold(scores[others], true[others])
    return said


@dataclass(frozen=True)
class Screened:
    """How a screening did: recall at 1 and 20, best F1, share of negatives alerted at each of RECALLS (None: never)."""

    at_1: float
    at_20: float
    f1: float
    alarms: tuple[float | None, ...]


def screened(scored: Scored, truth: Mapping[str, set[str]]) -> Screened:
    """Measure scored entries by query against the entries that answer each query (empty: none)."""
    positive = [query for query, entries in truth.items() if entries]
    negative = [query for query, entries in truth.items() if not entries]
    ranked = {query: [entry for _, entry in sorted(hits, key=lambda hit: -hit[0])] for query, hits in scored.items()}
    right = np.array([max((s for s, one in scored.get(q, ()) if one in truth[q]), default=-1.0) for q in positive])
    wrong = np.array([max((s for s, _ in scored.get(query, ())), default=-1.0) for query in negative])
    everything = np.concatenate([right, wrong])
    true = np.arange(len(everything)) < len(right)
    threshold = best_threshold(everything, true & (everything >= 0))
    found = everything >= max(threshold, 0)
    f1 = 2 * int((found & true).sum()) / (int(found.sum()) + len(right))
    return Screened(
        at_1=float(np.mean([bool(set(ranked.get(query, ())[:1]) & truth[query]) for query in positive])),
        at_20=float(np.mean([bool(set(ranked.get(query, ())[:20]) & truth[query]) for query in positive])),
        f1=f1,
        alarms=tuple(alarms_at(right, wrong, recall) for recall in RECALLS),
    )


def alarms_at(right: Floats, wrong: Floats, recall: float) -> float | None:
    """Return the share of negatives alerted at the highest threshold that finds that share; None where none does."""
    needed = int(np.ceil(recall * len(right)))
    threshold = np.sort(right)[len(right) - needed]
    return float(np.mean(wrong >= threshold)) if threshold >= 0 else None


def pairs_of(labelled: Iterable[tuple[str, Any]]) -> Pairs:
    """Return all pairs of records that carry the same label."""
    groups: dict[Any, list[str]] = defaultdict(list)
    for record, label in labelled:
        groups[label].append(record)
    return pairs_of_groups(groups.values())


def pairs_of_groups(groups: Iterable[Sequence[str]]) -> Pairs:
    """Return all pairs within groups of records."""
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def quality_of_pairs(found: Pairs, truth: Pairs) -> Quality:
    """Return how well found pairs fit the true ones."""
    hits = len(found & truth)
    return Quality(hits / max(1, len(found)), hits / max(1, len(truth)))


def reliability(scores: Floats, true: Bools, bins: int = 10) -> Iterator[tuple[float, float, int, float, float]]:
    """Yield (from, to, pairs, mean score, share true) of equal bins of scores from 0 to 1; empty bins are left out."""
    places = np.minimum((scores * bins).astype(int), bins - 1)
    for place in range(bins):
        own = places == place
        if own.any():
            yield place / bins, (place + 1) / bins, int(own.sum()), float(scores[own].mean()), float(true[own].mean())
