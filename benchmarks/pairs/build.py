"""Write pairs.csv: labelled pairs of fictional supplier names and facilities in eight languages.

    python -m benchmarks.pairs.build

The same tables and rules give the same file, byte for byte. `pairs()` is what the benchmark and the calibration read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import cycle
from pathlib import Path
from typing import Final, Literal

from benchmarks.pairs.draw import Draw, Pair
from benchmarks.pairs.romanise import without_marks
from benchmarks.pairs.rules import Rule, rules
from benchmarks.pairs.words import LANGUAGES, language

FILE: Final = Path(__file__).with_name("pairs.csv")
SEED: Final = "supplier pairs 1"
#: Pairs that each of the four kinds (company or facility, match or different) gets from two brands.
PAIRS_OF_TWO_BRANDS: Final = 5
_TRIES: Final = 40

Split = Literal["development", "held_out"]


@dataclass(frozen=True)
class LabelledPair:
    """A row of pairs.csv; `cluster` names the two brands from which it was made, so no cluster is in both splits."""

    id: str
    left: str
    right: str
    kind: str
    is_match: bool
    language: str
    script_left: str
    script_right: str
    rule: str
    hardness: str
    split: Split
    cluster: str
    address_left: str
    address_right: str
    country_left: str
    country_right: str


def pairs(split: Split | None = None) -> list[LabelledPair]:
    """Return the pairs of pairs.csv, of one split or of both, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [LabelledPair(**{**row, "is_match": row["is_match"] == "true"}) for row in csv.DictReader(file)]
    return [row for row in rows if split in (None, row.split)]


def made() -> Iterator[LabelledPair]:
    """Make all pairs, language by language."""
    for name in LANGUAGES:
        yield from _of_language(name)


def as_csv(rows: Sequence[LabelledPair] | Iterator[LabelledPair]) -> str:
    """Return pairs as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in fields(LabelledPair))
    for row in rows:
        writer.writerow("true" if cell is True else "false" if cell is False else cell for cell in astuple(row))
    return text.getvalue()


def main(arguments: Sequence[str] = ()) -> int:
    """Rewrite pairs.csv; takes no arguments."""
    FILE.write_text(as_csv(made()), encoding="utf-8", newline="\n")
    return 0


def _of_language(name: str) -> Iterator[LabelledPair]:
    words, seen = language(name), set[tuple[str, ...]]()
    order = list(range(len(words.brands)))
    random.Random(f"{SEED}/{name}").shuffle(order)
    halves: dict[Split, list[int]] = {
        "development": sorted(order[: len(order) // 2]),
        "held_out": sorted(order[len(order) // 2 :]),
    }
    turns = [cycle(ordered) for ordered in rules().values()]
    for split, places in halves.items():
        for place in places:
            others = tuple(brand for other in places if other != place for brand in words.brands[other])
            draw = Draw(words, words.brands[place], others, random.Random(f"{SEED}/{name}/{place}"))
            for turn in turns:
                for _ in range(PAIRS_OF_TWO_BRANDS):
                    rule, pair = _next_pair(draw, turn, seen)
                    yield _labelled(pair, rule, words.language, split, f"{name}-{place + 1:02d}")


def _next_pair(draw: Draw, turn: Iterator[Rule], seen: set[tuple[str, ...]]) -> tuple[Rule, Pair]:
    """Return the next rule that the language has, and a pair by it that is not there yet."""
    for rule in turn:
        for _ in range(_TRIES):
            pair = rule.make(draw)
            if pair is None:
                continue
            told = [(side.name, side.address) for side in pair]
            key = (*sorted(told)[0], *sorted(told)[1])
            if told[0] != told[1] and key not in seen and (rule.is_match or can_be_told_apart(pair)):
                seen.add(key)
                return rule, pair
    raise AssertionError("a cycle has no end")


def can_be_told_apart(pair: Pair) -> bool:
    """Whether more than marks on letters tells the names apart, or both sides have kept their marks."""
    names = [side.name for side in pair]
    plain = [without_marks(name).lower() for name in names]
    kept = all(name.lower() != bare for name, bare in zip(names, plain, strict=True))
    return plain[0] != plain[1] or names[0] == names[1] or kept


def _labelled(pair: Pair, rule: Rule, language_name: str, split: Split, cluster: str) -> LabelledPair:
    left, right = pair
    content = "|".join((left.name, left.address, right.name, right.address, rule.kind))
    return LabelledPair(
        id=f"pair_{hashlib.sha256(content.encode()).hexdigest()[:10]}",
        left=left.name,
        right=right.name,
        kind=rule.kind,
        is_match=rule.is_match,
        language=language_name,
        script_left=left.script,
        script_right=right.script,
        rule=rule.name,
        hardness=rule.hardness,
        split=split,
        cluster=cluster,
        address_left=left.address,
        address_right=right.address,
        country_left=left.country if rule.kind == "facility" else "",
        country_right=right.country if rule.kind == "facility" else "",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
