"""Personalised PageRank of igraph over a generated chain, the nearest that it has to spread.

Called as spread_igraph.py TASK.json RESULT.json.
The task names the folder of links.parquet and own.parquet and the number of parties; the result holds seconds and MB.
"""

# ruff: noqa: PLC0415, E402  (what each way imports is a part of what is measured)

from __future__ import annotations

import time

STARTED = time.perf_counter()

import json
import sys
from pathlib import Path

DELTA = 0.7


def main(task: Path, result: Path) -> None:
    """Load the graph, rank it, and write what it took."""
    asked = json.loads(task.read_text(encoding="utf-8"))
    import igraph
    import numpy as np
    import pyarrow.parquet as pq

    folder = Path(asked["folder"])
    table = pq.read_table(folder / "links.parquet")
    ends = np.stack([table["supplier"].to_numpy(), table["buyer"].to_numpy()], axis=1)
    graph = igraph.Graph(n=asked["parties"], edges=ends, directed=True)
    graph.es["share"] = table["share"].to_numpy()
    own = pq.read_table(folder / "own.parquet")["p"].to_numpy()
    loaded = time.perf_counter()
    graph.personalized_pagerank(damping=DELTA, reset=own, weights="share", implementation="prpack")
    ended = time.perf_counter()
    took = {"load": loaded - STARTED, "run": ended - loaded, "total": ended - STARTED}
    took |= {"cpu": time.process_time(), "peak": peak()}
    result.write_text(json.dumps(took), encoding="utf-8")


def peak() -> float:
    """Return the largest memory of this process so far, in MB, without what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
