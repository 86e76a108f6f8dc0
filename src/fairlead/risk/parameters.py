"""The numbers of the rating that are not evidence cards, read from risk_prior.yaml."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from fairlead.errors import InvalidReference, Where
from fairlead.model.vocabulary import Band, PartyKind
from fairlead.reference import load_yaml

FILE: Final = "risk_prior.yaml"


@dataclass(frozen=True)
class Prior:
    """The starting point in log-odds (nats), its spread, and by how much it is moved to show what hangs on it."""

    log_odds: float
    ln_sd: float
    sensitivity_nats: float


@dataclass(frozen=True)
class Combine:
    """How evidence is combined; caps in nats, `context_ceiling` (where it begins, where it ends) as probabilities."""

    dependence: float
    cluster_cap: float
    supplier_cap: float
    country_cap: tuple[float, float]
    country_elsewhere: float
    context_ceiling: tuple[float, float]
    interval: float


@dataclass(frozen=True)
class BandRule:
    """One band: the lowest probability in it, what it asks for, and why it begins there."""

    band: Band
    from_p: float
    action: str
    reason: str


@dataclass(frozen=True)
class Parameters:
    """Everything in risk_prior.yaml; `bands` from the highest to the lowest."""

    version: str
    prior: Prior
    combine: Combine
    missing: Mapping[str, float]
    classification_confidence: float
    bands: tuple[BandRule, ...]
    sector_levels: Mapping[str, str]
    sector_of_kind: Mapping[PartyKind, str]
    measured_sectors: frozenset[str]
    migrant_sectors: tuple[str, ...]
    conventions: tuple[str, ...]
    conventions_source: str
    governance_indicator: str
    places: Mapping[str, tuple[str, ...]]
    street_words: frozenset[str]


def site_probability(mean: float, correlation: float, workers: float) -> float:
    """Return how probable at least one case is among the workers of one site, under a beta-binomial.

    P = 1 - B(a, b + n) / B(a, b) with a = m (1 - r) / r and b = (1 - m) (1 - r) / r, for the share `mean` m of
    all workers concerned, the `correlation` r (0 < r < 1) of cases within a site, and n `workers`.
    """
    spread = (1 - correlation) / correlation
    a, b = mean * spread, (1 - mean) * spread
    log_none = math.lgamma(b + workers) + math.lgamma(a + b) - math.lgamma(a + b + workers) - math.lgamma(b)
    return -math.expm1(log_none)


def logit(p: float) -> float:
    """Return the log-odds of a probability, in nats."""
    return math.log(p) - math.log1p(-p)


def shipped_parameters() -> Parameters:
    """Return the parameters of the reference pack.

    Raises InvalidReference when risk_prior.yaml misses a field or has a value that cannot be.
    """
    return parameters_from(load_yaml("risk_prior"))


def parameters_from(content: Mapping[str, Any]) -> Parameters:
    """Read the parameters from the content of the YAML file.

    Raises InvalidReference when a field is missing or has a value that cannot be.
    """
    try:
        return _parameters(content)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidReference(f"cannot be read: {error!r}.", where=Where(file=FILE)) from error


def _parameters(content: Mapping[str, Any]) -> Parameters:
    context = content["context"]
    return Parameters(
        version=content["version"],
        prior=_prior(content["prior"]),
        combine=_combine(content["combine"]),
        missing={name: float(sd) for name, sd in content["missing"].items()},
        classification_confidence=float(content["classification_confidence"]),
        bands=_bands(content["bands"]),
        sector_levels={sector: level for level, sectors in content["sectors"].items() for sector in sectors},
        sector_of_kind={PartyKind(kind): sector for kind, sector in content["sector_of_kind"].items()},
        measured_sectors=frozenset(content["measured_sectors"]),
        migrant_sectors=tuple(content["migrant_sectors"]),
        conventions=tuple(context["conventions"]),
        conventions_source=context["conventions_source"],
        governance_indicator=context["governance_indicator"],
        places={
            region: tuple(name for names in places for name in names) for region, places in content["places"].items()
        },
        street_words=frozenset(content["street_words"]),
    )


def _prior(entry: Mapping[str, Any]) -> Prior:
    mean = float(entry["in_forced_labour"]) / float(entry["workers"]) * float(entry["listed_share"])
    p = site_probability(mean, float(entry["within_site_correlation"]), float(entry["workers_at_site"]))
    return Prior(logit(p), float(entry["ln_sd"]), float(entry["sensitivity_nats"]))


def _combine(entry: Mapping[str, Any]) -> Combine:
    low, high = entry["country_cap"]
    ceiling = entry["context_ceiling"]
    return Combine(
        dependence=float(entry["dependence"]),
        cluster_cap=float(entry["cluster_cap"]),
        supplier_cap=float(entry["supplier_cap"]),
        country_cap=(float(low), float(high)),
        country_elsewhere=float(entry["country_elsewhere"]),
        context_ceiling=(float(ceiling["from"]), float(ceiling["to"])),
        interval=float(entry["interval"]),
    )


def _bands(entries: list[Mapping[str, Any]]) -> tuple[BandRule, ...]:
    bands = tuple(BandRule(Band(e["band"]), float(e["from"]), e["action"], e["reason"]) for e in entries)
    starts = [band.from_p for band in bands]
    if starts != sorted(starts, reverse=True) or starts[-1] != 0 or {band.band for band in bands} != set(Band):
        raise ValueError("bands must go from the highest to the lowest, name each band once and end at 0")
    return bands


def model_version() -> str:
    """Return the version of the model: its name, and a hash of the cards and parameters in use."""
    content = {name: load_yaml(name) for name in ("evidence_cards", "risk_prior")}
    return hashed_version(content["risk_prior"]["version"], content)


def hashed_version(version: str, content: object) -> str:
    """Return the name of a version with the beginning of the hash of what it holds, plain values as YAML gives them."""
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return f"{version}+{digest[:12]}"
