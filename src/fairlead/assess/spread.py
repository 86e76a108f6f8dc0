"""`fairlead risk spread` as a function: from a folder of results to upstream exposure, paths and traces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead import __version__
from fairlead.assess.find_party import find_party
from fairlead.assess.output import files_beside
from fairlead.errors import OptionError, Where
from fairlead.model.message import Message
from fairlead.model.progress import Progress, Silent
from fairlead.read.chain_tables import ChainTables, read_chain_tables
from fairlead.reference import load_yaml
from fairlead.risk.parameters import hashed_version
from fairlead.risk.spread.downstream import Downstream, downstream
from fairlead.risk.spread.links import KINDS, Chain, chain_of
from fairlead.risk.spread.own import Own, own_of
from fairlead.risk.spread.parameters import SpreadParameters, shipped_spread_parameters
from fairlead.risk.spread.tables import SPREAD, spread_tables
from fairlead.write import write_csv, write_parquet
from fairlead.write.safe_cell import Value

SPREAD_FILES: Final = ("spread.csv", "spread.parquet", "spread_paths.csv", "spread_paths.parquet")
TRACE_FILE: Final = "downstream.csv"
_SEPARATOR: Final = " | "
_DIGITS: Final = 9

TRACE_COLUMNS: Final = (
    "origin_id",
    "origin_name",
    "party_id",
    "name",
    "good",
    "steps",
    "arrives",
    "ends",
    "content",
    "content_of_good",
)
PATH_COLUMNS: Final = (
    "party_id",
    "name",
    "place",
    "contribution",
    "part",
    "origin_id",
    "origin_name",
    "origin_p",
    "length",
    "path",
)


@dataclass(frozen=True)
class SpreadRun:
    """What came of it: the tables of SPREAD and PATHS, remarks, what the trace found, and the files written.

    `links` counts the links that were followed by LinkKind. `names` says what the party with each number is called, for
    those that the trace reached.
    """

    parties: pa.Table
    paths: pa.Table
    remarks: tuple[Message, ...]
    links: Mapping[str, int]
    traced: Downstream | None
    names: Mapping[int, str]
    files: tuple[Path, ...]


def spread_folder(
    folder: Path, *, as_of: date, out: Path | None = None, trace: str | None = None, progress: Progress | None = None
) -> SpreadRun:
    """Spread the risk of a folder of results along its links and write the tables into `out`, or beside the results.

    Links that have ended by `as_of` are left out. With `trace`, a name or id, it is also written where that party's
    output goes. All files appear together or none. Raises an InputError for results that cannot be used, and
    OptionError where no party, or several, are called as `trace` says.
    """
    progress = progress or Silent()
    out = folder if out is None else out
    if out.exists() and not out.is_dir():
        raise OptionError(
            "The results need a folder, and this is a file.", where=Where(file=str(out)), do="Give another with --out."
        )
    progress.start("Reading parties and links")
    results = read_chain_tables(folder)
    parameters = shipped_spread_parameters()
    chain = chain_of(results.parties, results.links, parameters, as_of=as_of.isoformat(), file=results.links_file)
    own = own_of(chain, results.parties, results.ratings)
    origin = None if trace is None else _origin(trace, chain, own)
    progress.start("Following the links")
    spread = spread_tables(chain, own, parameters)
    traced = None if origin is None else downstream(chain, origin, parameters)
    progress.start("Writing the tables")
    stamp = _stamp(results, parameters, as_of)
    with files_beside(out / SPREAD_FILES[0], [*SPREAD_FILES, TRACE_FILE]) as partial:
        write_parquet(partial / "spread.parquet", spread.parties.replace_schema_metadata(stamp))
        write_parquet(partial / "spread_paths.parquet", spread.paths.replace_schema_metadata(stamp))
        write_csv(partial / "spread.csv", SPREAD.names, _party_cells(spread.parties))
        write_csv(partial / "spread_paths.csv", PATH_COLUMNS, _path_cells(spread.paths))
        if traced is not None and origin is not None:
            write_csv(partial / TRACE_FILE, TRACE_COLUMNS, _trace_cells(traced, origin, chain, own))
    names = [*SPREAD_FILES, *([] if traced is None else [TRACE_FILE])]
    reached = {one.party for one in traced.arrivals} if traced else set()
    return SpreadRun(
        parties=spread.parties,
        paths=spread.paths,
        remarks=spread.remarks,
        links=_counted(chain),
        traced=traced,
        names={party: own.names[party] or str(chain.ids[party]) for party in sorted(reached)},
        files=tuple(out / name for name in names),
    )


def spread_version() -> str:
    """Return the version of the parameters of spread: their name, and a hash of the table in use."""
    content = load_yaml("risk_spread")
    return hashed_version(content["version"], content)


def _stamp(results: ChainTables, parameters: SpreadParameters, as_of: date) -> dict[str, str]:
    """Return what the results were made with and from, for the Parquet files."""
    return {
        "fairlead": __version__,
        "spread": spread_version(),
        "delta": str(parameters.delta),
        "as_of": as_of.isoformat(),
        **{f"sha256 {name}": digest for name, digest in sorted(results.hashes.items())},
    }


def _origin(words: str, chain: Chain, own: Own) -> int:
    """Return the number of the one party that `words` name."""
    ids: list[str] = chain.ids.to_pylist()
    names = {party: (name,) if name else () for party, name in zip(ids, own.names, strict=True)}
    return ids.index(find_party(names, words))


def _counted(chain: Chain) -> Mapping[str, int]:
    """Return how many links of each LinkKind there are, without the kinds that do not occur."""
    counts = np.bincount(chain.links.kind, minlength=len(KINDS)).tolist()
    return {str(kind): count for kind, count in zip(KINDS, counts, strict=True) if count}


def _party_cells(table: pa.Table) -> Iterator[Sequence[Value]]:
    for batch in table.to_batches(max_chunksize=4096):
        # By columns, which for a million parties is many times as fast as by rows.
        yield from zip(*(_column_cells(column) for column in batch.columns), strict=True)


def _path_cells(table: pa.Table) -> Iterator[Sequence[Value]]:
    for batch in table.to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            row |= {"length": len(row["steps"]), "path": row["text"]}
            yield [_cell(row[name]) for name in PATH_COLUMNS]


def _trace_cells(traced: Downstream, origin: int, chain: Chain, own: Own) -> Iterator[Sequence[Value]]:
    start = (chain.ids[origin].as_py(), own.names[origin])
    for one in traced.arrivals:
        shares = (_cell(share) for share in (one.arrives, one.ends, one.content, one.content_of_good))
        yield (*start, chain.ids[one.party].as_py(), own.names[one.party], one.good, one.steps, *shares)


def _column_cells(column: pa.Array) -> list[Value]:
    if pa.types.is_floating(column.type):
        # Arrow's own rounding leaves 0.21644069999999999 where Python's gives 0.2164407.
        return [None if value is None else round(value, _DIGITS) for value in column.to_pylist()]
    if pa.types.is_list(column.type):
        column = pc.binary_join(column, _SEPARATOR)
    cells: list[Value] = column.to_pylist()
    return cells


def _cell(value: Any) -> Value:
    if isinstance(value, float):
        return round(value, _DIGITS)
    cell: Value = value
    return cell
