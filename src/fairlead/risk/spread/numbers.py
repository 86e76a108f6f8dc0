"""Every number of risk_spread.yaml that somebody chose, with the range within which somebody else might have chosen it.

All of them are shares between 0 and 1 and are moved by one nat of their log-odds, as in `fairlead.risk.numbers`. A
weight of 0 stays: goods go one way, and that is no number that somebody chose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fairlead.reference import load_yaml
from fairlead.risk.numbers import Number, share_number
from fairlead.risk.spread.parameters import MOST_DELTA

SPREAD: Final = "risk_spread"

#: Numbers that are not varied, and why; by their place.
FIXED: Final[Mapping[str, str]] = {
    "sweeps.most": "it only says when the sweeps end; a remark tells where that is too early",
    "sweeps.tolerance": "the same",
    "paths.each": "it only says how many paths are shown",
    "paths.parties": "the same",
    "paths.search": "the same",
    "downstream.steps": "it only says when the trace ends; what is still under way is told",
}


def spread_numbers() -> tuple[Number, ...]:
    """Return every number of risk_spread.yaml that is varied, in the order of the file."""
    content = load_yaml(SPREAD)
    delta = share_number(SPREAD, ("delta", "value"), content["delta"]["value"], below=MOST_DELTA)
    return (
        delta,
        *(
            share_number(SPREAD, ("links", at, name), entry[name], basis=_basis(entry), link=entry["kind"])
            for at, entry in enumerate(content["links"])
            for name in ("weight", "back", "share_unknown")
            if entry.get(name)
        ),
    )


def _basis(entry: Mapping[str, Any]) -> str:
    return "elicited" if str(entry["citation"]).startswith("elicited") else "cited"
