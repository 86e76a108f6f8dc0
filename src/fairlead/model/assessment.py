"""The whole of one assessment: what the engine hands to the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa

from fairlead.model.schemas import (
    ACTION,
    CLASSIFICATION,
    EVIDENCE,
    LINK,
    PARTY,
    RATING,
    REJECTED,
    REVIEW,
    ROW,
    SITE,
)

#: The result that holds everything; where it lies, an assessment was written.
DOCUMENT: Final = "assessment.json"

#: Every file that an assessment may write; those of an earlier run are replaced together.
RESULT_FILES: Final = (
    DOCUMENT,
    "evidence.parquet",
    "links.csv",
    "mapping.yaml",
    "merged_ids.csv",
    "parties.csv",
    "rejected.csv",
    "remarks.csv",
    "report.html",
    "report.pdf",
    "review.csv",
    "worklist.xlsx",
)

#: The tables of an assessment and their schemas.
TABLES: Final[Mapping[str, pa.Schema]] = {
    "actions": ACTION,
    "classification": CLASSIFICATION,
    "evidence": EVIDENCE,
    "links": LINK,
    "parties": PARTY,
    "ratings": RATING,
    "rejected": REJECTED,
    "remarks": REJECTED,
    "review": REVIEW,
    "rows": ROW,
    "sites": SITE,
}

#: What a snapshot is found by; its tables lie beside it, each as SNAPSHOT_TABLE.
SNAPSHOT: Final = "snapshot.json"
SNAPSHOT_TABLE: Final = "snapshot.{table}.parquet"
#: The table of a snapshot that is only there where people's judgements were given.
MERGED_IDS: Final = "merged_ids"
#: The version of the shape of a snapshot.
SNAPSHOT_VERSION: Final = "1"

#: What later commands write beside an assessment; a new assessment there removes it, and it is never read as a list.
LATER_FILES: Final = (
    "downstream.csv",
    "spread.csv",
    "spread.parquet",
    "spread_paths.csv",
    "spread_paths.parquet",
)


@dataclass(frozen=True)
class InputFile:
    """One file that was read: its name, hash and what became of its rows."""

    name: str
    sha256: str
    role: str  # suppliers, ownership, list, earlier_list, judgements
    rows_in: int
    rows_used: int
    rows_rejected: int


@dataclass(frozen=True)
class Edition:
    """One reference source as it was used: title, publisher, edition, licence, and whether it was checked."""

    source_id: str
    title: str
    publisher: str
    edition: str
    licence: str
    url: str
    checked: bool


@dataclass(frozen=True)
class Assessment:
    """The tables of one run (schemas in `model.schemas`) and what they were made from; no wall clock."""

    as_of: date
    program_version: str
    model_version: str
    inputs: tuple[InputFile, ...]
    editions: tuple[Edition, ...]
    rows: pa.Table
    rejected: pa.Table
    remarks: pa.Table
    classification: pa.Table
    parties: pa.Table
    sites: pa.Table
    links: pa.Table
    review: pa.Table
    evidence: pa.Table
    ratings: pa.Table
    actions: pa.Table
    options: Mapping[str, str]
    merged_ids: pa.Table | None = None  # where people's judgements were given
