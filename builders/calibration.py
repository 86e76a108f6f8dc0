"""`./run build calibration`: fits the weights of identity/tables/features.yaml on labelled pairs, and its thresholds.

The model is a logistic regression over the amounts of the features, with a small penalty on the squares of the weights
and with the sign of every weight held to what the table says that the feature speaks for. Weights chosen by hand stay.

    least  Σ v ln(1 + exp(-y (start + Σ w a))) / Σ v + PENALTY Σ w²      y = 1 for the same, -1 for different

Pairs with the very same words are left out, for whom the table decides, and so are pairs of one party whose names share
nothing: no comparison of names can find those, and they would teach that names which share nothing may be the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from builders import calibration_pairs
from builders.calibration_pairs import LabelledPair
from fairlead.identity.features import FIRM, MODELS, PERSON, Feature, features
from fairlead.identity.pair import readings_amounts
from fairlead.model.vocabulary import PairKind

TABLE: Final = Path(__file__).resolve().parents[1] / "src/fairlead/identity/tables/features.yaml"
PENALTY: Final = 0.00025
FOLDS: Final = 5
SEED: Final = 0
#: Which reading of a name counts depends on the weights, so that both are found in turns.
TURNS: Final = 4
#: A pair that must be judged rightly counts so many times.
STRONG: Final = 4.0
#: Of the pairs that are left to a person, from `review_from` up to a match, at least this share is the same.
WORTH_LOOKING: Final = 0.25
#: A review band is at least so wide.
LEAST_BAND: Final = 0.15
SMOOTHED: Final = 0.05
NEARLY: Final = 0.0005
_STEPS: Final = np.linspace(-SMOOTHED, SMOOTHED, 5)
BINS: Final = 10
START: Final = "start"
IDENTICAL: Final = "identical_words"

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Amounts = Sequence[Mapping[str, float]]
#: By model: the weight of every feature, and `start`.
Weights = Mapping[str, Mapping[str, float]]
ByModel = Mapping[str, float]


@dataclass(frozen=True)
class Measured:
    """A pair and the amounts of its features, for every way to read both names."""

    pair: LabelledPair
    readings: Amounts

    @property
    def model(self) -> str:
        """Which weights it is scored with."""
        return PERSON if self.pair.kind is PairKind.PERSON else FIRM


def measure(pairs: Iterable[LabelledPair]) -> list[Measured]:
    """Return the pairs with their amounts, which do not depend on the weights."""
    return [Measured(pair, readings_amounts(pair.left, pair.right, pair.kind)) for pair in pairs]


def fit(rows: Sequence[Measured]) -> Weights:
    """Return the weights by model that fit the pairs best; a model without pairs keeps those of the table."""
    return {model: _fit([row for row in rows if row.model == model], model) for model in MODELS}


def score(rows: Sequence[Measured], weights: Weights) -> Floats:
    """Return the score of every pair: that of its best readings, 0 where a name says nothing."""
    return np.array([max((_score(each, weights[row.model]) for each in row.readings), default=0.0) for row in rows])


def cross_validated(rows: Sequence[Measured], folds: int = FOLDS, seed: int = SEED) -> Floats:
    """Return scores of which each comes from weights fitted without the pair or any other that names the same."""
    place = fold_of(rows, folds, seed)
    scores = np.zeros(len(rows))
    for fold in range(folds):
        weights = fit([row for row, at in zip(rows, place, strict=True) if at != fold])
        scores[place == fold] = score([row for row, at in zip(rows, place, strict=True) if at == fold], weights)
    return scores


def fold_of(rows: Sequence[Measured], folds: int = FOLDS, seed: int = SEED) -> npt.NDArray[np.int64]:
    """Return the fold of every pair; pairs that have a name in common are in one fold."""
    groups = calibration_pairs.groups([row.pair for row in rows])
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    number = {name: place % folds for place, name in enumerate(names)}
    return np.array([number[group] for group in groups], np.int64)


def reliability(scores: Floats, same: Flags, bins: int = BINS) -> list[tuple[float, float, int]]:
    """Return for every bin of the score (mean score, share that is the same, pairs); empty bins are left out."""
    bin_of = np.minimum((scores * bins).astype(int), bins - 1)
    chosen = [bin_of == number for number in range(bins)]
    return [(float(scores[at].mean()), float(same[at].mean()), int(at.sum())) for at in chosen if at.any()]


def f1_at(scores: Floats, same: Flags, threshold: float) -> float:
    """Return F1 of calling pairs the same from a score on: 2 true positives / (called the same + the same)."""
    called = scores >= threshold
    return float(2 * (called & same).sum() / max(called.sum() + same.sum(), 1))


def best_threshold(scores: Floats, same: Flags, strong: Flags | None = None) -> float:
    """Return the score from which on F1 is best, among those at which no pair marked strong is judged wrongly.

    Where every threshold misjudges one, among those that misjudge fewest. F1 is averaged over the thresholds up to
    SMOOTHED below and above, so that a handful of pairs does not decide; of scores that are as good within NEARLY the
    highest counts, because a false match costs more than a look.
    """
    strong = np.zeros(len(scores), bool) if strong is None else strong
    tried = np.arange(0.05, 0.96, 0.01)
    wrong = np.array([(((scores >= at) != same) & strong).sum() for at in tried])
    f1 = np.array([np.mean([f1_at(scores, same, at + step) for step in _STEPS]) for at in tried])
    f1 = np.where(wrong == wrong.min(), f1, 0.0)
    return round(float(tried[f1 >= f1.max() - NEARLY].max()), 2)


def least_worth_looking(scores: Floats, same: Flags, match_from: float) -> float:
    """Return the lowest score from which up to a match at least WORTH_LOOKING of the pairs are the same.

    At most LEAST_BAND below a match, so that there is a band in which a person decides.
    """
    highest = round(match_from - LEAST_BAND, 2)
    for at in np.arange(0.02, highest, 0.01):
        doubtful = (scores >= at) & (scores < match_from)
        if doubtful.any() and same[doubtful].mean() >= WORTH_LOOKING:
            return round(float(at), 2)
    return highest


def same_of(rows: Sequence[Measured]) -> Flags:
    """Return which pairs are the same."""
    return np.array([row.pair.same for row in rows], bool)


def _score(amounts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    points = weights[START] + sum(weights[key] * amount for key, amount in amounts.items())
    return float(1 / (1 + np.exp(-points)))


def _fit(rows: Sequence[Measured], model: str) -> Mapping[str, float]:
    table = features()
    fitted = [feature for feature in table.values() if feature.fitted]
    weights = {key: float(feature.weights[model]) for key, feature in table.items()}
    weights |= {feature.key: {"for": 0.3, "against": -1.0}[feature.speaks] for feature in fitted} | {START: 0.0}
    rows = [row for row in rows if row.readings and not _decided(row)]
    if not rows:
        return weights
    same = same_of(rows)
    counts = np.array([row.pair.weight * (STRONG if row.pair.strong else 1.0) for row in rows])
    for _ in range(TURNS):
        best = [max(row.readings, key=lambda each: _score(each, weights)) for row in rows]
        given = np.array([sum(weights[key] * each[key] for key in each if not table[key].fitted) for each in best])
        amounts = np.array([[each.get(feature.key, 0.0) for feature in fitted] for each in best])
        found, start = _solve(amounts, given, same, counts, fitted)
        weights |= dict(zip((feature.key for feature in fitted), found, strict=True)) | {START: start}
    return {key: round(float(weight), 2) for key, weight in weights.items()}


def _decided(row: Measured) -> bool:
    """Whether a pair teaches nothing: the very same words, or one party by two names that share nothing."""
    if any(IDENTICAL in each for each in row.readings):
        return True
    least = calibration_pairs.LEAST_SHARED
    return row.pair.same and all(
        each.get("told_one", 0.0) < least and not each.keys() & {"alike_words", "half_alike_words"}
        for each in row.readings
    )


def _solve(
    amounts: Floats, given: Floats, same: Flags, counts: Floats, fitted: Sequence[Feature]
) -> tuple[Sequence[float], float]:
    sign = np.where(same, 1.0, -1.0)
    total = counts.sum()

    def loss(values: Floats) -> tuple[float, Floats]:
        margin = sign * (amounts @ values[:-1] + values[-1] + given)
        slope = -sign * counts / (1 + np.exp(margin)) / total
        pull = np.append(2 * PENALTY * values[:-1], 0.0)
        value = float((counts * np.logaddexp(0, -margin)).sum() / total + PENALTY * (values[:-1] ** 2).sum())
        return value, np.append(amounts.T @ slope, slope.sum()) + pull

    bounds = [(0, None) if feature.speaks == "for" else (None, 0) for feature in fitted]
    found = minimize(
        loss, np.zeros(len(fitted) + 1), jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B"
    ).x.tolist()
    return found[:-1], found[-1]


def write_table(text: str, weights: Weights, match_from: ByModel, review_from: ByModel) -> str:
    """Return the text of features.yaml with these weights and thresholds; comments and order stay."""

    starts = {model: weights[model][START] for model in MODELS}
    for key, values in ((START, starts), ("match_from", match_from), ("review_from", review_from)):
        text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {{{_by_model(values)}}}", text)
    for key, feature in features().items():
        if feature.fitted:
            values_of = {model: weights[model][key] for model in MODELS}
            text = re.sub(
                rf"(- key: {key}\n(?:    (?!weights).*\n)*    weights: ){{.*}}", rf"\1{{{_by_model(values_of)}}}", text
            )
    return text


def _by_model(values: ByModel) -> str:
    return ", ".join(f"{model}: {_plain(values[model])}" for model in MODELS)


def _plain(number: float) -> str:
    return f"{round(number, 2) + 0.0:g}"


def main(arguments: Sequence[str]) -> int:
    """Fit on all labelled pairs that are at hand, print how good the fit is, and write the table."""
    sets = calibration_pairs.all_sets()
    if not sets:
        print("The labelled pairs are absent; the table was left as it is.")
        return 2
    rows = {name: measure(pairs) for name, pairs in sets.items()}
    every = [row for measured in rows.values() for row in measured]
    weights = fit(every)
    scores = cross_validated(every)
    thresholds = report(rows, scores)
    if "--dry-run" not in arguments:
        TABLE.write_text(write_table(TABLE.read_text(encoding="utf-8"), weights, *thresholds), encoding="utf-8")
        print(f"\nWritten: {TABLE.name}")
    return 0


def report(rows: Mapping[str, Sequence[Measured]], scores: Floats) -> tuple[ByModel, ByModel]:
    """Print F1 by set and the reliability by model; return (match_from, review_from)."""
    every = [(name, row) for name, measured in rows.items() for row in measured]
    models = np.array([row.model for _, row in every])
    same, strong = (np.array([flag(row.pair) for _, row in every], bool) for flag in (_is_same, _is_strong))
    chooses = np.array([calibration_pairs.chooses_thresholds(name) for name, _ in every])
    match_from: dict[str, float] = {}
    review_from: dict[str, float] = {}
    for model in MODELS:
        at = chooses & (models == model)
        match_from[model] = best_threshold(scores[at], same[at], strong[at])
        review_from[model] = least_worth_looking(scores[at], same[at], match_from[model])
    print(f"match_from {match_from}, review_from {review_from}; scores of folds that were not fitted on\n")
    print("| set | pairs | the same | F1 | precision | recall | recall at review | strong, wrong |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    called, looked_at = (scores >= np.vectorize(limits.get)(models) for limits in (match_from, review_from))
    for name in rows:
        at = np.array([each == name for each, _ in every])
        print(_row(name, called[at], looked_at[at], same[at], strong[at]))
    for model in MODELS:
        at = chooses & (models == model)
        print(f"\nReliability, {model}\n\n| score | the same | pairs |\n| ---: | ---: | ---: |")
        for mean, share, count in reliability(scores[at], same[at]):
            print(f"| {mean:.2f} | {share:.2f} | {count:,} |")
    return match_from, review_from


def _is_same(pair: LabelledPair) -> bool:
    return pair.same


def _is_strong(pair: LabelledPair) -> bool:
    return pair.strong


def _row(name: str, called: Flags, looked_at: Flags, same: Flags, strong: Flags) -> str:
    right = (called & same).sum()
    precision, recall = right / max(called.sum(), 1), right / max(same.sum(), 1)
    return (
        f"| {name} | {len(same):,} | {same.sum():,} | {2 * right / (called.sum() + same.sum()):.3f} | {precision:.3f} "
        f"| {recall:.3f} | {looked_at[same].mean():.3f} | {((called != same) & strong).sum()} of {strong.sum()} |"
    )
