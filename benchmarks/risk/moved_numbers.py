"""How long it takes to move every number of the model: the example case, and a list of ten thousand like it."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.assess import assess
from fairlead.model.assessment import Assessment
from fairlead.risk.numbers import numbers
from fairlead.risk.rating import score
from fairlead.risk.sensitivity import sensitivity

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "ministry-tender"

#: So often the example is copied for the long list.
COPIES: Final = 26


def measure(*, quick: bool = False) -> None:
    """Print how long the ratings are made again for every number, and how long without rating like ones together."""
    with tempfile.TemporaryDirectory() as folder:
        lists = sorted((EXAMPLE / "lists").glob("*.csv"))
        case = assess([EXAMPLE], out=Path(folder), as_of=date(2026, 3, 31), lists=lists, pdf=False)
    print("| list | suppliers | numbers | values tried | seconds | one rating after the other, seconds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, copies in (("example case", 1), *(() if quick else (("copied", COPIES),))):
        tables = tuple(_copied(table, columns, copies) for table, columns in _tables(case))
        started = time.perf_counter()
        found = sensitivity(*tables, case.as_of)
        took = time.perf_counter() - started
        started = time.perf_counter()
        score(*tables, case.as_of)
        tried = sum(len(one.effects) for one in found.influences)
        plain = (time.perf_counter() - started) * tried
        print(
            f"| {name} | {tables[0].num_rows:,} | {len(numbers())} | {tried} | {took:.1f} | {plain:.0f} (one x all) |"
        )
    print()


def _tables(case: Assessment) -> tuple[tuple[pa.Table, tuple[str, ...]], ...]:
    return (
        (case.parties, ("party_id",)),
        (case.links, ("from_id",)),
        (case.evidence, ("subject_id", "evidence_id")),
    )


def _copied(table: pa.Table, ids: tuple[str, ...], copies: int) -> pa.Table:
    """Return the table so many times, each time with other ids."""
    found = []
    for number in range(copies):
        copy = table
        for name in ids:
            place = copy.schema.get_field_index(name)
            texts = pc.binary_join_element_wise(copy[name], str(number), "#")
            copy = copy.set_column(place, copy.schema.field(place), texts)
        found.append(copy)
    return pa.concat_tables(found).combine_chunks()
