"""What a snapshot keeps of single parties, in parts small enough that the page of one party reads it at once."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fairlead.model.assessment import Assessment as Made
from fairlead.model.schemas import EVIDENCE, LINK, PARTY, SITE
from fairlead.web.assessments.files import assessment_folder, read_checked
from fairlead.web.assessments.models import Assessment, SnapshotFile
from fairlead.write import write_parquet

#: About so many parties are kept together.
_PARTIES_TOGETHER: Final = 400

#: The tables, each with the column that says of whom a row is, and its schema.
_TABLES: Final = {
    "parties": ("party_id", PARTY),
    "sites": ("party_id", SITE),
    "links": ("from_id", LINK),
    "evidence": ("subject_id", EVIDENCE),
}


@dataclass(frozen=True)
class OfParty:
    """All that the rating of one party was made from: PARTY (one row), SITE, LINK (those that go out), EVIDENCE."""

    parties: pa.Table
    sites: pa.Table
    links: pa.Table
    evidence: pa.Table


def shards_for(parties: int) -> int:
    """Return in how many parts so many parties are kept."""
    return max(1, -(-parties // _PARTIES_TOGETHER))


def write_parts(made: Made, folder: Path, shards: int) -> None:
    """Write the tables of an assessment into a folder, cut by the hash of the party that a row is of."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (column, schema) in _TABLES.items():
        table = getattr(made, name).cast(schema)
        place = _places(table[column], shards)
        order = np.argsort(place, kind="stable")
        table, ends = table.take(pa.array(order)), np.searchsorted(place[order], np.arange(shards + 1))
        for number in range(shards):
            start, end = int(ends[number]), int(ends[number + 1])
            write_parquet(folder / _file(name, number), table.slice(start, end - start))


def read_part(assessment: Assessment, uid: str) -> OfParty:
    """Return what the rating of a party was made from.

    Raises UnreadableFile where a file is gone or is not the one that was written.
    """
    number = _place(uid, assessment.shards)
    names = {f"parts/{_file(table, number)}": table for table in _TABLES}
    hashes = dict(SnapshotFile.objects.filter(assessment=assessment, name__in=names).values_list("name", "sha256"))
    read = {}
    for name, table in names.items():
        content = read_checked(assessment_folder(assessment) / name, hashes.get(name, ""))
        rows = pq.read_table(io.BytesIO(content), use_threads=False)
        read[table] = rows.filter(pc.equal(rows[_TABLES[table][0]], uid)).cast(_TABLES[table][1])
    return OfParty(**read)


def _file(table: str, number: int) -> str:
    return f"{number:04d}.{table}.parquet"


def _place(uid: str, shards: int) -> int:
    return zlib.crc32(uid.encode()) % max(1, shards)


def _places(ids: pa.ChunkedArray, shards: int) -> np.ndarray:
    """Return for each row in which part it belongs; what is of nobody goes into the first."""
    coded = ids.combine_chunks().dictionary_encode()
    places = np.array([_place(uid, shards) for uid in coded.dictionary.to_pylist()], dtype=np.int64)
    indices = coded.indices.fill_null(len(places)).to_numpy(zero_copy_only=False)
    return np.append(places, 0)[indices]
