"""Reads parties, ratings and links back from a folder of results: Parquet where it is there, else the CSV files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from fairlead.errors import NothingToRead, UnreadableFile, Where

_TEXT: Final = pa.string()
_NUMBER: Final = pa.float64()

#: Columns that are read, with their types; those that must be there come first.
_LINKS: Final = {
    "from_id": _TEXT,
    "to_id": _TEXT,
    "kind": _TEXT,
    "good": _TEXT,
    "share": _NUMBER,
    "spend": _NUMBER,
    "currency": _TEXT,
    "to_date": _TEXT,
}
_PARTIES: Final = {"party_id": _TEXT, "name": _TEXT, "kind": _TEXT, "country": _TEXT}
_RATINGS: Final = {"subject_id": _TEXT, "p": _NUMBER, "p_low": _NUMBER, "p_high": _NUMBER}
_NEEDED: Final = {"links": ("from_id", "to_id"), "parties": ("party_id",), "ratings": ("subject_id", "p")}
_AGAIN: Final = "Make the folder again with `fairlead assess`, or correct the file."


@dataclass(frozen=True)
class ChainTables:
    """Parties, ratings and links as the folder holds them, the name of the file of links, and SHA-256 by file."""

    parties: pa.Table
    ratings: pa.Table
    links: pa.Table
    links_file: str
    hashes: Mapping[str, str]


def read_chain_tables(folder: Path) -> ChainTables:
    """Read a folder that `fairlead assess` wrote, or one with links.parquet and ratings.parquet (and parties.parquet).

    Raises NothingToRead where the folder holds neither, or neither parties nor links, and UnreadableFile where a file
    is damaged, lacks a column, names a party twice or has one without an id, or has a probability that cannot be.
    """
    if not folder.is_dir():
        raise NothingToRead(
            "There is no such folder.", where=Where(file=str(folder)), do="Give a folder that `fairlead assess` wrote."
        )
    parquet = {name: folder / f"{name}.parquet" for name in ("links", "ratings", "parties")}
    csv = {name: folder / f"{name}.csv" for name in ("links", "parties")}
    if parquet["links"].is_file() and parquet["ratings"].is_file():
        files = {name: path for name, path in parquet.items() if path.is_file()}
        parties, ratings, links = _from_parquet(files)
    elif all(path.is_file() for path in csv.values()):
        files = csv
        parties, ratings, links = _from_csv(files)
    else:
        raise NothingToRead(
            "The folder has no tables of parties and links (parties.csv and links.csv).",
            where=Where(file=str(folder)),
            do="Give a folder that `fairlead assess` wrote.",
        )
    if not parties.num_rows and not links.num_rows:
        raise NothingToRead("The folder holds no party and no link.", where=Where(file=str(folder)), do=_AGAIN)
    _refuse_bad_ratings(ratings, (files["ratings"] if "ratings" in files else files["parties"]).name)
    hashes = {path.name: _sha256(path) for path in sorted(files.values())}
    return ChainTables(parties, ratings, links, files["links"].name, hashes)


def _from_parquet(files: Mapping[str, Path]) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return parties, ratings and links; without a table of parties, those that are rated."""
    links, ratings = _parquet(files["links"], _LINKS), _parquet(files["ratings"], _RATINGS)
    if "parties" not in files:
        return pa.table({"party_id": ratings["subject_id"]}), ratings, links
    return _parquet(files["parties"], _PARTIES), ratings, links


def _from_csv(files: Mapping[str, Path]) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return parties, ratings and links; in CSV a party and its rating stand in one row."""
    numbers = {name: kind for name, kind in _RATINGS.items() if kind == _NUMBER}
    table = _csv(files["parties"], _PARTIES | numbers, "parties")
    ratings = pa.table({"subject_id": table["party_id"], **{name: table[name] for name in numbers}})
    return table.select(list(_PARTIES)), ratings, _csv(files["links"], _LINKS, "links")


def first_row(file: str) -> int:
    """Return the number of the first row of a table as people count it: in CSV the headings are row 1."""
    return 2 if file.endswith(".csv") else 1


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parquet(path: Path, columns: Mapping[str, pa.DataType]) -> pa.Table:
    where = Where(file=path.name)
    try:
        with pq.ParquetFile(path) as file:
            there = set(file.schema_arrow.names)
            _refuse_missing(there, path.stem, where)
            table = file.read([name for name in columns if name in there])
        return pa.table({name: table[name].cast(columns[name]) for name in table.column_names})
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile(f"The Parquet file cannot be read: {error}.", where=where, do=_AGAIN) from error


def _csv(path: Path, columns: Mapping[str, pa.DataType], table: str) -> pa.Table:
    where = Where(file=path.name)
    with path.open("rb") as file:
        first = file.readline().decode("utf-8-sig", "replace").strip().split(",")
    _refuse_missing({name.strip('"') for name in first}, table, where)
    try:
        return pcsv.read_csv(
            path,
            parse_options=pcsv.ParseOptions(newlines_in_values=True),
            convert_options=pcsv.ConvertOptions(
                include_columns=list(columns),
                include_missing_columns=True,
                column_types=dict(columns),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile(f"The table cannot be read: {error}.", where=where, do=_AGAIN) from error


def _refuse_missing(there: set[str], table: str, where: Where) -> None:
    if missing := [name for name in _NEEDED[table] if name not in there]:
        raise UnreadableFile(f"There is no column “{missing[0]}”.", where=where, do=_AGAIN)


def _refuse_bad_ratings(ratings: pa.Table, where: str) -> None:
    nameless = pc.index(pc.is_null(ratings["subject_id"]), True).as_py()
    if nameless >= 0:
        raise UnreadableFile("A party has no id.", where=Where(file=where, row=nameless + first_row(where)), do=_AGAIN)
    if pc.count_distinct(ratings["subject_id"]).as_py() != ratings.num_rows:
        raise UnreadableFile("A party stands in the table twice.", where=Where(file=where), do=_AGAIN)
    for column in ("p", "p_low", "p_high"):
        if column not in ratings.column_names:
            continue
        fine = pc.fill_null(pc.and_(pc.greater_equal(ratings[column], 0), pc.less_equal(ratings[column], 1)), True)
        place = pc.index(fine, False).as_py()
        if place >= 0:
            raise UnreadableFile(
                f"A probability of {ratings[column][place].as_py()} cannot be.",
                where=Where(file=where, row=place + first_row(where), column=column),
                do=_AGAIN,
            )
