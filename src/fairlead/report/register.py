"""Every party with its rating, links and rows, one by one, for the tables that hold all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import BUYER_ID
from fairlead.report.case import DELIVERS, Case, Row, spend_of

_BATCH: Final = 4096


@dataclass(frozen=True)
class Entry:
    """One party: its place in the order asked for, its rows of PARTY and RATING, and the links it delivers by."""

    place: int
    party: Row
    rating: Row
    deliveries: Sequence[Row]

    @property
    def spend(self) -> Mapping[str, Decimal]:
        """The spend with the party by currency."""
        return spend_of(self.deliveries)

    @property
    def tier(self) -> int | None:
        """The nearest tier in which it delivers; null where none is told."""
        return min((link["tier"] for link in self.deliveries if link["tier"] is not None), default=None)


@dataclass(frozen=True)
class Register:
    """All parties of a case in the order in which to look at them; rows of lists by their ids."""

    case: Case
    deliveries: Mapping[str, Sequence[Row]]
    named_in: Mapping[str, Sequence[str]]
    sources: Mapping[str, tuple[str, str, int]]

    @classmethod
    def of(cls, case: Case) -> Register:
        """Gather what is looked up for every party."""
        deliveries: defaultdict[str, list[Row]] = defaultdict(list)
        named_in: defaultdict[str, list[str]] = defaultdict(list)
        columns = ["from_id", "to_id", "kind", "good", "sector", "tier", "spend", "currency", "row_ids"]
        for link in case.assessment.links.select(columns).to_pylist():
            if link["kind"] in DELIVERS:
                deliveries[link["from_id"]].append(link)
            for end in {link["from_id"], link["to_id"]} - {None, BUYER_ID}:
                named_in[end].extend(link["row_ids"] or ())
        rows = case.assessment.rows.select(["row_id", "file", "sheet", "row"]).to_pylist()
        return cls(
            case, deliveries, named_in, {row["row_id"]: (row["file"], row["sheet"] or "", row["row"]) for row in rows}
        )

    def entries(self, ids: Sequence[str]) -> Iterator[Entry]:
        """Yield the parties with these ids, in their order, numbered from 1."""
        assessment = self.case.assessment
        order = pa.array(ids, pa.string())
        place = 0
        for start in range(0, len(order), _BATCH):
            batch = order.slice(start, _BATCH)
            parties = _aligned(assessment.parties, "party_id", batch)
            ratings = _aligned(assessment.ratings, "subject_id", batch)
            for party, rating in zip(parties, ratings, strict=True):
                place += 1
                yield Entry(place, party, rating, self.deliveries.get(party["party_id"], ()))

    def only_named_in(self, entry: Entry) -> list[str]:
        """Return the ids of the rows that name a party which has no row of its own, such as a labour provider."""
        return [] if entry.party["row_ids"] else sorted(set(self.named_in.get(entry.party["party_id"], ())))

    def places(self, row_ids: Iterable[str]) -> list[str]:
        """Return where rows stand, as file:sheet:row."""
        found = [self.sources[one] for one in row_ids if one in self.sources]
        return [f"{file}:{sheet}:{row}" for file, sheet, row in sorted(found)]

    def found_in(self, entry: Entry) -> list[str]:
        """Return where a party is found: its own rows, or those that name it."""
        return self.places(entry.party["row_ids"] or self.only_named_in(entry))


def _aligned(table: pa.Table, column: str, ids: pa.Array) -> list[dict[str, Any]]:
    """Return the rows with these ids in the order of the ids."""
    found: list[dict[str, Any]] = table.take(pc.index_in(ids, value_set=table[column].combine_chunks())).to_pylist()
    return found
