"""Every number of the rating that somebody chose, with the range within which somebody else might have chosen it.

How far a number is moved goes by what it is:

    ratio    a likelihood ratio: by its own spread, exp(+-ln_sd), and never over to the other side of 1
    share    between 0 and 1: by one nat of its log-odds; a share of 1 can only be lowered
    size     above 0 (spreads, half-lives, caps, counts): halved and doubled
    level    the exposure of a sector: one level down and up

and where numbers bound each other (bands, the ends of the ceiling), no further than halfway to the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fairlead.reference import load_yaml
from fairlead.risk.parameters import logit

CARDS, PRIOR = "evidence_cards", "risk_prior"

#: A share of one counts as this much when its log-odds are taken.
_NEARLY_ONE: Final = 0.982  # four nats

#: Numbers that are not varied, and why; by the last parts of their place.
FIXED: Final[Mapping[str, str]] = {
    "prior.sensitivity_nats": "it only says what is shown beside the starting point",
    "combine.interval": "a convention: which interval is shown",
    "classification_confidence": "counts only where the classifier gives no confidence of its own",
}

_KINDS: Final[Mapping[str, str]] = {
    "prior.in_forced_labour": "size",
    "prior.workers": "size",
    "prior.listed_share": "share",
    "prior.within_site_correlation": "share",
    "prior.workers_at_site": "size",
    "prior.ln_sd": "size",
    "combine.dependence": "share",
    "combine.cluster_cap": "size",
    "combine.supplier_cap": "size",
    "combine.country_elsewhere": "share",
}

#: Numbers of risk_prior.yaml that are taken from a source and not judged.
_CITED: Final = frozenset({"prior.in_forced_labour", "prior.workers"})

#: The levels of a sector's exposure, from the lowest.
EXPOSURE: Final = ("below", "average", "above", "well_above", "far_above")

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Number:
    """One number: the file and the place in it, what it is, and the values it is moved to (null where it cannot be).

    `finding` is the card it belongs to, empty for what concerns all; `sector` the sector whose level it is; values of a
    sector are levels. `link` is the LinkKind whose weight it is.
    """

    file: str
    path: Path
    basis: str
    value: float | str
    low: float | str | None
    high: float | str | None
    finding: str = ""
    sector: str = ""
    level: str = ""
    link: str = ""

    @property
    def name(self) -> str:
        """The place in words, such as documents_held.lr, sector_exposure.far_above.lr or combine.dependence."""
        inside = [str(part) for part in self.path[2:] if not isinstance(part, int) and part != "levels"]
        if self.link:
            return ".".join((self.link, *inside))
        if self.finding:
            return ".".join(filter(None, (self.finding, self.level, *inside)))
        return ".".join(str(part) for part in self.path)


def numbers() -> tuple[Number, ...]:
    """Return every number of the evidence cards and of risk_prior.yaml that is varied, in the order of the files.

    Raises KeyError where risk_prior.yaml has a number of which it is not written here what it is.
    """
    return (*_of_cards(load_yaml(CARDS)), *_of_prior(load_yaml(PRIOR)))


def moved(content: Any, path: Sequence[str | int], value: Any) -> Any:
    """Return the content of a YAML file with one value replaced; what is not on the way to it is shared."""
    if not path:
        return value
    copy: Any = list(content) if isinstance(content, list) else dict(content)
    copy[path[0]] = moved(content[path[0]], path[1:], value)
    return copy


def _of_cards(content: Mapping[str, Any]) -> Iterator[Number]:
    for who, value in content["reliability"].items():
        yield share_number(CARDS, ("reliability", who), value)
    for at, entry in enumerate(content["cards"]):
        yield from _of_card(("cards", at), entry)


def _of_card(path: Path, entry: Mapping[str, Any]) -> Iterator[Number]:
    """Yield the numbers of one card: those of its levels, then those that hold for all of them."""
    card = {"basis": entry["basis"], "finding": entry["key"]}
    levels = entry.get("levels") or ()
    for at, level in enumerate(levels):
        yield from _weights((*path, "levels", at), level, entry, {**card, "level": str(level["level"])})
    yield from _weights(path, entry, entry, card)
    for who, value in entry.get("reliability", {}).items():
        yield share_number(CARDS, (*path, "reliability", who), value, **card)
    if entry.get("rule"):
        yield share_number(CARDS, (*path, "rule", "floor"), entry["rule"]["floor"], **card)


def _weights(
    path: Path, entry: Mapping[str, Any], card: Mapping[str, Any], told: Mapping[str, str]
) -> Iterator[Number]:
    """Yield likelihood ratio, spread and half-life where they stand; a ratio of 1 is where others are measured from."""
    if entry.get("lr") and float(entry["lr"]) != 1.0:
        yield _ratio((*path, "lr"), float(entry["lr"]), float(entry.get("ln_sd", card["ln_sd"])), **told)
    for name in ("ln_sd", "half_life_years"):
        if entry.get(name):
            yield _size(CARDS, (*path, name), entry[name], **told)


def _of_prior(content: Mapping[str, Any]) -> Iterator[Number]:
    for section in ("prior", "combine"):
        for name, value in content[section].items():
            place = f"{section}.{name}"
            if isinstance(value, int | float) and place not in FIXED:
                make = share_number if _KINDS[place] == "share" else _size
                yield make(PRIOR, (section, name), value, basis="cited" if place in _CITED else "elicited")
    for at in range(2):
        yield _size(PRIOR, ("combine", "country_cap", at), content["combine"]["country_cap"][at])
    yield from _ceiling(content)
    for name, value in content["missing"].items():
        yield _size(PRIOR, ("missing", name), value)
    yield from _bands(content["bands"])
    yield from _sectors(content["sectors"])


def _ceiling(content: Mapping[str, Any]) -> Iterator[Number]:
    start, end = (float(content["combine"]["context_ceiling"][name]) for name in ("from", "to"))
    top = float(content["bands"][0]["from"])
    yield share_number(PRIOR, ("combine", "context_ceiling", "from"), start, below=end)
    yield share_number(PRIOR, ("combine", "context_ceiling", "to"), end, above=start, below=top)


def _bands(entries: Sequence[Mapping[str, Any]]) -> Iterator[Number]:
    starts = [1.0, *(float(entry["from"]) for entry in entries)]
    for at, value in enumerate(starts[1:]):
        if value > 0:
            yield share_number(PRIOR, ("bands", at, "from"), value, above=starts[at + 2], below=starts[at])


def _sectors(levels: Mapping[str, Sequence[str]]) -> Iterator[Number]:
    for level, sectors in levels.items():
        at = EXPOSURE.index(level)
        for sector in sectors:
            low, high = (EXPOSURE[one] if 0 <= one < len(EXPOSURE) else None for one in (at - 1, at + 1))
            yield Number(PRIOR, ("sectors", sector), "elicited", level, low, high, sector=sector)


def _ratio(path: Path, value: float, spread: float, **told: str) -> Number:
    low, high = value * math.exp(-spread), value * math.exp(spread)
    low, high = (max(1.0, low), high) if value > 1 else (low, min(1.0, high))
    return Number(CARDS, path, value=value, low=low, high=high, **told)


def _size(
    file: str, path: Path, value: float, *, basis: str = "elicited", finding: str = "", level: str = ""
) -> Number:
    low, high = sorted((float(value) / 2, float(value) * 2))
    return Number(file, path, basis, float(value), low, high, finding, level=level)


def share_number(
    file: str,
    path: Path,
    value: float,
    *,
    basis: str = "elicited",
    finding: str = "",
    above: float = 0.0,
    below: float = 1.0,
    link: str = "",
) -> Number:
    """Return a share between 0 and 1 as a number to be moved, no further than halfway to its neighbours.

    It is moved by one nat of its log-odds; `above` and `below` are the nearest values that bound it.
    """
    value = float(value)
    middle = logit(min(value, _NEARLY_ONE))
    low, high = (1.0 / (1.0 + math.exp(-(middle + nats))) for nats in (-1.0, 1.0))
    low = max(low, _halfway(above, value)) if above > 0 else low
    high = min(high, _halfway(value, below)) if below < 1 else high
    return Number(file, path, basis, value, low, high if value < 1 else None, finding, link=link)


def _halfway(one: float, other: float) -> float:
    """Return the probability halfway between two, in log-odds."""
    return 1.0 / (1.0 + math.exp(-(logit(one) + logit(other)) / 2))
