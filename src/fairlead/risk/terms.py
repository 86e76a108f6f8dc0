"""Lays the parts of each rating out as terms that add up to its log-odds, each with its source and sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.message_type import MESSAGE_TYPE
from fairlead.model.schemas import TERM_TYPE
from fairlead.risk.arrays import Floats, Ints
from fairlead.risk.cards import Cards
from fairlead.risk.combine import places
from fairlead.risk.contributions import Contributions
from fairlead.risk.weigh import Weighed

#: Terms that do not come from evidence, and where they stand among those that do.
PRIOR: Final = "prior"
CONTEXT_CEILING: Final = "context_ceiling"
IMPORT_BAN_FLOOR: Final = "import_ban_floor"

_FIRST: Final = -1
_AFTER_CONTEXT: Final = 10_000
_LAST: Final = 20_000


class Terms:
    """Terms of many ratings, collected in pieces and laid out together."""

    def __init__(self) -> None:
        self._subject: list[Ints] = []
        self._place: list[Ints] = []
        self._terms: list[pa.StructArray] = []

    def add(
        self,
        name: str,
        subject: Ints,
        nats: Floats,
        *,
        sd: float,
        source: str,
        edition: str,
        texts: Sequence[dict[str, object]],
    ) -> None:
        """Add one term of the given name for each subject; `texts` are Arrow values of messages."""
        place = {PRIOR: _FIRST, CONTEXT_CEILING: _AFTER_CONTEXT}[name]
        count = len(subject)
        columns = [
            pa.repeat(pa.scalar(name), count),
            pa.array(nats),
            pa.repeat(pa.scalar(sd), count),
            pa.array([[]] * count, pa.list_(pa.string())),
            pa.repeat(pa.scalar(source), count),
            pa.repeat(pa.scalar(edition), count),
            pa.array(texts, MESSAGE_TYPE),
        ]
        self._keep(subject, np.full(count, place, dtype=np.int64), columns)

    def add_evidence(self, weighed: Weighed, parts: Contributions, cards: Cards) -> None:
        """Add what evidence contributes: one term for each party, finding and source, told by its heaviest row.

        Findings about context come before the ceiling on them, findings about the supplier after it.
        """
        rows = np.flatnonzero(parts.nats != 0)
        if len(rows) == 0:
            return
        nats, subject, card = parts.nats[rows], weighed.subject[rows], weighed.card[rows]
        table = weighed.table.take(pa.array(rows))
        source, edition = _codes(table["source_id"]), _codes(table["edition"])
        order = np.lexsort((-np.abs(nats), edition, source, card, subject))
        new = np.append(True, np.zeros(len(rows) - 1, dtype=bool))
        for column in (subject, card, source, edition):
            new[1:] |= column[order][1:] != column[order][:-1]
        starts = np.flatnonzero(new)
        heaviest = table.take(pa.array(order[starts]))
        columns = [
            heaviest["finding"].combine_chunks(),
            pa.array(np.add.reduceat(nats[order], starts)),
            pa.array(np.sqrt(np.add.reduceat(parts.variance[rows][order], starts))),
            pa.ListArray.from_arrays(
                pa.array(np.append(starts, len(rows)), pa.int32()),
                table["evidence_id"].combine_chunks().take(pa.array(order)),
            ),
            heaviest["source_id"].combine_chunks(),
            heaviest["edition"].combine_chunks(),
            heaviest["text"].combine_chunks(),
        ]
        late = np.where(parts.context[rows][order[starts]], 0, _AFTER_CONTEXT + 1)
        self._keep(subject[order[starts]], card[order[starts]] + late, columns)

    def add_floor(self, weighed: Weighed, raised: Floats) -> None:
        """Add the rule that a listing sets a least probability, told by the hit on the list that sets the highest.

        `raised` are the nats by which the rule raises each subject; a subject that stands above it without
        the rule gets a term of 0 nats, so that the hit is told all the same.
        """
        rows = np.flatnonzero(weighed.floor > 0)
        if len(rows) == 0:
            return
        rows = rows[np.lexsort((rows, -weighed.floor[rows], weighed.subject[rows]))]
        subjects, starts = np.unique(weighed.subject[rows], return_index=True)
        heaviest = weighed.table.take(pa.array(rows[starts]))
        ids = weighed.table["evidence_id"].combine_chunks().take(pa.array(rows))
        columns = [
            pa.repeat(pa.scalar(IMPORT_BAN_FLOOR), len(subjects)),
            pa.array(raised[subjects]),
            pa.repeat(pa.scalar(0.0), len(subjects)),
            pa.ListArray.from_arrays(pa.array(np.append(starts, len(rows)), pa.int32()), ids),
            heaviest["source_id"].combine_chunks(),
            heaviest["edition"].combine_chunks(),
            heaviest["text"].combine_chunks(),
        ]
        self._keep(subjects, np.full(len(subjects), _LAST, dtype=np.int64), columns)

    def lists(self, subjects: int) -> pa.ListArray:
        """Return the terms of each subject, in the order in which they build up the rating."""
        subject, place = np.concatenate(self._subject), np.concatenate(self._place)
        order = np.lexsort((place, subject))  # stable, so sources of one finding keep their order
        terms = pa.concat_arrays(self._terms).take(pa.array(order))
        counts = np.bincount(subject, minlength=subjects)
        offsets = pa.array(np.append(0, np.cumsum(counts)), pa.int32())
        return pa.ListArray.from_arrays(offsets, terms)

    def _keep(self, subject: Ints, place: Ints, columns: list[Any]) -> None:
        self._subject.append(subject)
        self._place.append(place)
        fields = list(TERM_TYPE)
        cast = [column.cast(field.type) for column, field in zip(columns, fields, strict=True)]
        self._terms.append(pa.StructArray.from_arrays(cast, fields=fields))


def _codes(column: pa.ChunkedArray) -> Ints:
    """Number the texts of a column in their order; null is the empty text."""
    return places(pc.fill_null(column, "").combine_chunks())
