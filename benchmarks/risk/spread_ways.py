"""One way to spread risk over the generated chain, in a process of its own: spread_ways.py WAY FOLDER PARTIES.

Prints {"load", "run", "total": seconds, "cpu": seconds, "peak": MB} and writes what it found to FOLDER/WAY.npy. The
total counts everything from the first import on. Six sweeps, delta .7.
"""

# ruff: noqa: PLC0415, E402  (what each way imports is a part of what is measured)

from __future__ import annotations

import time

STARTED = time.perf_counter()

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

DELTA: Final = 0.7
SWEEPS: Final = 6


def fairlead_noisy_or(folder: Path, parties: int) -> tuple[float, Any]:
    """Fairlead's noisy-or, as it ships."""
    from fairlead.risk.spread.exposure import noisy_or
    from fairlead.risk.spread.parquet import read_spread_graph

    graph = read_spread_graph(folder / "links.parquet", parties, giver="supplier", receiver="buyer")
    own, loaded = _own(folder), time.perf_counter()
    return loaded, noisy_or(graph, own, delta=DELTA, sweeps=SWEEPS).upstream


def fairlead_linear(folder: Path, parties: int) -> tuple[float, Any]:
    """Fairlead's linear measure, as it ships."""
    from fairlead.risk.spread.exposure import linear
    from fairlead.risk.spread.parquet import read_spread_graph

    graph = read_spread_graph(folder / "links.parquet", parties, giver="supplier", receiver="buyer")
    own, loaded = _own(folder), time.perf_counter()
    return loaded, linear(graph, own, delta=DELTA, sweeps=SWEEPS).total


def scipy_linear(folder: Path, parties: int) -> tuple[float, Any]:
    """The linear measure by SciPy's sparse product."""
    from scipy.sparse import csr_array

    buyer, supplier, share = _columns(folder)
    matrix = csr_array((share, (buyer, supplier)), shape=(parties, parties))
    own, loaded = _own(folder), time.perf_counter()
    total = own
    for _ in range(SWEEPS):
        total = own + DELTA * (matrix @ total)
    return loaded, total


def numpy_noisy_or(folder: Path, parties: int) -> tuple[float, Any]:
    """The noisy-or in NumPy as one would write it: sort by buyer, add up logarithms."""
    import numpy as np

    buyer, supplier, share = _columns(folder)
    order = np.argsort(buyer, kind="stable")
    buyer, supplier, share = buyer[order], supplier[order], share[order].astype(np.float64)
    rows, first = np.unique(buyer, return_index=True)
    own, loaded = _own(folder), time.perf_counter()
    upstream = np.zeros(parties)
    for _ in range(SWEEPS):
        hands_on = 1 - (1 - own) * (1 - DELTA * upstream)
        upstream = np.zeros(parties)
        upstream[rows] = -np.expm1(np.add.reduceat(np.log1p(-share * hands_on[supplier]), first))
    return loaded, upstream


def duckdb_noisy_or(folder: Path, parties: int) -> tuple[float, Any]:
    """The noisy-or in DuckDB's SQL: a join and a group for each sweep."""
    import duckdb
    import numpy as np

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE links AS SELECT * FROM read_parquet('{folder / 'links.parquet'}')")
    connection.execute(
        f"CREATE TABLE party AS SELECT row_number() OVER () - 1 AS id, p, 0.0::DOUBLE AS u "
        f"FROM read_parquet('{folder / 'own.parquet'}')"
    )
    loaded = time.perf_counter()
    for _ in range(SWEEPS):
        connection.execute(
            f"""
            CREATE OR REPLACE TABLE party AS
            SELECT party.id, party.p, coalesce(came.u, 0.0) AS u
            FROM party LEFT JOIN (
                SELECT buyer, 1 - exp(sum(ln(greatest(1 - share * (1 - (1 - p) * (1 - {DELTA} * u)), 1e-300)))) AS u
                FROM links JOIN party ON party.id = links.supplier GROUP BY buyer
            ) came ON came.buyer = party.id
            """
        )
    found = connection.execute("SELECT id, u FROM party").fetchnumpy()
    upstream = np.zeros(parties)
    upstream[found["id"]] = found["u"]
    return loaded, upstream


WAYS: Final[dict[str, Callable[[Path, int], tuple[float, Any]]]] = {
    way.__name__: way for way in (fairlead_noisy_or, fairlead_linear, scipy_linear, numpy_noisy_or, duckdb_noisy_or)
}


def _columns(folder: Path) -> tuple[Any, ...]:
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "links.parquet")
    return tuple(table[name].to_numpy() for name in ("buyer", "supplier", "share"))


def _own(folder: Path) -> Any:
    import pyarrow.parquet as pq

    return pq.read_table(folder / "own.parquet")["p"].to_numpy()


def main(way: str, folder: Path, parties: int) -> None:
    """Run one way and print what it took."""
    import numpy as np

    loaded, found = WAYS[way](folder, parties)
    ended = time.perf_counter()
    np.save(folder / f"{way}.npy", found)
    took = {"load": loaded - STARTED, "run": ended - loaded, "total": ended - STARTED}
    took |= {"cpu": time.process_time(), "peak": peak()}
    print(json.dumps(took))


def peak() -> float:
    """Return the largest memory of this process so far, in MB, without what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
