"""Keeps evidence that the engine or a person has made, and gives it back as the engine's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import pyarrow as pa
from django.db.models import Q, QuerySet

from fairlead.model.schemas import EVIDENCE
from fairlead.web.accounts.models import User
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party, RecordState

#: Columns of the engine's table that the model has under the same name.
EVIDENCE_COLUMNS: Final = (
    "subject_kind",
    "finding",
    "indicator",
    "polarity",
    "value",
    "unit",
    "source_id",
    "edition",
    "locator",
    "asserted_by",
    "verified_by",
    "event_date",
    "confidence",
    "cluster_key",
    "visibility",
)
_CHUNK: Final = 1_000


def keep_evidence(
    rows: Iterable[Mapping[str, Any]],
    *,
    organisation: Organisation,
    party_of: Mapping[str, Party],
    user: User | None,
    source_title: str = "",
    expires_on: date | None = None,
    import_batch: int | None = None,
    state: RecordState = RecordState.LIVE,
) -> list[Evidence]:
    """Keep rows of the engine's table EVIDENCE, given as mappings; one that is there already is left as it is.

    `party_of` gives the party by the id of each row's subject (a party, site or link). Call it within the
    transaction of what it belongs to. Returns what was added.
    """
    made = [_record(row, party_of[row["subject_id"]]) for row in rows]
    for one in made:
        one.organisation, one.recorded_by, one.state = organisation, user, state
        one.source_title, one.expires_on, one.import_batch = source_title, expires_on, import_batch
    known = set(
        Evidence.objects.filter(organisation=organisation, uid__in=[one.uid for one in made]).values_list(
            "uid", flat=True
        )
    )
    added = [one for one in made if one.uid not in known]
    Evidence.objects.bulk_create(added, batch_size=_CHUNK)
    return added


def _record(row: Mapping[str, Any], party: Party) -> Evidence:
    text = row.get("text") or {}
    return Evidence(
        party=party,
        uid=row["evidence_id"],
        subject_uid=row["subject_id"],
        text={"template": text["template"], "values": dict(text["values"] or ())} if text else {},
        **{name: row[name] for name in EVIDENCE_COLUMNS if row.get(name) is not None},
    )


def counting(organisation: Organisation, as_of: date) -> QuerySet[Evidence]:
    """Return the evidence that counts on a day: not withdrawn, not expired, of parties that are in use."""
    return Evidence.live.filter(organisation=organisation, party__state=RecordState.LIVE).filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=as_of)
    )


def evidence_table(rows: QuerySet[Evidence]) -> pa.Table:
    """Return evidence as the engine's table EVIDENCE, in the order of the ids."""
    columns = rows.order_by("uid").values("uid", "subject_uid", "text", *EVIDENCE_COLUMNS)
    return pa.Table.from_pylist([_row(one) for one in columns.iterator(chunk_size=5_000)], schema=EVIDENCE)


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    text = one["text"] or {"template": "", "values": {}}
    return {
        **{name: one[name] for name in EVIDENCE_COLUMNS},
        "evidence_id": one["uid"],
        "subject_id": one["subject_uid"],
        "text": {"template": text["template"], "values": sorted(text["values"].items())},
    }
