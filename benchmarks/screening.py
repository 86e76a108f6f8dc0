"""Whole screenings: parties against whole lists, reading of the lists and evidence included."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import pyarrow as pa

from benchmarks.identity.data import DATA, FACILITIES, NAMES, rows
from fairlead.identity.name import read_name
from fairlead.model.schemas import PARTY
from fairlead.model.vocabulary import PartyKind
from fairlead.screen import ListEntry, WatchList, find_hits, read_list, read_lists, reference_lists
from fairlead.screen.watch_list import About

LISTS: Final = DATA / "lists"
OFAC: Final = ("ofac_sdn.csv", "ofac_alt.csv", "ofac_add.csv")
OTHERS: Final = ("un_consolidated.xml", "eu_32014r0269.csv", "eu_32014r0833.csv", "eu_32020r1998.csv")
AS_OF: Final = date(2026, 3, 31)


def main() -> None:
    """Time whole screenings; name the data sets that are absent."""
    if not NAMES.is_dir():
        print("The data sets of names are absent; nothing was measured.")
        return
    print("| parties | lists | wall s | CPU s | hits | parties hit |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    factories = [row["name"] for row in rows(FACILITIES / "os_hub_facilities.csv")]
    listed = rows(NAMES / "screening_list_100k.csv")[:30_000]
    entries = tuple(
        ListEntry(
            row["id"],
            row["name"],
            kind=PartyKind.PERSON if row["kind"] == "person" else PartyKind.UNKNOWN,
            locator=row["id"],
        )
        for row in listed
    )
    large = WatchList("list_large", "30,000 names", "", "", entries, About.OTHER)
    generated = [
        f"{factories[n % len(factories)]} {factories[(n * 7919) % len(factories)].split()[0]}" for n in range(95_000)
    ]
    measure("400 factories", factories[:400], "reference pack", lambda: reference_lists(AS_OF))
    measure(
        f"{len(factories):,} factories",
        factories,
        "reference pack, OFAC, UN, EU, DoD",
        lambda: (*reference_lists(AS_OF), *read_lists([LISTS / name for name in (*OFAC, *OTHERS)]), dod()),
    )
    measure(
        "100,000, most generated",
        (factories + generated)[:100_000],
        "reference pack, 30,000 names",
        lambda: (*reference_lists(AS_OF), large),
    )
    print(f"\nPeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def dod() -> WatchList:
    return read_list(LISTS / "us_dod_chinese_military_companies.csv")


def measure(what: str, names: Sequence[str], lists: str, read: Callable[[], Sequence[WatchList]]) -> None:
    table = pa.Table.from_pylist(
        [
            dict.fromkeys(PARTY.names) | {"party_id": f"pty_{n}", "kind": "company", "name": name, "names": [name]}
            for n, name in enumerate(names)
        ],
        schema=PARTY,
    )
    read_name.cache_clear()
    wall, cpu = time.perf_counter(), time.process_time()
    hits = find_hits(table, read(), as_of=AS_OF)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"| {what} | {lists} | {wall:.2f} | {cpu:.2f} | {len(hits):,} | {len({hit.party_id for hit in hits}):,} |")
