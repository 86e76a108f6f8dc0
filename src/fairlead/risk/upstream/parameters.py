"""The numbers of upstream exposure, read from upstream.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fairlead.errors import InvalidReference, Where
from fairlead.reference import load_yaml

FILE: Final = "upstream.yaml"


@dataclass(frozen=True)
class Branch:
    """One broad branch: people in forced labour in the world in millions, and the ISIC divisions that belong to it."""

    name: str
    millions: float
    divisions: frozenset[str]


@dataclass(frozen=True)
class IndexBand:
    """One band of the index: the lowest share of final demand that lies below, and what the band is called."""

    band: str
    from_share: float
    name: str


@dataclass(frozen=True)
class UpstreamParameters:
    """Everything in upstream.yaml; the country term in nats, spreads as standard deviations of the logarithm."""

    version: str
    branches: tuple[Branch, ...]
    left_out_millions: float
    citation: str
    country_term: tuple[float, float]
    country_ln_sd: float
    industry_ln_sd: float
    interval: float
    draws: int
    seed: int
    bands: tuple[IndexBand, ...]

    def branch_of(self, isic: str) -> Branch | None:
        """Return the branch of an ISIC code by its division; None where it has none."""
        return next((branch for branch in self.branches if isic[:2] in branch.divisions), None)


def shipped_upstream_parameters() -> UpstreamParameters:
    """Return the numbers of the reference pack. Raises InvalidReference when the file cannot be read."""
    return upstream_parameters_from(load_yaml("upstream"))


def upstream_parameters_from(content: Mapping[str, Any]) -> UpstreamParameters:
    """Read the numbers from the content of the YAML file. Raises InvalidReference when one is missing or wrong."""
    try:
        low, high = content["country_term"]
        parameters = UpstreamParameters(
            version=content["version"],
            branches=tuple(
                Branch(entry["branch"], float(entry["millions"]), frozenset(_divisions(entry["divisions"])))
                for entry in content["branches"]
            ),
            left_out_millions=float(content["left_out_millions"]),
            citation=content["citation"],
            country_term=(float(low), float(high)),
            country_ln_sd=float(content["ln_sd"]["country"]),
            industry_ln_sd=float(content["ln_sd"]["industry"]),
            interval=float(content["interval"]),
            draws=int(content["draws"]),
            seed=int(content["seed"]),
            bands=tuple(IndexBand(entry["band"], float(entry["from"]), entry["name"]) for entry in content["bands"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidReference(f"cannot be read: {error!r}.", where=Where(file=FILE)) from error
    _check(parameters)
    return parameters


def _divisions(entries: Iterable[str]) -> Iterable[str]:
    for entry in entries:
        first, _, last = entry.partition("-")
        yield from (f"{number:02d}" for number in range(int(first), int(last or first) + 1))


def _check(parameters: UpstreamParameters) -> None:
    if min(branch.millions for branch in parameters.branches) < 0 or min(_spreads(parameters)) < 0:
        raise InvalidReference("has a negative count or spread.", where=Where(file=FILE))
    if not 0 < parameters.interval < 1 or parameters.draws < 1:
        raise InvalidReference("needs an interval between 0 and 1 and at least one draw.", where=Where(file=FILE))
    starts = [band.from_share for band in parameters.bands]
    if starts != sorted(starts, reverse=True) or not starts or starts[-1] != 0:
        raise InvalidReference("needs bands from the highest to one from 0.", where=Where(file=FILE))


def _spreads(parameters: UpstreamParameters) -> tuple[float, float]:
    return parameters.country_ln_sd, parameters.industry_ln_sd
