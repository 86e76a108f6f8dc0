"""Scorers of names, as the peers offer them; runs in the peers' environment.

The rules of rapidfuzz compare names in Latin letters (ICU), lower case, split into words by rigour, without legal forms
where the name is no person's; a name that would be empty stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any

from followthemoney import model
from nomenklatura.matching import get_algorithm
from normality import latinize_text
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rigour.names import remove_org_types, tokenize_name

Pair = Mapping[str, str]
#: nomenklatura remembers what it read of an entity by its id, so no two may have the same.
_numbers = count()
_SCHEMATA = {schema.name.casefold(): schema.name for schema in model}
_RULES: Mapping[str, Callable[[str, str], float]] = {
    "WRatio": lambda left, right: fuzz.WRatio(left, right) / 100,
    "token_set_ratio": lambda left, right: fuzz.token_set_ratio(left, right) / 100,
    "token_sort_ratio": lambda left, right: fuzz.token_sort_ratio(left, right) / 100,
    "JaroWinkler": JaroWinkler.similarity,
}


@cache
def normal(name: str, kind: str) -> str:
    """Return the name as the rules compare it."""
    plain = (latinize_text(name) or "").lower()
    if kind != "person":
        plain = remove_org_types(plain) or plain
    return " ".join(tokenize_name(plain)) or name.lower()


def entity(name: str, kind: str, address: str = "", country: str = "") -> Any:
    """Return a FollowTheMoney entity of a name and, where given, an address and a country."""
    made = model.make_entity(_SCHEMATA.get(kind, "LegalEntity"))
    made.id = f"entity-{next(_numbers)}"
    made.add("name", name)
    if address:
        made.add("address", address)
    if country:
        made.add("country", country)
    return made


def entities(pair: Pair) -> tuple[Any, Any]:
    """Return both sides of a pair as entities."""
    left, right = (
        entity(pair[side], pair["kind"], pair.get(f"address_{side}", ""), pair.get(f"country_{side}", ""))
        for side in ("left", "right")
    )
    return left, right


def scorer(name: str) -> Callable[[Sequence[Pair]], list[float]]:
    """Return what scores pairs: an algorithm of nomenklatura or a rule of rapidfuzz, by name."""
    if name not in _RULES:
        algorithm = get_algorithm(name)
        if algorithm is None:
            raise ValueError(f"nomenklatura has no {name}")
        settings = algorithm.default_config()
        return lambda pairs: [algorithm.compare(*entities(pair), settings).score for pair in pairs]
    rule = _RULES[name]
    return lambda pairs: [rule(_whole(pair, "left"), _whole(pair, "right")) for pair in pairs]


def _whole(pair: Pair, side: str) -> str:
    """Return what a rule compares: the name, and the address after it where there is one."""
    address = (latinize_text(pair.get(f"address_{side}", "")) or "").lower()
    return f"{normal(pair[side], pair['kind'])} {' '.join(tokenize_name(address))}".strip()
