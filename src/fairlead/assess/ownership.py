"""Follows owners: what ownership data and the list itself say of who stands above whom, and what that shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.assessment import Edition
from fairlead.model.message import Message
from fairlead.model.schemas import EVIDENCE, REJECTED
from fairlead.read.ownership import OwnershipData
from fairlead.resolve.ownership import Joined
from fairlead.risk.context import DELIVERS
from fairlead.screen.hit import Hit
from fairlead.screen.owner_evidence import owner_evidence, unknown_owner_evidence
from fairlead.screen.owner_findings import find_owned


@dataclass(frozen=True)
class Followed:
    """What following the owners shows: evidence (EVIDENCE) and remarks on the holdings (REJECTED)."""

    evidence: pa.Table
    remarks: pa.Table


def follow_owners(joined: Joined, hits: Sequence[Hit], as_of: date) -> Followed:
    """Return what the hits of owners mean for the parties that have rows in the list, or deliver something."""
    if not joined.holdings.num_rows + joined.unknown.num_rows:
        return Followed(EVIDENCE.empty_table(), REJECTED.empty_table())
    parties = joined.parties.select(["party_id", "name", "row_ids"]).to_pylist()
    subjects = {row["party_id"] for row in parties if row["row_ids"]} | _delivering(joined.links)
    names = {row["party_id"]: row["name"] for row in parties}
    found = find_owned(hits, joined.holdings, names, as_of=as_of, subjects=subjects, possible=joined.possible)
    unknown = unknown_owner_evidence(joined.unknown, as_of=as_of, subjects=subjects)
    return Followed(
        pa.concat_tables([owner_evidence(found.findings).cast(EVIDENCE), unknown.cast(EVIDENCE)]),
        remark_table(found.remarks),
    )


def _delivering(links: pa.Table) -> set[str]:
    kinds = pa.array(sorted(DELIVERS), pa.string())
    return set(links.filter(pc.is_in(links["kind"], value_set=kinds))["from_id"].to_pylist())


def remark_table(remarks: Iterable[tuple[str, Message]]) -> pa.Table:
    """Lay out remarks on holdings; the file is what stands before the colon of the place."""
    rows = [
        {
            "file": locator.partition(":")[0],
            "sheet": "",
            "row": None,
            "column": "share",
            "reason": reason.to_arrow(),
            "cells": [locator],
        }
        for locator, reason in remarks
    ]
    return pa.Table.from_pylist(rows, schema=REJECTED)


def ownership_editions(data: OwnershipData | None) -> tuple[Edition, ...]:
    """Return the files of ownership data as sources."""
    return tuple(
        Edition(
            source_id=one.sha256,
            title=one.name,
            publisher="",
            edition=one.sha256[:12],
            licence="",
            url="",
            checked=False,
        )
        for one in (data.inputs if data else ())
    )
