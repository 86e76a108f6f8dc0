"""The labelled pairs of names that calibration learns from, each set with what a pair of it counts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fairlead.identity.candidates import NameIndex
from fairlead.identity.name import Reading, read_name, tells_enough
from fairlead.identity.normalise import fold
from fairlead.model.vocabulary import PairKind, PartyKind
from fairlead.read.pairs import read_kind

ROOT: Final = Path(__file__).resolve().parents[1]
NAMES: Final = ROOT.parent / "shared" / "data" / "names"
OWN_PAIRS: Final = ROOT / "benchmarks" / "pairs" / "pairs.csv"

NAME_PAIRS: Final = "pairs of names"
COMPANIES: Final = "two names of one company, and the nearest others"
OWN: Final = "names of suppliers in eight languages"
LISTED: Final = "persons and the most alike of 100,000 names"

#: What a pair counts: the hand-made pairs more, the many unlike pairs of the list less.
_COUNTS: Final = {NAME_PAIRS: 6.0, COMPANIES: 1.0, OWN: 0.5, LISTED: 0.005}
#: Names that share less than this share nothing.
LEAST_SHARED: Final = 0.1
_NEAREST: Final = 10


@dataclass(frozen=True)
class LabelledPair:
    """Two names, whether they mean the same, and whether that is beyond doubt (strong); `weight` is what it counts."""

    left: str
    right: str
    kind: PairKind
    same: bool
    strong: bool = False
    weight: float = 1.0


def all_sets() -> Mapping[str, Sequence[LabelledPair]]:
    """Return every set that is at hand, by its name."""
    sets = {
        NAME_PAIRS: list(_name_pairs(NAMES / "name_pairs_dev.csv")),
        COMPANIES: list(_companies(NAMES / "wikirate_wikipedia_dev.csv")),
        OWN: list(_own(OWN_PAIRS)),
        LISTED: list(_listed()),
    }
    return {name: pairs for name, pairs in sets.items() if pairs}


def chooses_thresholds(name: str) -> bool:
    """Whether the thresholds are chosen by this set: pairs that a person judged or a page says are one."""
    return name in (NAME_PAIRS, COMPANIES)


def groups(pairs: Sequence[LabelledPair]) -> list[str]:
    """Return for every pair the group of pairs that it shares a name with, directly or through others."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := parent.setdefault(name, name)) != name:
            parent[name] = name = parent.setdefault(above, above)
        return name

    for pair in pairs:
        parent[root(fold(pair.left))] = root(fold(pair.right))
    return [root(fold(pair.left)) for pair in pairs]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _name_pairs(path: Path) -> Iterator[LabelledPair]:
    for row in _rows(path):
        kind, same = read_kind(row["kind"]) or PairKind.UNKNOWN, row["is_match"] == "true"
        yield LabelledPair(row["left"], row["right"], kind, same, row["quality"] == "STRONG", _COUNTS[NAME_PAIRS])


def _own(path: Path) -> Iterator[LabelledPair]:
    for row in _rows(path):
        if row["split"] == "development" and row["kind"] == "company":
            yield LabelledPair(
                row["left"], row["right"], PairKind.COMPANY, row["is_match"] == "true", False, _COUNTS[OWN]
            )


def _companies(path: Path) -> Iterator[LabelledPair]:
    """Yield both names of every company, and each first name with the second names of others that are nearest to it."""
    table = list(_rows(path))
    for row in table:
        yield LabelledPair(row["name"], row["wikipedia_title"], PairKind.COMPANY, True, False, _COUNTS[COMPANIES])
    titles = [(place, reading) for place, row in enumerate(table) for reading in read_name(row["wikipedia_title"])]
    asked = [(place, reading) for place, row in enumerate(table) for reading in read_name(row["name"])]
    for one, two in _nearest(asked, titles, _NEAREST):
        ours, theirs = table[one], table[two]
        if all(ours[key] != theirs[key] for key in ("wikirate_number", "wikipedia_title")):
            yield LabelledPair(
                ours["name"], theirs["wikipedia_title"], PairKind.COMPANY, False, False, _COUNTS[COMPANIES]
            )


def _listed() -> Iterator[LabelledPair]:
    """Yield queries of the screening benchmark with the names of the list that are nearest to them."""
    listed, queries = list(_rows(NAMES / "screening_list_100k.csv")), list(_rows(NAMES / "screening_queries.csv"))
    truth = {row["id"]: set(row["entry_ids"].replace(";", " ").split()) for row in _rows(NAMES / "screening_truth.csv")}
    names, asked = (
        [(place, reading) for place, row in enumerate(rows) for reading in _person(row)] for rows in (listed, queries)
    )
    for one, two in _nearest(asked, names, _NEAREST * 2):
        found = truth[queries[one]["id"]]
        same = listed[two]["id"] in found
        if same or not found:
            yield LabelledPair(queries[one]["name"], listed[two]["name"], PairKind.PERSON, same, False, _COUNTS[LISTED])


def _person(row: Mapping[str, str]) -> Iterator[Reading]:
    kind = PartyKind.PERSON if row["kind"] == "person" else PartyKind.UNKNOWN
    return (reading for reading in read_name(row["name"], kind) if tells_enough(reading.words))


def _nearest(
    asked: Sequence[tuple[int, Reading]], names: Sequence[tuple[int, Reading]], most: int
) -> list[tuple[int, int]]:
    """Return (place asked for, place found) of the names that share most words with each, sorted."""
    if not asked or not names:
        return []
    index = NameIndex([reading.words for _, reading in names])
    found = index.candidates([reading.words for _, reading in asked], most=most)
    pairs = zip(found.query.tolist(), found.name.tolist(), strict=True)
    return sorted({(asked[query][0], names[name][0]) for query, name in pairs})
