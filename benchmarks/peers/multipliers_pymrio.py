"""Multipliers of a table by pymrio, through its Leontief inverse: multipliers_pymrio.py TASK.json RESULT.json."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pymrio


def main(task: Path, result: Path) -> None:
    """Read {"folder": ...} with A.npy and s.npy; write pymrio.npy beside them, seconds and peak memory in GB."""
    folder = Path(json.loads(task.read_text(encoding="utf-8"))["folder"])
    empty = _peak_gb()
    started = time.perf_counter()
    matrix, intensity = np.load(folder / "A.npy"), np.load(folder / "s.npy")
    cells = pd.MultiIndex.from_tuples([("region", str(cell)) for cell in range(len(intensity))])
    coefficients = pd.DataFrame(matrix, index=cells, columns=cells, copy=False)
    direct = pd.DataFrame(intensity[None, :], index=["s"], columns=cells)
    loaded, used = time.perf_counter(), time.process_time()
    multipliers = pymrio.calc_M(direct, pymrio.calc_L(coefficients))
    done = time.perf_counter()
    np.save(folder / "pymrio.npy", multipliers.to_numpy().ravel())
    found = {
        "load": loaded - started,
        "run": done - loaded,
        "cpu": time.process_time() - used,
        "table": matrix.nbytes / 2**30,
        "peak": _peak_gb() - empty,
    }
    result.write_text(json.dumps(found), encoding="utf-8")


def _peak_gb() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
