"""The features of a comparison with their weights and sentences, and the thresholds: tables/features.yaml."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from fairlead.identity.tables import read_yaml_table
from fairlead.model.vocabulary import Verdict

#: The two sets of weights: of persons' names, and of all others.
PERSON: Final = "person"
FIRM: Final = "firm"
MODELS: Final = (PERSON, FIRM)


@dataclass(frozen=True)
class Feature:
    """One row of the table; `weights` by model, `fitted` where calibration chose them, `place` its row."""

    key: str
    sentence: str
    speaks: str
    weights: Mapping[str, float]
    fitted: bool
    at_most: Verdict
    place: int


@dataclass(frozen=True)
class Thresholds:
    """From which score on, by model, and from how much told, a comparison comes to what."""

    match_from: Mapping[str, float]
    review_from: Mapping[str, float]
    listed_match_from: Mapping[str, float]
    listed_review_from: Mapping[str, float]
    told_without_country: float
    told_with_country: float


@cache
def features() -> Mapping[str, Feature]:
    """Return every feature by its key, in the order in which results show them."""
    rows = read_yaml_table("features")["features"]
    return {
        row["key"]: Feature(
            row["key"],
            row["sentence"],
            row["speaks"],
            row["weights"] if "weights" in row else row["by_hand"],
            "weights" in row,
            Verdict(row["at_most"]),
            place,
        )
        for place, row in enumerate(rows)
    }


@cache
def thresholds() -> Thresholds:
    """Return the thresholds."""
    table = read_yaml_table("features")
    return Thresholds(*(table[name] for name in Thresholds.__dataclass_fields__))


@cache
def _weights(model: str) -> tuple[float, Mapping[str, float]]:
    start = float(read_yaml_table("features")["start"][model])
    return start, {key: float(feature.weights[model]) for key, feature in features().items()}


def score(amounts: Mapping[str, float], model: str) -> float:
    """Return the score from 0 to 1 of the amounts of features: 1 / (1 + exp(-(start + Σ weight x amount)))."""
    points, weights = _weights(model)
    for key, amount in amounts.items():
        points += weights[key] * amount
    return 1.0 / (1.0 + math.exp(-points))


def sentence(key: str) -> str:
    """Return what a result says of a feature, empty where another sentence says it."""
    return features()[key].sentence
