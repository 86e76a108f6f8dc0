"""What of an assessment may be shown to everybody who reads its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.assessment import Assessment
from fairlead.model.message import message
from fairlead.model.schemas import LINK, RATING
from fairlead.model.vocabulary import AssertedBy, Visibility
from fairlead.report.words import NOT_SHOWN

#: What stands in the options of an assessment of which evidence was left out.
LEFT_OUT: Final = "evidence_not_shown"

#: What is told of evidence that is not shown.
TOLD_OF_HIDDEN: Final = message("Something is known that only those who handle the case may see")


def without_restricted(assessment: Assessment) -> Assessment:
    """Return the assessment without evidence whose visibility is `restricted`, and without whatever gives it away.

    Such evidence may come from a worker who would be found out by it. It is left out itself, and so are the steps that
    answer nothing but it and the sources that it alone names. The numbers of the ratings stay as they are: the term
    that it makes keeps its weight and loses its name, sentence and source. The options say how many were left out.
    """
    evidence = assessment.evidence
    restricted = _is_restricted(evidence)
    hidden, shown = evidence.filter(restricted), evidence.filter(pc.invert(restricted))
    if not hidden.num_rows:
        return assessment
    ids = set(hidden["evidence_id"].to_pylist())
    sources = set(hidden["source_id"].to_pylist()) - set(shown["source_id"].to_pylist())
    return replace(
        assessment,
        evidence=shown,
        ratings=_ratings(assessment.ratings, ids, sources),
        actions=_actions(assessment.actions, hidden, shown),
        links=_links(assessment.links, ids),
        editions=tuple(one for one in assessment.editions if one.source_id not in sources),
        options={**assessment.options, LEFT_OUT: str(hidden.num_rows)},
    )


def restricted_ids(evidence: pa.Table) -> frozenset[str]:
    """Return the ids of the evidence that only those who handle the case may see."""
    return frozenset(evidence.filter(_is_restricted(evidence))["evidence_id"].to_pylist())


def told_to_supplier(evidence: pa.Table) -> pa.Table:
    """Return the evidence that may be told to the supplier that it is about.

    Left out is what is restricted, and what workers or their unions said or confirmed: a supplier that learns of it
    could find out who spoke.
    """
    of_workers = pa.array([str(AssertedBy.WORKER_SIGNAL), str(AssertedBy.UNION)], pa.string())
    hidden = _is_restricted(evidence)
    for column in ("asserted_by", "verified_by"):
        hidden = pc.or_(hidden, pc.fill_null(pc.is_in(evidence[column], value_set=of_workers), False))
    return evidence.filter(pc.invert(hidden))


def _is_restricted(evidence: pa.Table) -> pa.Array:
    return pc.fill_null(pc.equal(evidence["visibility"], str(Visibility.RESTRICTED)), False)


def _ratings(ratings: pa.Table, hidden: set[str], sources: set[str]) -> pa.Table:
    """Return the ratings; terms that hidden evidence makes say nothing but their weight."""
    rows = ratings.to_pylist()
    for row in rows:
        row["terms"] = [_term(term, hidden) for term in row["terms"] or ()]
        row["reference_editions"] = [one for one in row["reference_editions"] or () if one[0] not in sources]
    return pa.Table.from_pylist(rows, schema=RATING)


def _term(term: Mapping[str, Any], hidden: set[str]) -> Mapping[str, Any]:
    if hidden.isdisjoint(term["evidence_ids"] or ()):
        return term
    shown = [one for one in term["evidence_ids"] if one not in hidden]
    return {
        **term,
        "name": NOT_SHOWN,
        "evidence_ids": shown,
        "source": "",
        "edition": "",
        "text": TOLD_OF_HIDDEN.to_arrow(),
    }


def _actions(actions: pa.Table, hidden: pa.Table, shown: pa.Table) -> pa.Table:
    """Return the steps but for those that answer a finding which only hidden evidence shows."""
    given_away = _findings(hidden) - _findings(shown)
    pairs = zip(actions["subject_id"].to_pylist(), actions["finding"].to_pylist(), strict=True)
    return actions.filter(pa.array([pair not in given_away for pair in pairs], pa.bool_()))


def _findings(evidence: pa.Table) -> set[tuple[str, str]]:
    return set(zip(evidence["subject_id"].to_pylist(), evidence["finding"].to_pylist(), strict=True))


def _links(links: pa.Table, hidden: set[str]) -> pa.Table:
    place = LINK.get_field_index("evidence_id")
    ids = links["evidence_id"]
    known = pc.is_in(ids, value_set=pa.array(sorted(hidden), pa.string()))
    return links.set_column(place, LINK.field(place), pc.if_else(known, pa.scalar(None, pa.string()), ids))
