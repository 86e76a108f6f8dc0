"""The peers: an environment of their own, made once from its hashed lock, and tasks that run in it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.identity.data import ROOT
from benchmarks.identity.scores import Floats

ENVIRONMENT: Final = ROOT / ".venv-peers"
SCRIPTS: Final = ROOT / "benchmarks" / "peers"
LOCK: Final = SCRIPTS / "requirements.lock"
PYTHON: Final = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP: Final = ENVIRONMENT / "peers-lock"
NEEDED: Final = (
    "The peers' environment could not be made, so peers are left out. nomenklatura needs PyICU, which has no wheel: it "
    "takes a C++ compiler, pkg-config and the headers of ICU (Debian and Ubuntu: apt install g++ pkg-config libicu-dev "
    "python3-venv), the package index, and about five minutes. `./run bench identity` tries again."
)
#: nomenklatura first, then the rules of rapidfuzz.
SCORERS: Final = ("logic-v2", "logic-v1", "WRatio", "token_set_ratio", "token_sort_ratio", "JaroWinkler")
TITLES: Final = {name: f"nomenklatura {name}" for name in ("logic-v1", "logic-v2")} | {
    name: f"rapidfuzz {name}" for name in SCORERS[2:]
}


@cache
def available() -> bool:
    """Whether the peers can run; makes their environment where it is missing, says what is needed where that fails."""
    stamp = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == stamp:
        return True
    print("Setting up .venv-peers; this happens once and takes about five minutes", file=sys.stderr)
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)],
    )
    for step in steps:
        if subprocess.run(step, check=False, stdout=sys.stderr).returncode:
            print(f"{NEEDED}\n")
            return False
    STAMP.write_text(stamp)
    return True


def asked(script: str, task: Mapping[str, Any]) -> dict[str, Any]:
    """Run a script of benchmarks/peers on a task and return its result."""
    with tempfile.TemporaryDirectory() as folder:
        question, answer = Path(folder) / "task.json", Path(folder) / "result.json"
        question.write_text(json.dumps(task), encoding="utf-8")
        single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        subprocess.run(
            [str(PYTHON), "-W", "ignore", str(SCRIPTS / f"{script}.py"), str(question), str(answer)],
            check=True,
            env=os.environ | single,
            stdout=sys.stderr,
        )
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return found


def pair_scores(
    pairs: Sequence[Mapping[str, str]], scorers: Sequence[str] = SCORERS
) -> dict[str, tuple[Floats, float]]:
    """Return by peer the scores of pairs (left, right, kind; addresses and countries) and microseconds a pair."""
    if not available():
        return {}
    found = asked("score_pairs", {"scorers": list(scorers), "pairs": list(pairs)})
    return {
        TITLES[name]: (np.array(one["scores"]), one["cpu_seconds"] / len(pairs) * 1e6) for name, one in found.items()
    }
