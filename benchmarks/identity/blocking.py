"""Which true pairs blocking brings together, in total and by each of its rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.identity.scores import Pairs
from fairlead.read import read_suppliers
from fairlead.resolve.record import make_records
from fairlead.resolve.resolve import KINDS
from fairlead.resolve.weigh import word_weights


def keys_of_rows(path: Path, id_of_row: Callable[[str, int], str]) -> dict[str, set[str]]:
    """Return the keys of every row of a list; `id_of_row` gives a row's id by its file and its number there."""
    rows = read_suppliers([path]).rows
    name_of = {
        row_id: id_of_row(file, number)
        for row_id, file, number in zip(
            rows["row_id"].to_pylist(), rows["file"].to_pylist(), rows["row"].to_pylist(), strict=True
        )
    }
    found: dict[str, set[str]] = defaultdict(set)
    records = make_records(rows)
    for settings in KINDS:
        own = [one for one in records if one.kind == settings.kind and (one.names or one.identifiers)]
        names = word_weights(one.sounds for one in own)
        streets = word_weights(one.address.words for one in own)
        keys, _ = settings.block_keys(own, names, streets)
        for place, (record, shared) in enumerate(zip(own, keys, strict=True)):
            for row_id in record.row_ids:
                found[name_of[row_id]] |= {*shared, f"same-record {settings.kind} {place}"}
    return found


def recall_by_rule(truth: Pairs, keys: Mapping[str, set[str]]) -> dict[str, float]:
    """Return the share of the true pairs that share a key, of any rule (the key "") and of each, the best first."""
    counts: Counter[str] = Counter()
    for left, right in truth:
        shared = keys.get(left, set()) & keys.get(right, set())
        counts.update({key.split(" ", 1)[0] for key in shared} | ({""} if shared else set()))
    return {rule: count / len(truth) for rule, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))}
