"""A generated supply chain: random buyers, few suppliers with very many customers, shares that add up to 1."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

SEED: Final = 0
SKEW: Final = 2.2
SPREAD_OF_WEIGHTS: Final = 1.5


def write_chain(folder: Path, parties: int, links: int) -> None:
    """Write links.parquet (buyer, supplier, share) and own.parquet (p) of a generated chain into a folder.

    Buyers are drawn evenly, the supplier's number is n u^2.2 for an even u (drawn again where the two have a link or
    are one), weights are lognormal(0, 1.5) and divided by the buyer's sum, own risk is Beta(.6, 20). Rows stand in the
    order in which they were drawn.
    """
    random = np.random.default_rng(SEED)
    buyer = random.integers(0, parties, links)
    supplier = (parties * random.random(links) ** SKEW).astype(np.int64)
    again = _again(buyer, supplier, parties)
    while len(again):
        supplier[again] = (parties * random.random(len(again)) ** SKEW).astype(np.int64)
        again = _again(buyer, supplier, parties)
    weight = random.lognormal(0, SPREAD_OF_WEIGHTS, links)
    weight /= np.bincount(buyer, weight, parties)[buyer]
    own = random.beta(0.6, 20, parties)
    columns = {"buyer": buyer.astype(np.int32), "supplier": supplier.astype(np.int32)}
    pq.write_table(pa.table({**columns, "share": np.minimum(weight.astype(np.float32), 1)}), folder / "links.parquet")
    pq.write_table(pa.table({"p": own}), folder / "own.parquet")


def _again(buyer: NDArray[np.int64], supplier: NDArray[np.int64], parties: int) -> NDArray[np.int64]:
    """Return the links from a party to itself, and those between two that an earlier row links."""
    pair = buyer * parties + supplier
    order = np.argsort(pair, kind="stable")
    twice = order[1:][pair[order[1:]] == pair[order[:-1]]]
    return np.union1d(twice, np.flatnonzero(buyer == supplier))
