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
from fairlead.risk.spread.links import first_row

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
class Results:
    """Parties, ratings and links as the folder holds them, the name of the file of links, and SHA-256 by file."""

    parties: pa.Table
    ratings: pa.Table
    links: pa.Table
    links_file: str
    hashes: Mapping[str, str]


def read_results(folder: Path) -> Results:
    """Read a folder that `fairlead assess` wrote, or one with links.parquet and ratings.parquet (and parties.parquet).

    Raises NothingToRead where the folder holds neither, or neither parties nor links, and UnreadableFile where a file
    is damaged, lacks a column, names a party twice, or has a probability that cannot be.
    """
    if not folder.is_dir():
        raise NothingToRead(
            "There is no such folder.", where=Where(file=str(folder)), do="Give a folder that `fairlead assess` wrote."
        )
    parquet = {name: folder / f"{name}.parquet" for name in ("links", "ratings", "parties")}
    csv = {name: folder / f"{name}.csv" for name in ("links", "parties")}
    if parquet["links"].is_file() and parquet["ratings"].is_file():
        files = [path for path in parquet.values() if path.is_file()]
        links = _parquet(parquet["links"], _LINKS)
        ratings = _parquet(parquet["ratings"], _RATINGS)
        ids = {"party_id": ratings["subject_id"]}
        parties = _parquet(parquet["parties"], _PARTIES) if parquet["parties"].is_file() else pa.table(ids)
    elif all(path.is_file() for path in csv.values()):
        files = list(csv.values())
        links = _csv(csv["links"], _LINKS, "links")
        # In CSV a party and its rating stand in one row.
        table = _csv(
            csv["parties"], _PARTIES | {name: kind for name, kind in _RATINGS.items() if kind == _NUMBER}, "parties"
        )
        parties = table.select(list(_PARTIES))
        ratings = pa.table(
            {"subject_id": table["party_id"], **{name: table[name] for name in ("p", "p_low", "p_high")}}
        )
    else:
        raise NothingToRead(
            "The folder has no tables of parties and links (parties.csv and links.csv).",
            where=Where(file=str(folder)),
            do="Give a folder that `fairlead assess` wrote.",
        )
    if not parties.num_rows and not links.num_rows:
        raise NothingToRead("The folder holds no party and no link.", where=Where(file=str(folder)), do=_AGAIN)
    _refuse_bad_ratings(ratings, files)
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}
    return Results(parties, ratings, links, files[0].name, hashes)


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


def _refuse_bad_ratings(ratings: pa.Table, files: list[Path]) -> None:
    where = next(path.name for path in files if path.stem in ("ratings", "parties"))
    if pc.count_distinct(ratings["subject_id"], mode="all").as_py() != ratings.num_rows:
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
