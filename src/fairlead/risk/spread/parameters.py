"""The numbers by which risk spreads along links, read from risk_spread.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from fairlead.errors import InvalidReference, Where
from fairlead.model.vocabulary import LinkKind
from fairlead.reference import load_yaml

FILE: Final = "risk_spread.yaml"

#: At 1 a closed loop would hand itself on for ever.
MOST_DELTA: Final = 0.99

By = Literal["traced", "fixed", "share"]


@dataclass(frozen=True)
class LinkRule:
    """What links of one kind carry: forwards `weight`, the other way `back` (both 0 to 1), counted `by` what.

    `says` and `says_back` are the words of a step in a path.
    """

    kind: LinkKind
    by: By
    weight: float
    back: float
    share_unknown: float
    says: str
    says_back: str
    citation: str


@dataclass(frozen=True)
class SpreadParameters:
    """Everything in risk_spread.yaml; `rules` holds every kind of link."""

    version: str
    delta: float
    most_sweeps: int
    tolerance: float
    paths_each: int
    paths_parties: int
    paths_search: int
    downstream_steps: int
    rules: Mapping[LinkKind, LinkRule]


def shipped_spread_parameters() -> SpreadParameters:
    """Return the parameters of the reference pack.

    Raises InvalidReference when risk_spread.yaml misses a field or has a value that cannot be.
    """
    return spread_parameters_from(load_yaml("risk_spread"))


def spread_parameters_from(content: Mapping[str, Any]) -> SpreadParameters:
    """Read the parameters from the content of the YAML file.

    Raises InvalidReference when a field is missing or has a value that cannot be.
    """
    try:
        return _parameters(content)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidReference(f"cannot be read: {error!r}.", where=Where(file=FILE)) from error


def _parameters(content: Mapping[str, Any]) -> SpreadParameters:
    rules = [_rule(entry) for entry in content["links"]]
    if sorted(rule.kind for rule in rules) != sorted(LinkKind):
        raise ValueError("links must name every kind of link once")
    return SpreadParameters(
        version=content["version"],
        delta=_between(content["delta"]["value"], 0, MOST_DELTA, "delta"),
        most_sweeps=int(content["sweeps"]["most"]),
        tolerance=float(content["sweeps"]["tolerance"]),
        paths_each=int(content["paths"]["each"]),
        paths_parties=int(content["paths"]["parties"]),
        paths_search=int(content["paths"]["search"]),
        downstream_steps=int(content["downstream"]["steps"]),
        rules={rule.kind: rule for rule in rules},
    )


def _rule(entry: Mapping[str, Any]) -> LinkRule:
    by = entry["by"]
    if by not in ("traced", "fixed", "share"):
        raise ValueError(f"by must be traced, fixed or share, and is {by!r}")
    if not str(entry["citation"]).strip():
        raise ValueError("a kind of link without a citation, or the word elicited")
    rule = LinkRule(
        kind=LinkKind(entry["kind"]),
        by=by,
        weight=_between(entry["weight"], 0, 1, "weight"),
        back=_between(entry["back"], 0, 1, "back"),
        share_unknown=_between(entry.get("share_unknown", 1.0), 0, 1, "share_unknown"),
        says=entry["says"],
        says_back=entry.get("says_back", ""),
        citation=" ".join(str(entry["citation"]).split()),
    )
    if bool(rule.back) != bool(rule.says_back):
        raise ValueError(f"{rule.kind}: back and says_back come together")
    if rule.by == "traced" and rule.back:
        raise ValueError("goods go one way: a traced link has no way back")
    return rule


def _between(value: Any, low: float, high: float, name: str) -> float:
    number = float(value)
    if not low <= number <= high:
        raise ValueError(f"{name} must lie between {low} and {high}, and is {value}")
    return number
