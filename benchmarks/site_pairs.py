"""Pairs of sites whose truth is known, as the features that the re-scorer weighs: to learn from and to measure."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from benchmarks.messy_list import messy_list
from fairlead.engine import duckdb_engine
from fairlead.model.schemas import ROW
from fairlead.reference import load_csv
from fairlead.resolve.compare import compare
from fairlead.resolve.record import Record, make_records
from fairlead.resolve.rescore import Rescorer, blank, heard, train
from fairlead.resolve.settings_organisation import FEATURES, NEEDS, ORGANISATION
from fairlead.resolve.weigh import word_weights

FACILITIES: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "facilities"
CHICAGO: Final = FACILITIES / "chicago_sites_true_ids.csv"
OS_HUB: Final = FACILITIES / "os_hub_labelled_pairs.json"
#: Every set counts as much as so many pairs, half of them the same, however long it is.
WORTH: Final = 100.0
#: The generated list that is learned from is another than the one that is measured.
_LENGTH, _SEED = 3_000, 7
_EVERYTHING: Final = 1e-12


@dataclass(frozen=True)
class LabelledPairs:
    """The features of pairs as `compare` gives them, and whether each is the same."""

    pairs: pa.Table
    same: tuple[bool, ...]

    def take(self, places: Sequence[int]) -> LabelledPairs:
        """Return the pairs at these places."""
        return LabelledPairs(self.pairs.take(places), tuple(self.same[place] for place in places))


def os_hub() -> LabelledPairs:
    """112 pairs that Open Supply Hub's staff labelled; all their records together are one list."""
    iso3 = {row["iso2"].lower(): row["iso3"] for row in load_csv("countries")}
    labelled = [
        (label == "match", [(one["name"], one["address"], iso3.get(one["country"])) for one in pair["__value__"]])
        for label, pairs in json.loads(OS_HUB.read_text(encoding="utf-8")).items()
        for pair in pairs
    ]
    said = {one: str(place) for place, one in enumerate(dict.fromkeys(one for _, pair in labelled for one in pair))}
    records = make_records(pa.Table.from_pylist([row(key, *one) for one, key in said.items()], schema=ROW))
    place_of = {row_id: place for place, record in enumerate(records) for row_id in record.row_ids}
    places = [tuple(sorted(place_of[said[one]] for one in pair)) for _, pair in labelled]
    keys: list[list[str]] = [[] for _ in records]
    for number, pair in enumerate(places):
        for place in pair:
            keys[place].append(f"pair {number}")
    pairs = _compared(records, keys)
    found = {pair: at for at, pair in enumerate(_places(pairs))}
    return LabelledPairs(pairs.take([found[pair] for pair in places]), tuple(same for same, _ in labelled))


def chicago() -> LabelledPairs:
    """The pairs of child-care sites of Chicago that blocking brings together."""
    given = list(csv.DictReader(CHICAGO.open(encoding="utf-8-sig")))
    table = pa.Table.from_pylist([chicago_row(one) for one in given], schema=ROW)
    return _of_list(table, {one["id"]: one["true_id"] for one in given})


def generated() -> LabelledPairs:
    """The pairs of a generated list that blocking brings together."""
    return _of_list(*messy_list(_LENGTH, seed=_SEED))


def learn(sets: Iterable[LabelledPairs], origin: str) -> Rescorer:
    """Learn weights from sets that count alike, and within each the same and the different alike."""
    tables, same, importance = [], [], []
    for one in sets:
        speaks = heard(one.pairs, Rescorer((), (), (), (), 0.0, "", NEEDS))
        labels = np.array(one.same)[speaks]
        tables.append(one.pairs.filter(pa.array(speaks)).select(list(FEATURES)))
        same += labels.tolist()
        importance += np.where(labels, WORTH / 2 / max(1, labels.sum()), WORTH / 2 / max(1, (~labels).sum())).tolist()
    pairs = pa.concat_tables(tables)
    return train(pairs, same, start=blank(pairs, list(FEATURES), NEEDS), importance=importance, origin=origin)


def chicago_row(said: Mapping[str, str]) -> dict[str, Any]:
    """A row of ROW for a row of the Chicago list; the postcode is part of the address."""
    address = ", ".join(part for part in (said["address"], said["zip"]) if part)
    return row(said["id"], said["name"], address, "USA") | {"city": said["city"]}


def row(row_id: str, name: str, address: str, country: str | None) -> dict[str, Any]:
    """A row of ROW that says name, address and country."""
    said = {"name": name or "?", "address": address, "country": country}
    return {"row_id": row_id, "file": "benchmark", "sheet": "", "row": 1, **said}


def _of_list(rows: pa.Table, truth: Mapping[str, Any]) -> LabelledPairs:
    records = [record for record in make_records(rows) if record.names or record.identifiers]
    keys, _ = ORGANISATION.block_keys(records, *_weights(records))
    pairs = _compared(records, keys, ORGANISATION.least_probability)
    of_record = [truth[record.row_ids[0]] for record in records]
    return LabelledPairs(pairs, tuple(of_record[left] == of_record[right] for left, right in _places(pairs)))


def _compared(records: Sequence[Record], keys: Sequence[Sequence[str]], least: float = _EVERYTHING) -> pa.Table:
    settings = replace(ORGANISATION, least_probability=least)
    with duckdb_engine() as engine:
        laid_out = settings.lay_out(records, *_weights(records))
        return compare(engine, settings, laid_out.append_column("keys", pa.array(keys, pa.list_(pa.string()))))


def _weights(records: Sequence[Record]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    return (
        word_weights(record.sounds for record in records),
        word_weights(record.address.words for record in records),
    )


def _places(pairs: pa.Table) -> list[tuple[int, int]]:
    return list(zip(pairs["left"].to_pylist(), pairs["right"].to_pylist(), strict=True))
