"""Finds the suppliers that any model must rate alike, so that each kind is rated once when many models are tried.

A rating depends on nothing but the evidence, by the columns that decide its weight and the clusters that it forms, on
which things are known of the party, and on what its country's weight is. Suppliers that agree in all of it are alike.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import BUYER_ID
from fairlead.model.vocabulary import SubjectKind
from fairlead.risk.arrays import Ints

#: The columns of EVIDENCE that decide what a row weighs and which sector it is of.
_COLUMNS: Final = (
    "finding", "value", "polarity", "asserted_by", "verified_by", "event_date", "confidence", "cluster_key",
)  # fmt: skip

#: The finding whose place in the reference pack says which sector it is of.
_SECTOR: Final = "sector_exposure"


@dataclass(frozen=True)
class Alike:
    """The tables of one supplier of each kind, the ids of all suppliers, and which kind each of them is of."""

    parties: pa.Table
    links: pa.Table
    evidence: pa.Table
    ids: tuple[str, ...]
    kind: Ints


def alike(parties: pa.Table, links: pa.Table, evidence: pa.Table) -> Alike:
    """Group the suppliers by what decides their rating; of each kind the first by its place stands for all.

    Links count by their kind, good and sector. The tables are those that `rate` takes.
    """
    parties = parties.filter(pc.not_equal(parties["party_id"], BUYER_ID))
    shapes = _shapes(links, evidence)
    own = parties.select(["party_id", "country", "workforce"]).to_pylist()
    numbers: dict[tuple[object, ...], int] = {}
    first: list[int] = []
    kind = np.empty(len(own), dtype=np.int64)
    for at, party in enumerate(own):
        shape = (party["country"] is not None, bool(party["workforce"]), *shapes.get(party["party_id"], ()))
        if shape not in numbers:
            numbers[shape] = len(numbers)
            first.append(at)
        kind[at] = numbers[shape]
    chosen = parties.take(pa.array(first, pa.int64()))
    ids = chosen["party_id"].combine_chunks()
    return Alike(
        parties=chosen,
        links=links.filter(pc.is_in(links["from_id"], value_set=ids)),
        evidence=evidence.filter(pc.is_in(evidence["subject_id"], value_set=ids)),
        ids=tuple(party["party_id"] for party in own),
        kind=kind,
    )


def _shapes(links: pa.Table, evidence: pa.Table) -> dict[str, tuple[object, ...]]:
    """Return by party what its links and its evidence say, in an order that does not hang on ids."""
    evidence = evidence.filter(pc.equal(evidence["subject_kind"], str(SubjectKind.PARTY)))
    sector = pc.if_else(pc.equal(evidence["finding"], _SECTOR), evidence["locator"], None)
    columns = [*(evidence[name].to_pylist() for name in _COLUMNS), sector.to_pylist()]
    found: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
    seen: set[str] = set()
    names = zip(evidence["subject_id"].to_pylist(), evidence["evidence_id"].to_pylist(), strict=True)
    for (subject, one), row in zip(names, zip(*columns, strict=True), strict=True):
        if one not in seen:  # a row that stands there twice counts once
            seen.add(one)
            found[subject].append(("evidence", *row))
    chain = (links[name].to_pylist() for name in ("from_id", "kind", "good", "sector"))
    for giver, *said in zip(*chain, strict=True):
        found[giver].append(("link", *said))
    return {subject: tuple(sorted(rows, key=repr)) for subject, rows in found.items()}
