"""How well scores tell hits from the rest, and how well probabilities are calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints

#: Groups of about equal size for the calibration error and the reliability plot.
DECILES: Final = 10
#: Digits to which probabilities are the same: like rows can differ in the last digit of a product of matrices.
_SAME: Final = 12
#: How far apart two pairs may be to be compared as equal in size: 1 nat, a factor of 2.7.
MATCHED_WITHIN: Final = 1.0


def auc(scores: Floats, hits: Bools) -> float:
    """Return the chance that a hit scores above a row that is none; ties count half, nan without both kinds.

    AUC = (sum of the hits' ranks - P (P + 1) / 2) / (P N), with mean ranks for ties (Mann-Whitney).
    """
    positives = int(np.count_nonzero(hits))
    negatives = len(hits) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    return float((_mean_ranks(scores)[hits].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(scores: Floats, hits: Bools) -> float:
    """Return the mean of the precision at each hit, from the top: sum of (R_k - R_(k-1)) P_k over distinct scores."""
    total = int(np.count_nonzero(hits))
    if total == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)  # the last row of each distinct score
    found = np.cumsum(hits[order])[last]
    gained = np.diff(np.append(0, found))
    return float((gained / total * (found / (last + 1))).sum())


def recall_at(scores: Floats, hits: Bools, share: float) -> float:
    """Return the share of the hits among the highest-scored `share` of rows; tied rows at the line count in part."""
    total = int(np.count_nonzero(hits))
    taken = len(scores) * share
    if total == 0:
        return float("nan")
    line = np.sort(scores)[::-1][min(int(np.ceil(taken)), len(scores)) - 1]
    above, at = scores > line, scores == line
    part = (taken - np.count_nonzero(above)) / np.count_nonzero(at)
    return float((np.count_nonzero(hits & above) + part * np.count_nonzero(hits & at)) / total)


def log_loss(probabilities: Floats, hits: Bools) -> float:
    """Return the mean of -ln P(what came out), in nats; nan without rows."""
    if len(hits) == 0:
        return float("nan")
    p = np.clip(probabilities, 1e-12, 1 - 1e-12)
    return float(-np.where(hits, np.log(p), np.log1p(-p)).mean())


@dataclass(frozen=True)
class Bin:
    """One group of a reliability plot: its rows and hits, the mean probability, and its lowest and highest."""

    rows: int
    hits: int
    expected: float
    low: float
    high: float

    @property
    def observed(self) -> float:
        """The share of hits in the group."""
        return self.hits / self.rows


def reliability(probabilities: Floats, hits: Bools, groups: int = DECILES) -> tuple[Bin, ...]:
    """Return groups of about equal size by rising probability.

    Rows of one probability stand in one group, that of their middle one, so that the order of the rows decides nothing.
    """
    _, level, count = np.unique(probabilities.round(_SAME), return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count + 1) // 2
    sizes = [len(rows) for rows in np.array_split(np.arange(len(hits)), groups)]
    group = np.repeat(np.arange(groups), sizes)[middle][level]
    return tuple(_bin(probabilities[group == each], hits[group == each]) for each in np.unique(group))


def _bin(p: Floats, hits: Bools) -> Bin:
    return Bin(len(p), int(np.count_nonzero(hits)), float(p.mean()), float(p.min()), float(p.max()))


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean of |observed - expected| over groups, weighted by rows."""
    rows = sum(each.rows for each in bins)
    return sum(abs(each.observed - each.expected) * each.rows for each in bins) / rows if rows else float("nan")


@dataclass(frozen=True)
class Duels:
    """Wins of hits over rows that are none, added up by the clusters of both, so that clusters can be drawn anew.

    `won` and `fought` are matrices (cluster of the hit x cluster of the other): an AUC is the sum of `won` over the
    sum of `fought`, and with a weight for each cluster it is that of the sample so weighted.
    """

    won: Floats
    fought: Floats

    def auc(self, weights: Floats | None = None) -> Floats:
        """Return the AUC, or one for each row of weights (samples x clusters); nan where no duel was fought."""
        weights = np.ones((1, len(self.won))) if weights is None else weights
        having = np.flatnonzero(self.fought.any(axis=1))  # few clusters have hits, so most rows are empty
        won, fought = (
            (weights[:, having] * (weights @ matrix[having].T)).sum(axis=1) for matrix in (self.won, self.fought)
        )
        return np.asarray(np.divide(won, fought, out=np.full(len(won), np.nan), where=fought > 0))


def duels(scores: Floats, hits: Bools, cluster: Ints, size: Floats | None = None) -> Duels:
    """Let every hit meet every row that is none, or with `size` only those within MATCHED_WITHIN of its own size.

    `cluster` numbers the rows' clusters from 0; `size` is in nats, and rows whose size is nan meet nobody.
    """
    clusters = int(cluster.max(initial=-1)) + 1
    won, fought = np.zeros((clusters, clusters)), np.zeros((clusters, clusters))
    others = np.flatnonzero(~hits)
    for row in np.flatnonzero(hits):
        met = others if size is None else others[np.abs(size[others] - size[row]) <= MATCHED_WITHIN]
        points = (scores[row] > scores[met]) + 0.5 * (scores[row] == scores[met])
        won[cluster[row]] += np.bincount(cluster[met], weights=points, minlength=clusters)
        fought[cluster[row]] += np.bincount(cluster[met], minlength=clusters)
    return Duels(won, fought)


def corrected_for_unseen(area: float, positives: int, rows: int, seen: float) -> float:
    """Return the AUC against the truth when only the share `seen` (c) of true cases is on the list.

    If the cases that are not listed were like those that are, a share a = P (1 / c - 1) / (n - P) of the rows that
    count as clear are cases, against which a hit wins half the time: AUC_true = (AUC - a / 2) / (1 - a)
    (Elkan and Noto 2008; Menon et al. 2015). nan where a reaches 1, or the result passes 1: so few cannot be listed.
    """
    hidden = positives * (1 / seen - 1) / (rows - positives) if rows > positives else float("nan")
    if not hidden < 1:
        return float("nan")
    corrected = (area - hidden / 2) / (1 - hidden)
    return corrected if corrected <= 1 else float("nan")


def _mean_ranks(values: Floats) -> Floats:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place])
