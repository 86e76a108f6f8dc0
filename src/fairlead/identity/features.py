"""The features of a hit with their weights and sentences, and the thresholds, as tables/features.yaml has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fairlead.identity.tables import read_yaml_table
from fairlead.model.vocabulary import Verdict


@dataclass(frozen=True)
class Feature:
    """One row of the table."""

    key: str
    adds: float
    at_most: Verdict
    sentence: str
    place: int


@dataclass(frozen=True)
class Thresholds:
    """From which score on, and from how much told, a comparison comes to what."""

    match_from: float
    review_from: float
    told_without_country: float
    told_with_country: float


@cache
def features() -> Mapping[str, Feature]:
    """Return every feature by its key, in the order in which hits show them."""
    rows = read_yaml_table("features")["features"]
    return {
        row["key"]: Feature(row["key"], row["adds"], Verdict(row["at_most"]), row["sentence"], place)
        for place, row in enumerate(rows)
    }


@cache
def thresholds() -> Thresholds:
    """Return the thresholds."""
    table = read_yaml_table("features")
    return Thresholds(*(float(table[name]) for name in Thresholds.__dataclass_fields__))
