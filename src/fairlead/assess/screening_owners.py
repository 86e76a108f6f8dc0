"""Names screened through their owners: who stands above each name in ownership data, and whether that one is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.assess.ownership import remark_table
from fairlead.identity.compare import Comparison
from fairlead.identity.normalise import split_legal_form
from fairlead.model.ids import content_id
from fairlead.model.message import Message
from fairlead.model.schemas import LINK, PARTY, REJECTED, REVIEW, SITE
from fairlead.model.vocabulary import Verdict
from fairlead.read.names import NamedRow
from fairlead.read.ownership import OwnershipData
from fairlead.resolve import Resolved
from fairlead.resolve.ownership import join_ownership
from fairlead.screen import NameHit, NameScreening, WatchList, find_hits
from fairlead.screen.hit import Hit
from fairlead.screen.owner_evidence import unknown_owner_evidence
from fairlead.screen.owner_findings import OwnerFinding, find_owned
from fairlead.screen.screen_names import in_order


@dataclass(frozen=True)
class ScreenedOwners:
    """The screening with the hits that come through owners, and remarks (REJECTED) on the ownership data."""

    screening: NameScreening
    remarks: pa.Table


def screen_owners(
    names: Sequence[NamedRow],
    screening: NameScreening,
    lists: Sequence[WatchList],
    data: OwnershipData,
    *,
    as_of: date,
) -> ScreenedOwners:
    """Add to a screening the hits of those who own or control the names, as ownership data say.

    A hit through an owner is a match only where the owner's own hit is one, the name and the owners are joined
    beyond doubt, and their certain shares come to half or more; else it is to be reviewed.
    """
    parties = _parties(names)
    joined = join_ownership(Resolved(parties, SITE.empty_table(), LINK.empty_table(), REVIEW.empty_table()), data)
    own = set(parties["party_id"].to_pylist())
    owners = joined.parties.filter(pc.invert(pc.is_in(joined.parties["party_id"], value_set=pa.array(sorted(own)))))
    hits = [
        *find_hits(owners, lists, as_of=as_of),
        *(replace(one.hit, party_id=_party_id(one.name)) for one in screening.hits),
    ]
    called = dict(zip(joined.parties["party_id"].to_pylist(), joined.parties["name"].to_pylist(), strict=True))
    found = find_owned(hits, joined.holdings, called, as_of=as_of, subjects=own, possible=joined.possible)
    rows_of: dict[str, list[NamedRow]] = {}
    for name in names:
        rows_of.setdefault(_party_id(name), []).append(name)
    through = [
        NameHit(name, hit) for finding in found.findings for name in rows_of[finding.party_id] for hit in _hits(finding)
    ]
    unknown = unknown_owner_evidence(joined.unknown, as_of=as_of, subjects=own).to_pylist()
    remarks = [_unknown(row, rows_of[row["subject_id"]][0]) for row in unknown]
    return ScreenedOwners(
        replace(screening, hits=in_order(names, [*screening.hits, *through])),
        pa.concat_tables([data.remarks, remark_table(found.remarks), pa.Table.from_pylist(remarks, schema=REJECTED)]),
    )


def _party_id(name: NamedRow) -> str:
    """Rows that say the same of a name are one question to the ownership data."""
    return content_id("pty", "screened", name.name, name.country or "", name.kind.value)


def _parties(names: Sequence[NamedRow]) -> pa.Table:
    rows: dict[str, dict[str, Any]] = {}
    for name in names:
        split = split_legal_form(name.name, name.country)
        row = rows.setdefault(
            _party_id(name),
            {
                "party_id": _party_id(name),
                "kind": name.kind,
                "name": name.name,
                "names": [name.name],
                "folded": split.folded,
                "legal_form": split.legal_form,
                "country": name.country,
                "identifiers": [],
                "workforce": [],
                "row_ids": [],
            },
        )
        row["row_ids"].append(name.row_id)
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=PARTY)


def _hits(finding: OwnerFinding) -> list[Hit]:
    verdict = Verdict.MATCH if finding.certain else Verdict.REVIEW
    return [
        replace(
            hit,
            party_id=finding.party_id,
            comparison=Comparison(hit.comparison.score, verdict, hit.comparison.features, hit.comparison.apart),
            through=finding.text,
        )
        for hit in finding.hits
    ]


def _unknown(row: dict[str, Any], name: NamedRow) -> dict[str, Any]:
    return {
        "file": row["locator"].partition(":")[0],
        "sheet": "",
        "row": None,
        "column": "",
        "reason": Message.from_arrow(row["text"]).to_arrow(),
        "cells": [name.row_id, name.name],
    }
