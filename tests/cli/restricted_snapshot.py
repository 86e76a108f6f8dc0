"""A snapshot with evidence that only those who handle the case may see."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from fairlead.assess.recorded import Recorded, assess_recorded
from fairlead.model.assessment import Assessment
from fairlead.model.message import message
from fairlead.model.schemas import EVIDENCE
from fairlead.read.assessment import read_assessment
from fairlead.write import write_snapshot

#: What must be nowhere; the words do not occur in any table.
SENTENCE: Final = "A worker said that zrxqvw"
SOURCE: Final = "source-zrxqvw"
LOCATOR: Final = "page zrxqvw"


def secret(subject_id: str, finding: str) -> dict[str, Any]:
    """Return one restricted row of evidence about a party."""
    return {
        "evidence_id": f"evd_{finding}_zrxqvw",
        "subject_kind": "party",
        "subject_id": subject_id,
        "finding": finding,
        "polarity": "supports",
        "source_id": SOURCE,
        "edition": "edition-zrxqvw",
        "locator": LOCATOR,
        "asserted_by": "union",
        "event_date": "2026-02",
        "confidence": 1.0,
        "visibility": "restricted",
        "text": message(SENTENCE).to_arrow(),
    }


def write(results: Path, out: Path, name: str, *findings: str) -> Assessment:
    """Assess what lies in a results folder once more, with restricted findings about one party, and keep it."""
    made = read_assessment(results)
    [party] = [row["party_id"] for row in made.parties.to_pylist() if row["name"] == name]
    evidence = pa.Table.from_pylist([secret(party, finding) for finding in findings], schema=EVIDENCE)
    recorded = Recorded(
        parties=made.parties,
        sites=made.sites,
        links=made.links,
        classification=made.classification,
        rows=made.rows,
        evidence=evidence,
    )
    assessment = assess_recorded(recorded, as_of=made.as_of)
    out.mkdir()
    write_snapshot(assessment, out)
    return assessment
