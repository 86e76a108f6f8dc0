"""Pairs of facilities decided as users would have them decided: as rows of supplier lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import pyarrow as pa

from fairlead.engine import duckdb_engine
from fairlead.model.schemas import CLASSIFICATION, ROW
from fairlead.resolve import resolve

Facility = Mapping[str, str | None]
FacilityPair = tuple[Facility, Facility]


class Decision(Enum):
    """What becomes of two rows."""

    SAME = "merged"
    TO_A_PERSON = "to a person"
    APART = "apart"


def decided(pairs: Sequence[FacilityPair], *, one_list: bool) -> list[Decision]:
    """Return what becomes of pairs of facilities (name, address, country as ISO 3166-1 alpha-3).

    Either all facilities are one supplier list, or the two of every pair are a list of their own.
    """
    if one_list:
        return _decided_together(pairs)
    return [each for pair in pairs for each in _decided_together([pair])]


def _decided_together(pairs: Sequence[FacilityPair]) -> list[Decision]:
    rows = [_row(f"{place:06d}", facility) for place, facility in enumerate(one for pair in pairs for one in pair)]
    with duckdb_engine() as engine:
        found = resolve(pa.Table.from_pylist(rows, schema=ROW), CLASSIFICATION.empty_table(), engine=engine)
    party = {
        row_id: party_id
        for party_id, row_ids in zip(
            found.parties["party_id"].to_pylist(), found.parties["row_ids"].to_pylist(), strict=True
        )
        for row_id in row_ids
    }
    doubts = set(
        zip(found.review["left_party_id"].to_pylist(), found.review["right_party_id"].to_pylist(), strict=True)
    )
    return [_decision(party[f"{2 * place:06d}"], party[f"{2 * place + 1:06d}"], doubts) for place in range(len(pairs))]


def _decision(left: str, right: str, doubts: set[tuple[str, str]]) -> Decision:
    if left == right:
        return Decision.SAME
    return Decision.TO_A_PERSON if {(left, right), (right, left)} & doubts else Decision.APART


def _row(row_id: str, facility: Facility) -> dict[str, Any]:
    told = {key: facility.get(key) or None for key in ("name", "address", "city", "country")}
    return {
        "row_id": row_id,
        "file": "benchmark",
        "sheet": "",
        "row": int(row_id) + 1,
        **told,
        "name": told["name"] or "?",
    }
