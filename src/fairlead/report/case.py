"""An assessment opened for reading: the order of its parties, and the rows that belong to the ones shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.assessment import Assessment
from fairlead.model.ids import BUYER_ID
from fairlead.model.vocabulary import Indicator, LinkKind
from fairlead.risk import rank
from fairlead.risk.axes import AxesTest, Axis, axes_test, shipped_axes
from fairlead.risk.indicators import Reported, reported_indicators
from fairlead.risk.scale import Headcount, Scale, headcounts, scale

Row = Mapping[str, Any]

#: Links that say what a supplier delivers.
DELIVERS: Final = frozenset({LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS})


@dataclass(frozen=True)
class Case:
    """One assessment. Tables may be long, so rows are only taken out for the parties that are asked about."""

    assessment: Assessment

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids of all parties in the order in which to look at them."""
        assessment = self.assessment
        return tuple(one for one in rank(assessment.ratings, assessment.evidence, assessment.links) if one != BUYER_ID)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The place of each party in the order, from 0."""
        return {party_id: place for place, party_id in enumerate(self.order)}

    @cached_property
    def bands(self) -> Mapping[str, str | None]:
        """The band of each party by its id; null where there is no data."""
        ratings = self.assessment.ratings
        return dict(zip(ratings["subject_id"].to_pylist(), ratings["band"].to_pylist(), strict=True))

    @cached_property
    def rated(self) -> tuple[str, ...]:
        """The ids of the parties that have a rating, in order."""
        return tuple(one for one in self.order if self.bands[one])

    @cached_property
    def unrated(self) -> tuple[str, ...]:
        """The ids of the parties of whom too little is known, in order."""
        return tuple(one for one in self.order if not self.bands[one])

    @cached_property
    def reported(self) -> Mapping[str, Reported]:
        """The ILO's indicators that are reported of each party, with the evidence; no entry where none is."""
        ids = self.assessment.parties["party_id"].combine_chunks()
        return reported_indicators(self.assessment.evidence, ids, self.assessment.as_of)

    @cached_property
    def headcounts(self) -> Mapping[str, Headcount]:
        """How many workers the lists give each party; no entry where that is not known."""
        return headcounts(self.assessment.parties, self.assessment.sites, self.assessment.rows)

    @cached_property
    def _axes(self) -> Mapping[Indicator, Axis]:
        return shipped_axes()

    def axes(self, party_id: str) -> AxesTest:
        """Return the two-axis test of one party."""
        return axes_test(self.reported.get(party_id, ()), self._axes)

    def scale(self, rating: Row) -> Scale:
        """Return the workers of one party times its rating, given its row of RATING."""
        headcount = self.headcounts.get(rating["subject_id"])
        return scale(headcount, rating["p_low"], rating["p"], rating["p_high"])

    def parties(self, ids: Collection[str]) -> Mapping[str, Row]:
        """Return the parties with these ids."""
        return {row["party_id"]: row for row in taken(self.assessment.parties, "party_id", ids)}

    def ratings(self, ids: Collection[str]) -> Mapping[str, Row]:
        """Return the ratings of these parties."""
        return {row["subject_id"]: row for row in taken(self.assessment.ratings, "subject_id", ids)}

    def actions(self, ids: Collection[str]) -> Mapping[str, Sequence[Row]]:
        """Return the steps proposed for these parties, in their order."""
        return _grouped(taken(self.assessment.actions, "subject_id", ids), "subject_id")

    def deliveries(self, ids: Collection[str]) -> Mapping[str, Sequence[Row]]:
        """Return the links by which these parties deliver something."""
        links = [row for row in taken(self.assessment.links, "from_id", ids) if row["kind"] in DELIVERS]
        return _grouped(links, "from_id")

    def rows(self, row_ids: Collection[str]) -> Mapping[str, Row]:
        """Return where the rows with these ids stand and what they say is supplied."""
        columns = self.assessment.rows.select(["row_id", "file", "sheet", "row", "product"])
        return {row["row_id"]: row for row in taken(columns, "row_id", row_ids)}

    def named_in(self, parties: Mapping[str, Row]) -> Mapping[str, Sequence[str]]:
        """Return the ids of the rows that name each party, as a supplier or else in a column of another's row."""
        found = {party_id: list(party["row_ids"] or ()) for party_id, party in parties.items()}
        only_named = [party_id for party_id, row_ids in found.items() if not row_ids]
        named: defaultdict[str, set[str]] = defaultdict(set)
        for end in ("from_id", "to_id"):
            for link in taken(self.assessment.links.select([end, "row_ids"]), end, only_named):
                named[link[end]].update(link["row_ids"] or ())
        return {party_id: row_ids or sorted(named[party_id]) for party_id, row_ids in found.items()}


def spend_of(deliveries: Sequence[Row]) -> Mapping[str, Decimal]:
    """Add up the spend of links by currency; amounts in different currencies are never added."""
    totals: dict[str, Decimal] = {}
    for link in deliveries:
        if link["spend"] is not None:
            currency = link["currency"] or ""
            totals[currency] = totals.get(currency, Decimal(0)) + link["spend"]
    return dict(sorted(totals.items()))


def taken(table: pa.Table, column: str, wanted: Collection[str]) -> list[dict[str, Any]]:
    """Return the rows of a table whose column holds one of the wanted values."""
    values = pa.array(sorted(wanted), pa.string())
    found: list[dict[str, Any]] = table.filter(pc.is_in(table[column], value_set=values)).to_pylist()
    return found


def _grouped(rows: Sequence[Row], column: str) -> Mapping[str, Sequence[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
