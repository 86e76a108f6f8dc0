"""How sure it is that each row belongs to its party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from fairlead.model.schemas import MEMBER
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.judge import Judgement
from fairlead.resolve.record import Record

#: Digits after the point.
_DIGITS = 4


def membership(records: Sequence[Record], judgements: Iterable[Judgement], party_of: Mapping[str, str]) -> pa.Table:
    """Return a table of MEMBER, by row id.

    The probability of a row is the highest of any pair that ties it to another row of its party. It is 1 for a row
    that is alone in its party or that says the same as the others of it.
    """
    ties: dict[int, float] = {}
    for one in judgements:
        left, right = (party_of[records[place].row_ids[0]] for place in (one.left, one.right))
        if left == right and one.verdict is not Verdict.DIFFERENT:
            for place in (one.left, one.right):
                ties[place] = max(ties.get(place, 0.0), one.probability)
    rows = sorted(
        (row_id, party_of[row_id], round(ties.get(place, 1.0), _DIGITS))
        for place, record in enumerate(records)
        for row_id in record.row_ids
    )
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return pa.table(dict(zip(MEMBER.names, map(list, columns), strict=True)), schema=MEMBER)
