"""Recognises whose codes the industries of a table are in, by the reference table io_industries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.reference import load_csv
from fairlead.reference.keys import industry_key

#: So many of a table's industries must have a row of a scheme for the table to be in it.
_ENOUGH: Final = 0.9


@dataclass(frozen=True)
class Scheme:
    """A publisher's codes, with what is known of all its tables."""

    name: str
    edition: str = ""
    unit: str = ""
    licence: str = ""


def scheme_of(industries: Sequence[str]) -> Scheme:
    """Return the scheme that most of the industries' codes are in, "other" where they are in none."""
    rows = load_csv("io_industries")
    codes: dict[str, set[str]] = {}
    for row in rows:
        codes.setdefault(row["scheme"], set()).add(industry_key(row["code"]))
    own = [industry_key(code) for code in industries]
    shares = {name: sum(code in known for code in own) / max(1, len(own)) for name, known in codes.items()}
    best = max(sorted(shares), key=lambda name: (shares[name], -len(codes[name])))
    return scheme_named(best) if shares[best] >= _ENOUGH else scheme_named("other")


def scheme_named(name: str) -> Scheme:
    """Return what the reference table io_schemes says of a scheme; only the name where it says nothing."""
    for row in load_csv("io_schemes"):
        if row["scheme"] == name:
            return Scheme(name, row["table_edition"], row["unit"], row["table_licence"])
    return Scheme(name)
