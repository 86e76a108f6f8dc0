"""What changed between two assessments and why: the engine's comparison of their snapshots, kept for the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from fairlead.assess.comparison import compare_assessments
from fairlead.model.assessment import Assessment as Made
from fairlead.model.progress import Progress
from fairlead.model.vocabulary import Visibility
from fairlead.read.assessment import OF_RATINGS
from fairlead.read.snapshot import read_snapshot
from fairlead.risk import comparison as engine
from fairlead.risk.parameters import model_version
from fairlead.risk.term_change import TermChange
from fairlead.web.accounts.models import User
from fairlead.web.assessments.make import CHUNK, plain_text, snapshot_folder
from fairlead.web.assessments.models import Assessment, Comparison, PartyChange
from fairlead.web.assessments.models.sealed import in_chunks
from fairlead.web.audit.chain import record
from fairlead.web.jobs.models import JobState
from fairlead.web.jobs.run import start
from fairlead.web.parties.models import Party

KIND: Final = "comparison"

#: So many rows of evidence that came or went are told of one party; the rest is counted.
_EVIDENCE_TOLD: Final = 12

_RATING: Final = ("band", "p", "p_low", "p_high", "find_out")


def ask(older: Assessment, newer: Assessment, *, user: User) -> Comparison:
    """Return the comparison of two assessments, and put it into the queue where it neither is there nor being made."""
    with transaction.atomic():
        comparison, _ = Comparison.objects.select_for_update().get_or_create(
            older=older, newer=newer, model_version=model_version(), defaults={"organisation": newer.organisation}
        )
        waiting = comparison.job is not None and comparison.job.state in {JobState.WAITING, JobState.RUNNING}
        if not comparison.ready and not waiting:
            record(
                "assessments.compared",
                organisation=newer.organisation,
                actor=user,
                subject=f"assessment {newer.number}",
                detail={"with": older.number},
            )
            job = start(KIND, str(comparison.pk), organisation=newer.organisation, user=user)
            Comparison.objects.filter(pk=comparison.pk).update(job=job)
    comparison.refresh_from_db()
    return comparison


def work_out(comparison: Comparison, progress: Progress) -> None:
    """Compare, and keep every party that is not the same; begun again it starts from nothing."""
    if comparison.ready:
        return
    _clear(comparison)
    progress.start("Reading the assessments")
    older, newer = (read_snapshot(snapshot_folder(one), OF_RATINGS) for one in (comparison.older, comparison.newer))
    progress.start("Comparing")
    compared = compare_assessments(older, newer)
    changes = [change for change in compared.changes if change.state is not engine.State.SAME]
    rows = _Rows(older, newer, parties=_parties(comparison))
    progress.start("Keeping the comparison", len(changes))
    for chunk in in_chunks(enumerate(changes, 1), CHUNK):
        PartyChange.objects.bulk_create(rows.row(comparison, place, change) for place, change in chunk)
        progress.advance(len(chunk))
    counts = {str(state): compared.count(state) for state in engine.State}
    Comparison.objects.filter(pk=comparison.pk).update(ready=True, parted=compared.parted, counts=counts)


def _clear(comparison: Comparison) -> None:
    rows = PartyChange.objects.filter(comparison=comparison)
    while ids := list(rows.values_list("pk", flat=True)[:CHUNK]):
        PartyChange.objects.filter(pk__in=ids).delete()


def _parties(comparison: Comparison) -> Mapping[str, int]:
    return dict(Party.objects.filter(organisation=comparison.organisation_id).values_list("uid", "pk"))


class _Rows:
    """Turns the engine's changes into rows, with the evidence that came and went."""

    def __init__(self, older: Made, newer: Made, *, parties: Mapping[str, int]) -> None:
        self._parties = parties
        self._restricted = _restricted(older.evidence) | _restricted(newer.evidence)
        self._came = _only_in(newer.evidence, older.evidence)
        self._went = _only_in(older.evidence, newer.evidence)

    def row(self, comparison: Comparison, place: int, change: engine.PartyChange) -> PartyChange:
        uid = change.new_id or change.old_id or ""
        return PartyChange(
            comparison=comparison,
            place=place,
            party_id=self._parties.get(uid),
            name=change.name[:400],
            country=change.country,
            state=str(change.state),
            before=_rating(change.before),
            after=_rating(change.after),
            nats=change.nats,
            by_model=change.by_model,
            by_time=change.by_time,
            by_evidence=change.by_evidence,
            terms=[self._term(term, change) for term in change.terms],
            evidence={
                "came": self._told(self._came[change.new_id or ""]),
                "went": self._told(self._went[change.old_id or ""]),
                "came_in_all": len(self._came[change.new_id or ""]),
                "went_in_all": len(self._went[change.old_id or ""]),
            },
        )

    def _term(self, term: TermChange, change: engine.PartyChange) -> dict[str, Any]:
        made_of = {
            uid
            for side in (change.before, change.after)
            for one in (side or {}).get("terms") or ()
            if (one["name"], one["source"] or "") == (term.name, term.source)
            for uid in one["evidence_ids"] or ()
        }
        return {
            "name": term.name,
            "source": term.source,
            "before": term.before,
            "after": term.after,
            "editions": list(term.editions),
            "causes": [str(cause) for cause in term.causes],
            "text": plain_text(term.text),
            "restricted": not made_of.isdisjoint(self._restricted),
        }

    def _told(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "text": plain_text(row["text"]),
                "finding": row["finding"],
                "source": row["source_id"],
                "edition": row["edition"],
                "restricted": row["visibility"] == Visibility.RESTRICTED,
            }
            for row in rows[:_EVIDENCE_TOLD]
        ]


def _rating(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {name: row[name] for name in _RATING}


def _restricted(evidence: pa.Table) -> frozenset[str]:
    held = pc.fill_null(pc.equal(evidence["visibility"], str(Visibility.RESTRICTED)), False)
    return frozenset(evidence.filter(held)["evidence_id"].to_pylist())


def _only_in(one: pa.Table, other: pa.Table) -> Mapping[str, list[dict[str, Any]]]:
    """Return the evidence that only one side has, by the party that it is about."""
    both = pc.is_in(one["evidence_id"], value_set=other["evidence_id"].combine_chunks())
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    columns = ["subject_id", "finding", "source_id", "edition", "visibility", "text"]
    for row in one.filter(pc.invert(both)).select(columns).to_pylist():
        found[row["subject_id"]].append(row)
    return found
