"""Paths as rows of a table: every step with its parties, kinds of link, goods, weight and basis; the path in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from fairlead.risk.spread.exposure import Linear
from fairlead.risk.spread.links import KINDS, Chain
from fairlead.risk.spread.own import Own
from fairlead.risk.spread.parameters import SpreadParameters
from fairlead.risk.spread.paths import Path
from fairlead.risk.spread.weights import BASES

STEP_TYPE: Final = pa.struct(
    [
        pa.field("from_id", pa.string()),
        pa.field("from_name", pa.string()),
        pa.field("to_id", pa.string()),
        pa.field("to_name", pa.string()),
        pa.field("kinds", pa.list_(pa.string())),  # LinkKind
        pa.field("says", pa.string()),  # in words
        pa.field("goods", pa.list_(pa.string())),
        pa.field("basis", pa.list_(pa.string())),  # Basis
        pa.field("carries", pa.float64()),  # t: what the link carries
        pa.field("weight", pa.float64()),  # w: the same, scaled so that all into a party pass 1 nowhere
    ]
)

#: One path into a party. The contributions are parts of its linear measure; SPREAD says what the shown ones cover.
PATHS: Final = pa.schema(
    [
        ("party_id", pa.string()),
        ("name", pa.string()),
        ("place", pa.int32()),  # 1 brings most
        ("contribution", pa.float64()),
        ("part", pa.float64()),  # of the party's linear measure without its own risk
        ("origin_id", pa.string()),
        ("origin_name", pa.string()),
        ("origin_p", pa.float64()),
        ("steps", pa.list_(STEP_TYPE)),
        ("text", pa.string()),
    ]
)


@dataclass(frozen=True)
class Called:
    """Names of parties, and the steps of paths in words."""

    chain: Chain
    own: Own
    measure: Linear
    parameters: SpreadParameters

    def name(self, party: int) -> str | None:
        """Return what a party is called; null where no table names it."""
        return self.own.names[party]

    def id(self, party: int) -> str:
        """Return the id of a party."""
        return str(self.chain.ids[party].as_py())

    def step(self, giver: int, receiver: int, weight: float) -> dict[str, Any]:
        """Return one step as a row of STEP_TYPE: what stands between the two, forwards and back."""
        links, rules = self.chain.links, self.parameters.rules
        forwards = [place for place in links.between(giver, receiver) if links.weight[place] > 0]
        back = [place for place in links.between(receiver, giver) if links.back[place] > 0]
        kinds = [KINDS[links.kind[place]] for place in forwards]
        back_kinds = [KINDS[links.kind[place]] for place in back]
        goods = sorted({good for place in forwards if (good := links.good[place].as_py())})
        says = [rules[kind].says for kind in dict.fromkeys(kinds)]
        says += [rules[kind].says_back for kind in dict.fromkeys(back_kinds)]
        return {
            "from_id": self.id(giver),
            "from_name": self.name(giver),
            "to_id": self.id(receiver),
            "to_name": self.name(receiver),
            "kinds": [str(kind) for kind in dict.fromkeys([*kinds, *back_kinds])],
            "says": ", ".join(says),
            "goods": goods,
            "basis": sorted({str(BASES[links.basis[place]]) for place in [*forwards, *back]}),
            "carries": weight / float(self.measure.scale[receiver]),
            "weight": weight,
        }


def path_rows(called: Called, party: int, paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield the paths into a party as rows of PATHS, in the order given."""
    measure = called.measure
    brought = float(measure.total[party] - measure.own[party])
    for place, path in enumerate(paths, start=1):
        ends = zip(path.parties[:-1], path.parties[1:], path.weights, strict=True)
        steps = [called.step(giver, receiver, weight) for giver, receiver, weight in ends]
        yield {
            "party_id": called.id(party),
            "name": called.name(party),
            "place": place,
            "contribution": path.contribution,
            "part": min(1.0, path.contribution / brought),
            "origin_id": called.id(path.parties[0]),
            "origin_name": called.name(path.parties[0]),
            "origin_p": float(measure.own[path.parties[0]]),
            "steps": steps,
            "text": path_text(steps),
        }


def path_text(steps: Sequence[Mapping[str, Any]], good: Callable[[str], str] = str) -> str:
    """Write a path, given as rows of STEP_TYPE, in one line, from the origin to the party that it reaches.

    Such as `Alpha Mill —supplies cotton 40%→ Beta LLP`; the share is what the link carries. `good` turns the key of a
    good into what it is called; without it goods stand with their keys.
    """
    text = str(steps[0]["from_name"] or steps[0]["from_id"])
    for step in steps:
        words = " ".join(filter(None, (step["says"], ", ".join(map(good, step["goods"])))))
        text += f" —{words} {_percent(step['carries'])}→ {step['to_name'] or step['to_id']}"
    return text


def _percent(weight: float) -> str:
    return f"{weight * 100:.3g}%"
