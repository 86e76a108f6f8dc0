"""An assessment as a snapshot: its tables as Parquet and one JSON file, for programs that read it back at once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

from fairlead.model.assessment import (
    MERGED_IDS,
    SNAPSHOT,
    SNAPSHOT_TABLE,
    SNAPSHOT_VERSION,
    TABLES,
    Assessment,
)
from fairlead.model.schemas import MERGED_ID
from fairlead.write.json_file import write_json
from fairlead.write.parquet_file import write_parquet


def write_snapshot(assessment: Assessment, folder: Path) -> tuple[Path, ...]:
    """Write all tables of an assessment and what they were made from into a folder that exists; return the paths.

    It holds everything, restricted evidence too, and no report. snapshot.json is written last and names the SHA-256 of
    each table, so that a snapshot which was not written to its end, or was changed later, is not read. The same
    assessment gives the same bytes. `fairlead.read.snapshot` reads it back.
    """
    tables = {name: getattr(assessment, name).cast(schema) for name, schema in TABLES.items()}
    if assessment.merged_ids is not None:
        tables[MERGED_IDS] = assessment.merged_ids.cast(MERGED_ID)
    paths = {name: write_parquet(folder / SNAPSHOT_TABLE.format(table=name), table) for name, table in tables.items()}
    head = {
        "snapshot_version": SNAPSHOT_VERSION,
        "program_version": assessment.program_version,
        "model_version": assessment.model_version,
        "as_of": assessment.as_of,
        "options": dict(assessment.options),
        "inputs": [asdict(file) for file in assessment.inputs],
        "editions": [asdict(edition) for edition in assessment.editions],
        "tables": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(paths.items())},
    }
    return (*paths.values(), write_json(folder / SNAPSHOT, head))
