"""Who is who in generated lists: duplicates found at the automatic threshold, time and memory."""

from __future__ import annotations

import resource
import time
from typing import Final

from benchmarks.identity.scores import pairs_of, pairs_of_groups, quality_of_pairs
from benchmarks.messy_list import messy_list
from fairlead.model.schemas import CLASSIFICATION
from fairlead.resolve import resolve

LENGTHS: Final = (400, 5_000, 100_000)


def main(*, quick: bool = False) -> None:
    """Measure fictional lists of three lengths with duplicates (5%) and traps (3%)."""
    print("Scores count pairs of rows; a pair is found when its rows are merged without a person.")
    print("The lists are generated, with 5% duplicates and 3% traps.\n")
    print("| rows | precision | recall | seconds | peak memory GB | to a person |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for length in LENGTHS[:2] if quick else LENGTHS:
        rows, suppliers = messy_list(length)
        start = time.perf_counter()
        result = resolve(rows, CLASSIFICATION.empty_table())
        seconds = time.perf_counter() - start
        own = quality_of_pairs(pairs_of_groups(result.parties["row_ids"].to_pylist()), pairs_of(suppliers.items()))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"| {length:,} | {own.precision:.3f} | {own.recall:.3f} | {seconds:.1f} | {peak:.2f} "
            f"| {result.review.num_rows} |"
        )


if __name__ == "__main__":
    main()
