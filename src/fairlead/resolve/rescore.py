"""A small model that weighs the features of a pair of records: it stands between comparison and rules.

`compare` gives every pair of records its columns `left`, `right` and `probability`, and beside them one column for
each feature of the kind's settings (numbers, mostly from 0 to 1; null where the records do not say). Here these
columns become one probability, which the rules then judge by; what the rules forbid stays forbidden, whatever the
probability. The steps, for whoever keeps people's judgements:

1. The features of every doubtful pair go along to the person who decides, and stand in the judgement
   (`judgements.training.lessons` lays them out again: one row for each pair judged same or different).
2. `suited(settings.rescorer, measures, same)` gives the model: learned from these judgements once there are
   LEAST_JUDGEMENTS of them, else the one that is shipped. `train` learns whatever there is.
3. `rescored(pairs, rescorer)` gives the same table with the new probability. Pairs that lack a feature of
   `rescorer.needs` (an address on both sides) keep the probability of the comparison.

The model is a logistic regression: p = 1 / (1 + exp(-(b + sum of w_i (x_i - mean_i) / scale_i))). A feature that is
null takes its mean, so it says nothing. It is shipped and stored as JSON that a person can read, with a hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.errors import InvalidReference

#: From so many judgements on (same and different together) the weights are learned from them.
LEAST_JUDGEMENTS: Final = 200
#: So many of either answer there must be, or nothing can be learned.
LEAST_OF_EACH: Final = 20
#: How firmly the weights are held to those they start from; worth about so many judgements.
FIRMNESS: Final = 10.0

_STEPS: Final = 50
_ENOUGH: Final = 1e-9
_DIGITS: Final = 4

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Rescorer:
    """Weights for the features of a pair, each feature first brought to mean 0 and scale 1.

    `origin` says in words what the weights were learned from; the model has nothing to say of a pair for which one
    of the features in `needs` is null.
    """

    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    origin: str
    needs: tuple[str, ...] = ()

    @staticmethod
    def shipped(kind: str = "organisation") -> Rescorer:
        """Return the weights that come with the program for a kind of record."""
        return _shipped(kind)

    @property
    def hash(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the weights, for the record of a run."""
        return hashlib.sha256(json.dumps(self._content(), sort_keys=True).encode()).hexdigest()[:16]

    def score(self, pairs: pa.Table) -> Numbers:
        """Return the probability of each row of a table with a column for every feature; others are passed over."""
        logits = self.intercept + standardised(pairs, self.features, self.means, self.scales) @ np.array(self.weights)
        return _probability(logits)

    def to_json(self) -> str:
        """Return the model as indented JSON with its hash; the same model gives the same text."""
        return json.dumps(self._content() | {"hash": self.hash}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Rescorer:
        """Read what `to_json` wrote; raises InvalidReference where it is none or was changed without its hash."""
        try:
            said = json.loads(text)
            rows = said["features"]
            means, scales, weights = (tuple(float(row[key]) for row in rows) for key in ("mean", "scale", "weight"))
            names = tuple(str(row["name"]) for row in rows)
            needs = tuple(str(name) for name in said["needs"])
            found = cls(names, means, scales, weights, float(said["intercept"]), str(said["origin"]), needs)
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidReference("The weights for pairs of records cannot be read.", do="Remove the file.") from error
        if found.hash != said.get("hash"):
            raise InvalidReference(
                "The weights for pairs of records do not agree with their hash.",
                do="Take the file as it was written, or learn the weights anew.",
            )
        return found

    def _content(self) -> dict[str, Any]:
        columns = zip(self.features, self.means, self.scales, self.weights, strict=True)
        rows = [{"name": name, "mean": mean, "scale": scale, "weight": weight} for name, mean, scale, weight in columns]
        return {
            "origin": self.origin,
            "needs": list(self.needs),
            "intercept": self.intercept,
            "features": rows,
        }


@cache
def _shipped(kind: str) -> Rescorer:
    return Rescorer.from_json((Path(__file__).parent / "tables" / f"rescorer_{kind}.json").read_text(encoding="utf-8"))


def suited(start: Rescorer, labelled: pa.Table, labels: Sequence[bool]) -> Rescorer:
    """Return weights learned from judgements where there are enough of both answers, else `start` as it is."""
    same = sum(labels)
    if len(labels) < LEAST_JUDGEMENTS or min(same, len(labels) - same) < LEAST_OF_EACH:
        return start
    return train(labelled, labels, start=start)


def train(
    labelled: pa.Table,
    labels: Sequence[bool],
    *,
    start: Rescorer,
    importance: Sequence[float] | None = None,
    origin: str = "judgements",
    firmness: float = FIRMNESS,
) -> Rescorer:
    """Learn weights from pairs that were judged same (True) or different, beginning from those of `start`.

    Least of: sum of c_i log(1 + exp(-y_i z_i)) + firmness / 2 * |w - w_start|^2, y being 1 or -1, z the logit and c
    the importance of a pair, 1 unless given. People judge the doubtful pairs only, which say nothing of what all of
    them have in common; there the weights stay what they were. The same judgements in any order give the same
    weights. `labelled` has a column for every feature.
    """
    measured = standardised(labelled, start.features, start.means, start.scales)
    design = np.column_stack([np.ones(len(labels)), measured])
    held = np.array([start.intercept, *start.weights])
    answers = np.array(labels, dtype=np.float64)
    counts = np.ones(len(labels)) if importance is None else np.array(importance, dtype=np.float64)
    order = np.lexsort(np.column_stack([counts, answers, design]).T)  # sums of floats depend on the order of the terms
    learned = _fit(design[order], answers[order], counts[order], held, firmness)
    rounded = [round(float(weight), _DIGITS) for weight in learned]
    return replace(start, weights=tuple(rounded[1:]), intercept=rounded[0], origin=origin)


def blank(labelled: pa.Table, features: Sequence[str], needs: Sequence[str] = ()) -> Rescorer:
    """Return a model with the means and scales of these pairs and no weights, to begin learning from."""
    columns = [_numbers(labelled, name) for name in features]
    means = [round(float(np.nanmean(column)), _DIGITS) if np.isfinite(column).any() else 0.0 for column in columns]
    scales = [round(float(np.nanstd(column)), _DIGITS) if np.isfinite(column).any() else 0.0 for column in columns]
    weights = (0.0,) * len(features)
    return Rescorer(
        tuple(features), tuple(means), tuple(one or 1.0 for one in scales), weights, 0.0, "nothing", tuple(needs)
    )


def rescored(pairs: pa.Table, rescorer: Rescorer) -> pa.Table:
    """Return a table of `compare` with the probability that the model gives, and without the features."""
    position = pairs.schema.get_field_index("probability")
    probabilities = np.where(heard(pairs, rescorer), rescorer.score(pairs), pairs["probability"].to_numpy())
    scored = pairs.set_column(position, "probability", pa.array(probabilities, pa.float64()))
    return scored.drop_columns(list(rescorer.features))


def heard(pairs: pa.Table, rescorer: Rescorer) -> npt.NDArray[np.bool_]:
    """Say of each pair whether the model has what it needs to speak of it."""
    known = np.ones(pairs.num_rows, dtype=np.bool_)
    for name in rescorer.needs:
        known &= np.isfinite(_numbers(pairs, name))
    return known


def standardised(pairs: pa.Table, features: Sequence[str], means: Sequence[float], scales: Sequence[float]) -> Numbers:
    """Return the features as one row per pair, with mean 0 and scale 1; what is null becomes 0."""
    columns = [
        np.nan_to_num((_numbers(pairs, name) - mean) / scale)
        for name, mean, scale in zip(features, means, scales, strict=True)
    ]
    return np.column_stack(columns) if columns else np.zeros((pairs.num_rows, 0))


def _numbers(pairs: pa.Table, name: str) -> Numbers:
    column = pc.fill_null(pc.cast(pairs[name], pa.float64()), float("nan"))
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _probability(logits: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float64)


def _fit(design: Numbers, labels: Numbers, counts: Numbers, held: Numbers, firmness: float) -> Numbers:
    """Newton's method with steps halved until they lead down; the intercept is held a hundred times less firmly."""
    firm = np.full(len(held), firmness)
    firm[0] = firmness / 100

    def loss(weights: Numbers) -> float:
        misses = np.logaddexp(0, np.where(labels > 0, -1, 1) * (design @ weights))
        return float(counts @ misses + firm @ (weights - held) ** 2 / 2)

    weights, best = held.copy(), loss(held)
    for _ in range(_STEPS):
        expected = _probability(design @ weights)
        slope = design.T @ (counts * (expected - labels)) + firm * (weights - held)
        curve = (design * (counts * expected * (1 - expected))[:, None]).T @ design + np.diag(firm)
        step = np.linalg.solve(curve, slope)
        while (lower := loss(weights - step)) > best and np.abs(step).max() > _ENOUGH:
            step /= 2
        weights, best = weights - step, lower
        if np.abs(step).max() < _ENOUGH:
            break
    return weights
