"""Score pairs with every scorer that the task names: score_pairs.py TASK.json RESULT.json."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from names import scorer


def main(task: Path, result: Path) -> None:
    """Read {"scorers": [...], "pairs": [{left, right, kind, ...}]}; write scores and CPU seconds by scorer."""
    asked = json.loads(task.read_text(encoding="utf-8"))
    found = {}
    for name in asked["scorers"]:
        score = scorer(name)
        score(asked["pairs"][:20])  # loads tables
        started = time.process_time()
        scores = score(asked["pairs"])
        found[name] = {"scores": scores, "cpu_seconds": time.process_time() - started}
    result.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
