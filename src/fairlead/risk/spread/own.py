"""What is known of every party of a chain by itself: its rating, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from fairlead.risk.spread.links import Chain

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Own:
    """What is known of every party by itself, in the order of the chain's ids; NaN is no data."""

    p: Doubles
    low: Doubles
    high: Doubles
    names: Sequence[str | None]
    kinds: Sequence[str | None]
    countries: Sequence[str | None]


def own_of(chain: Chain, parties: pa.Table, ratings: pa.Table) -> Own:
    """Return what is known of every party of the chain.

    `parties` has party_id and may have name, kind and country; `ratings` has subject_id and p, and may have p_low and
    p_high, which are p where they are missing.
    """
    rated = pc.index_in(chain.ids, value_set=ratings["subject_id"].combine_chunks())
    p, low, high = (
        _column(ratings, name if name in ratings.column_names else "p", rated, pa.float64())
        for name in ("p", "p_low", "p_high")
    )
    doubles = [np.asarray(one.to_numpy(zero_copy_only=False), np.float64) for one in (p, low, high)]
    named = pc.index_in(chain.ids, value_set=parties["party_id"].cast(pa.string()).combine_chunks())
    texts = [
        _column(parties, name, named, pa.string()).to_pylist() if name in parties.column_names else [None] * len(named)
        for name in ("name", "kind", "country")
    ]
    return Own(
        doubles[0],
        np.where(np.isnan(doubles[1]), doubles[0], doubles[1]),
        np.where(np.isnan(doubles[2]), doubles[0], doubles[2]),
        *texts,
    )


def _column(table: pa.Table, name: str, places: pa.Array, kind: pa.DataType) -> pa.Array:
    return table[name].cast(kind).combine_chunks().take(places)
