"""One way to compute multipliers or paths, in a process of its own: upstream_ways.py WAY FOLDER TOLERANCE TIERS.

Prints JSON: seconds to load and to run, CPU seconds, peak memory and the table's own size in GB, and what was found.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np

Found = Mapping[str, Any]
_SERIES_END: Final = 1e-9


def main(way: str, folder: Path, tolerance: float, tiers: int) -> None:
    """Load the table as the way needs it, run, and print what it took."""
    started = time.perf_counter()
    if way.startswith("fairlead"):
        import_module("fairlead.risk.upstream.structural_paths")  # with all of its room, which counts as loading
        import_module("scipy.sparse")
    empty = _peak_gb()
    load, run = WAYS[way]
    table = load(folder)
    loaded, used = time.perf_counter(), time.process_time()
    found = run(table, np.load(folder / "s.npy"), np.load(folder / "y.npy"), tolerance, tiers)
    done = time.perf_counter()
    multiplier = found.pop("multipliers", None)
    if multiplier is not None:
        np.save(folder / f"{way}.npy", np.asarray(multiplier, dtype=np.float64))
    took = {
        "load": loaded - started,
        "run": done - loaded,
        "cpu": time.process_time() - used,
        "peak": _peak_gb() - empty,
    }
    print(json.dumps({**took, "table": _size_gb(table), **found}))


def _peak_gb() -> float:
    """Return the most memory held so far; what getrusage says begins with the parent's on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _size_gb(table: Any) -> float:
    arrays = [table] if isinstance(table, np.ndarray) else [table.indptr, table.indices, table.data]
    return sum(array.nbytes for array in arrays) / 2**30


def dense(folder: Path) -> Any:
    """Return A."""
    return np.load(folder / "A.npy")


def by_buyer(folder: Path) -> Any:
    """Return the transpose as Fairlead keeps it."""
    from scipy import sparse  # noqa: PLC0415

    data, indices, indptr = (np.load(folder / f"{name}.npy") for name in ("data", "indices", "indptr"))
    return sparse.csr_matrix((data, indices, indptr), shape=(len(indptr) - 1,) * 2, copy=False)


def fairlead_multipliers(inputs: Any, s: Any, y: Any, tolerance: float, tiers: int) -> dict[str, Any]:
    """The transposed series, as `fairlead risk upstream` runs it."""
    from fairlead.risk.upstream.multipliers import multipliers  # noqa: PLC0415

    return {"multipliers": multipliers(inputs, s)}


def series(matrix: Any, s: Any, y: Any, tolerance: float, tiers: int) -> dict[str, Any]:
    """The series on the dense matrix in double precision, to 1e-9."""
    total, term = s.copy(), s
    while term.max() > _SERIES_END * total.max():
        term = term @ matrix
        total += term
    return {"multipliers": total}


def solve(matrix: Any, s: Any, y: Any, tolerance: float, tiers: int) -> dict[str, Any]:
    """One solution of m (I - A) = s by LU."""
    return {"multipliers": np.linalg.solve((np.eye(len(matrix)) - matrix).T, s)}


def inverse(matrix: Any, s: Any, y: Any, tolerance: float, tiers: int) -> dict[str, Any]:
    """The whole inverse."""
    return {"multipliers": s @ np.linalg.inv(np.eye(len(matrix)) - matrix)}


def fairlead_paths(inputs: Any, s: Any, y: Any, tolerance: float, tiers: int) -> dict[str, Any]:
    """Multipliers and structural paths, as `fairlead risk upstream` runs them."""
    from fairlead.risk.upstream.multipliers import multipliers  # noqa: PLC0415
    from fairlead.risk.upstream.structural_paths import structural_paths  # noqa: PLC0415

    def column(cell: int) -> tuple[Any, Any]:
        start, end = inputs.indptr[cell], inputs.indptr[cell + 1]
        return inputs.indices[start:end], inputs.data[start:end]

    m = multipliers(inputs, s)
    found = structural_paths(column, s, m, y, tolerance=tolerance, count=tiers)
    return {"nodes": len(found), "covered": found.covered}


def sorted_paths(matrix: Any, s: Any, y: Any, tolerance: float, tiers: int) -> dict[str, Any]:
    """Depth first over columns that were all sorted beforehand, as one would write it; m by the dense series."""
    m = series(matrix, s, y, tolerance, tiers)["multipliers"]
    carried = matrix * m[:, None]
    order = np.argsort(-carried, axis=0)
    total = float(y @ m)
    stack = [(int(cell), float(y[cell]), 0) for cell in np.flatnonzero(y) if y[cell] * m[cell] >= tolerance * total]
    nodes, covered = 0, 0.0
    while stack:
        cell, weight, tier = stack.pop()
        nodes, covered = nodes + 1, covered + weight * s[cell] / total
        if tier < tiers:
            for seller in order[:, cell]:
                if weight * carried[seller, cell] < tolerance * total:
                    break
                stack.append((int(seller), weight * matrix[seller, cell], tier + 1))
    return {"nodes": nodes, "covered": covered}


WAYS: Final[Mapping[str, tuple[Callable[..., Any], Callable[..., dict[str, Any]]]]] = {
    "fairlead_multipliers": (by_buyer, fairlead_multipliers),
    "series": (dense, series),
    "solve": (dense, solve),
    "inverse": (dense, inverse),
    "fairlead_paths": (by_buyer, fairlead_paths),
    "sorted_paths": (dense, sorted_paths),
}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
