"""The rules by which pairs are made: rules.yaml says what each does, same.py and different.py do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

import yaml

from benchmarks.pairs import different, same
from benchmarks.pairs.draw import Draw, Pair

_TABLE: Final = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Rule:
    """A rule; `make` returns None where the language or the draw does not allow it."""

    name: str
    kind: str
    is_match: bool
    hardness: str
    about: str
    make: Callable[[Draw], Pair | None]


@cache
def rules() -> dict[tuple[str, bool], tuple[Rule, ...]]:
    """Return the rules of the table in its order, by kind of pair and by whether the two sides are the same."""
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return {
        (kind, label == "match"): tuple(
            Rule(name, kind, label == "match", said["hardness"], said["about"], _maker(name, kind, label))
            for name, said in made.items()
        )
        for kind, labels in table.items()
        for label, made in labels.items()
    }


def _maker(name: str, kind: str, label: str) -> Callable[[Draw], Pair | None]:
    """Return a rule's function; one that serves names and facilities alike is told which."""
    module = same if label == "match" else different
    own: Callable[..., Pair | None] | None = getattr(module, f"{name}_at_a_site" if kind == "facility" else name, None)
    return (
        own if own else partial(getattr(module, name), **({"at_a_site": True} if name in same.ALSO_AT_A_SITE else {}))
    )
