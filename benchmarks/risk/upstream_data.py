"""A generated input-output table of EXIOBASE's size: how each way of computing finds it on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

REGIONS: Final = 49
FILLED: Final = 0.45
SPREAD: Final = 2.5  # standard deviation of the logarithm of a flow
DOMESTIC: Final = 50.0  # a flow within a region is so many times as large
BOUGHT: Final = (0.3, 0.7)  # what is bought per unit of output
PRODUCTS: Final = 40  # in the final demand
_COLUMNS: Final = 200


def write_table(folder: Path, cells: int, seed: int = 0) -> None:
    """Write A (float64, dense), its transpose as float32 CSR, intensities s and a final demand y of 40 products."""
    generator = np.random.default_rng(seed)
    region = np.arange(cells) * REGIONS // cells
    dense = np.lib.format.open_memmap(folder / "A.npy", mode="w+", dtype=np.float64, shape=(cells, cells))
    indices, data, counts = [], [], [0]
    for start in range(0, cells, _COLUMNS):
        width = min(_COLUMNS, cells - start)
        block = generator.lognormal(0.0, SPREAD, (width, cells))
        block *= generator.random((width, cells)) < FILLED
        block *= np.where(region[start : start + width, None] == region[None, :], DOMESTIC, 1.0)
        block *= (generator.uniform(*BOUGHT, width) / block.sum(axis=1))[:, None]
        block = block.astype(np.float32)
        dense[:, start : start + width] = block.T
        rows, columns = np.nonzero(block)
        indices.append(columns.astype(np.int32))
        data.append(block[rows, columns])
        counts.extend((counts[-1] + np.cumsum(np.bincount(rows, minlength=width))).tolist())
    dense.flush()
    np.save(folder / "indptr.npy", np.array(counts, dtype=np.int64 if counts[-1] > 2**31 - 1 else np.int32))
    np.save(folder / "indices.npy", np.concatenate(indices))
    np.save(folder / "data.npy", np.concatenate(data))
    np.save(folder / "s.npy", generator.lognormal(0.0, 1.0, cells))
    demand = np.zeros(cells)
    demand[generator.choice(cells, min(PRODUCTS, cells), replace=False)] = generator.random(min(PRODUCTS, cells))
    np.save(folder / "y.npy", demand)
