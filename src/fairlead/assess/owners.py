"""Ownership data laid out as a table of who holds what in whom, or of everybody above one party with the paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.assess.output import companion, files_beside, refuse_replacing
from fairlead.assess.ownership import remark_table
from fairlead.errors import OptionError
from fairlead.identity.normalise import fold
from fairlead.language import Language
from fairlead.model.progress import Progress
from fairlead.model.vocabulary import LinkKind
from fairlead.read.ownership import OwnershipData, read_ownership
from fairlead.report.csv_tables import SET_ASIDE_COLUMNS, set_aside_cells
from fairlead.report.texts import Texts
from fairlead.screen.owner_paths import Step, path_text
from fairlead.screen.ownership import Graph, multiplied
from fairlead.screen.stakes import NOTHING, WHOLE, stakes_on
from fairlead.write import write_csv

OWNER_COLUMNS: Final = (
    "from_id",
    "from_name",
    "from_kind",
    "to_id",
    "to_name",
    "kind",
    "share_low",
    "share_high",
    "path",
    "sources",
)
_MOST_CANDIDATES: Final = 8
_REMARKS: Final = "remarks.csv"


@dataclass(frozen=True)
class OwnersRun:
    """What came of it: how many rows were written, the data as read, and where what was set aside lies, if anything."""

    rows: int
    data: OwnershipData
    remarks: Path | None


@dataclass(frozen=True)
class _Row:
    """One row of the table: the share from `low` to `high`, the way down to the one who is held."""

    low: Decimal
    high: Decimal
    way: tuple[Step, ...]
    held: str


def owners_file(
    paths: Sequence[Path], *, out: Path, as_of: date, of: str | None = None, progress: Progress | None = None
) -> OwnersRun:
    """Write who holds what in whom on the day `as_of`, as ownership files say, to `out` (CSV).

    With `of`, a name or number, there is a row for everybody above that party: the share multiplied along all paths
    (0 to 1; empty where it is control) and the shortest path. Raises an InputError for files that cannot be read, and
    OptionError where no party, or several, are called so.
    """
    remarks = companion(out, _REMARKS)
    refuse_replacing(out, [remarks], paths)
    data = read_ownership(paths, progress=progress)
    names, kinds = _names(data.owners)
    stakes = stakes_on(data.holdings, as_of)
    if of is None:
        rows = [_Row(stake.low, stake.high, (Step(stake.holder, stake),), stake.held) for stake in stakes.stakes]
    else:
        rows = list(_above(Graph(stakes.stakes), _found(of, data, names)))
    noted = pa.concat_tables([data.remarks, remark_table(stakes.remarks)])
    with files_beside(out, [remarks.name]) as folder:
        write_csv(folder / out.name, OWNER_COLUMNS, (_cells(row, names, kinds) for row in rows))
        if noted.num_rows:
            cells = set_aside_cells(noted, Texts(Language("en")))
            write_csv(folder / remarks.name, SET_ASIDE_COLUMNS, cells)
    return OwnersRun(len(rows), data, remarks if noted.num_rows else None)


def _cells(row: _Row, names: Mapping[str, str], kinds: Mapping[str, str]) -> tuple[str | None, ...]:
    holder = row.way[0].holder
    stakes = [step.stake for step in row.way if step.stake is not None]
    kind = next((one.kind for one in stakes if one.kind is not LinkKind.OWNS), LinkKind.OWNS)
    owns = kind is LinkKind.OWNS
    return (
        holder,
        names.get(holder, ""),
        kinds.get(holder, ""),
        row.held,
        names.get(row.held, ""),
        str(kind),
        _plain(row.low) if owns else None,
        _plain(row.high) if owns else None,
        path_text(row.way, row.held, names),
        "; ".join(dict.fromkeys(place for one in stakes for place in one.locators)),
    )


def _plain(share: Decimal) -> str:
    text = f"{share:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _names(owners: pa.Table) -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    columns = (owners[column].to_pylist() for column in ("owner_id", "name", "kind"))
    for owner_id, name, kind in zip(*columns, strict=True):
        kinds.setdefault(owner_id, kind)
        if name:
            names.setdefault(owner_id, name)
    return names, kinds


def _found(of: str, data: OwnershipData, names: Mapping[str, str]) -> str:
    """Return the id of the one party that is called so, or has this number.

    Raises OptionError where there is none, or several that are not told apart.
    """
    wanted, bare = fold(of), of.strip().upper()
    ids = {one for column in ("from_id", "to_id") for one in data.holdings[column].unique().to_pylist()}
    found = {one: "" for one in (of, f"LEI:{bare}") if one in ids}
    for row in data.owners.select(["owner_id", "names", "identifiers"]).to_pylist():
        numbers = {one["value"].upper() for one in row["identifiers"] or ()}
        if bare in numbers or row["owner_id"] == of or any(fold(name) == wanted for name in row["names"] or ()):
            found[row["owner_id"]] = names.get(row["owner_id"], "")
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise OptionError(f"No party of the data is called “{of}” or has this number.", do="Check the spelling.")
    shown = ", ".join(sorted(found)[:_MOST_CANDIDATES])
    raise OptionError(f"{len(found)} parties are called “{of}”: {shown}.", do="Give one of these ids with --of.")


def _above(graph: Graph, party: str) -> Iterator[_Row]:
    """Yield everybody above a party, the nearest first, with the share multiplied along all paths and one path."""
    ways: dict[str, tuple[Step, ...]] = {party: ()}
    frontier = [party]
    while frontier:
        following: list[str] = []
        for held in frontier:
            stakes = [*graph.owners.get(held, ()), *graph.controllers.get(held, ())]
            for stake in sorted(stakes, key=lambda one: (one.kind is not LinkKind.OWNS, -one.high, one.holder)):
                if stake.holder not in ways:
                    ways[stake.holder] = (Step(stake.holder, stake), *ways[held])
                    following.append(stake.holder)
        frontier = following
    for holder, way in ways.items():
        if way:
            low, high = (
                multiplied(graph, [holder], possible=possible).get(party, NOTHING) for possible in (False, True)
            )
            told = [stake.low for stake in graph.owners.get(party, ()) if stake.holder == holder]
            yield _Row(min(max([low, *told]), WHOLE), min(high, WHOLE), way, party)
