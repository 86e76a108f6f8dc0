"""Screen queries against a list by the peers' means: screen.py TASK.json RESULT.json.

Candidates are the twenty nearest by TF-IDF over character 2- and 3-grams of the normalised names; each method scores
them. The rules "... of every name" compare with the whole list instead. Preparing the list is not counted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from names import entity, normal
from nomenklatura.matching import get_algorithm
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

TOP = 20
LEAST = 0.2
BLOCK = 200
Row = Mapping[str, str]
Scored = dict[str, list[tuple[float, str]]]


def main(task: Path, result: Path) -> None:
    """Read {"list", "queries": [{id, name, kind}], "methods"}; write by method the scored entries and CPU seconds."""
    asked = json.loads(task.read_text(encoding="utf-8"))
    listed, queries = asked["list"], asked["queries"]
    found = {}
    near, seconds = candidates(listed, queries)
    for method in asked["methods"]:
        if method.endswith("of every name"):
            scored, spent = every_name(method, listed, queries)
        else:
            scored, spent = among_candidates(method, listed, queries, near)
            spent += seconds
        found[method] = {"scored": scored, "cpu_seconds": spent}
    result.write_text(json.dumps(found), encoding="utf-8")


def words(row: Row) -> str:
    """Return a name's normalised words in alphabetical order."""
    return " ".join(sorted(normal(row["name"], row["kind"]).split()))


def candidates(listed: Sequence[Row], queries: Sequence[Row]) -> tuple[list[tuple[int, int, float]], float]:
    """Return (query, entry, cosine) of the nearest entries, and the CPU seconds of finding them."""
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True, dtype=np.float32)
    index = vectors.fit_transform([words(row) for row in listed]).T.tocsr()
    normal.cache_clear()
    started = time.process_time()
    asked = vectors.transform([words(row) for row in queries])
    near = sp_matmul_topn(asked, index, top_n=TOP, threshold=LEAST, sort=True, n_threads=1).tocoo()
    spent = time.process_time() - started
    return list(zip(near.row.tolist(), near.col.tolist(), near.data.tolist(), strict=True)), spent


def among_candidates(
    method: str, listed: Sequence[Row], queries: Sequence[Row], near: Sequence[tuple[int, int, float]]
) -> tuple[Scored, float]:
    """Score the candidates by cosine, by a ratio of sorted words, or by an algorithm of nomenklatura."""
    scored: Scored = {}
    if method == "cosine":
        for query, entry, cosine in near:
            scored.setdefault(queries[query]["id"], []).append((cosine, listed[entry]["id"]))
        return scored, 0.0
    left: Mapping[int, Any]
    if method == "ratio":
        right = {entry: words(listed[entry]) for entry in {entry for _, entry, _ in near}}
        started = time.process_time()
        left = {query: words(row) for query, row in enumerate(queries)}
        for query, entry, _ in near:
            score = fuzz.ratio(left[query], right[entry]) / 100
            scored.setdefault(queries[query]["id"], []).append((score, listed[entry]["id"]))
        return scored, time.process_time() - started
    algorithm = get_algorithm(method)
    settings = algorithm.default_config()
    right = {entry: made(listed[entry]) for entry in {entry for _, entry, _ in near}}
    algorithm.compare(made(queries[0]), made(queries[1]), settings)  # loads tables
    started = time.process_time()
    left = {query: made(row) for query, row in enumerate(queries)}
    for query, entry, _ in near:
        score = algorithm.compare(left[query], right[entry], settings).score
        scored.setdefault(queries[query]["id"], []).append((score, listed[entry]["id"]))
    return scored, time.process_time() - started


def made(row: Row) -> Any:
    """Return a row as an entity."""
    return entity(row["name"], row["kind"])


def every_name(method: str, listed: Sequence[Row], queries: Sequence[Row]) -> tuple[Scored, float]:
    """Compare sorted words with every name of the list and keep the best twenty."""
    rule = JaroWinkler.similarity if method.startswith("JaroWinkler") else fuzz.ratio
    choices = [words(row) for row in listed]
    scored: Scored = {}
    started = time.process_time()
    for first in range(0, len(queries), BLOCK):
        part = queries[first : first + BLOCK]
        scores = process.cdist([words(row) for row in part], choices, scorer=rule, dtype=np.float32, workers=1)
        for row, own in zip(part, scores, strict=True):
            best = np.argpartition(own, -TOP)[-TOP:]
            scored[row["id"]] = [(float(own[at]), listed[at]["id"]) for at in best]
    return scored, time.process_time() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
