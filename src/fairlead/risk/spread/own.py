"""What is known of every party of a chain by itself: its rating, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from fairlead.model.ids import BUYER_ID
from fairlead.risk.spread.links import Chain

Doubles = NDArray[np.float64]

#: What the one is called on whose behalf the assessment is made; it stands in no table of parties.
_ITSELF: Final = "(the assessing organisation)"


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
    p_high, which are p where they are missing. Where p is missing there is no interval either.
    """
    rated = pc.index_in(chain.ids, value_set=ratings["subject_id"].combine_chunks())
    p, low, high = (
        _column(ratings, name if name in ratings.column_names else "p", rated, pa.float64()).to_numpy(
            zero_copy_only=False
        )
        for name in ("p", "p_low", "p_high")
    )
    named = pc.index_in(chain.ids, value_set=parties["party_id"].cast(pa.string()).combine_chunks())
    texts: list[list[str | None]] = [
        _column(parties, name, named, pa.string()).to_pylist() if name in parties.column_names else [None] * len(named)
        for name in ("name", "kind", "country")
    ]
    names, kinds, countries = texts
    itself = pc.index(chain.ids, BUYER_ID).as_py()
    if itself >= 0:
        names[itself] = names[itself] or _ITSELF
    return Own(p, _interval_end(low, p), _interval_end(high, p), names, kinds, countries)


def _interval_end(end: Doubles, p: Doubles) -> Doubles:
    return np.where(np.isnan(end) | np.isnan(p), p, end)


def _column(table: pa.Table, name: str, places: pa.Array, kind: pa.DataType) -> pa.Array:
    return table[name].cast(kind).combine_chunks().take(places)
