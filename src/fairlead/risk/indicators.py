"""Which of the ILO's eleven indicators are reported of a supplier itself, and on what evidence.

Only findings of the group evidence count: a region, a sector or a way of hiring is no indicator that is met. A denial,
a finding that nobody's word carries, and one from after the day do not count either.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.vocabulary import Indicator, Polarity
from fairlead.risk.cards import Cards, Group, shipped_cards
from fairlead.risk.weigh import weigh

#: The indicators that are reported of one party, in the ILO's order, each with the ids of the evidence.
Reported = Mapping[Indicator, tuple[str, ...]]


def reported_indicators(
    evidence: pa.Table, party_ids: pa.Array, as_of: date, *, cards: Cards | None = None
) -> Mapping[str, Reported]:
    """Return what is reported of each of these parties by their ids; a party of which nothing is has no entry.

    `evidence` is a table of EVIDENCE; what its rows say of other parties is left out.
    """
    cards = cards or shipped_cards()
    of_suppliers = pa.array([key for key, card in cards.items() if card.group is Group.EVIDENCE], pa.string())
    weighed = weigh(evidence.filter(pc.is_in(evidence["finding"], value_set=of_suppliers)), party_ids, cards, as_of)
    counts = (weighed.known & (weighed.weight > 0)).tolist()
    columns = ["subject_id", "evidence_id", "finding", "indicator", "polarity"]
    found: dict[str, dict[Indicator, list[str]]] = {}
    for row, counted in zip(weighed.table.select(columns).to_pylist(), counts, strict=True):
        if counted and row["polarity"] in {None, Polarity.SUPPORTS}:
            named = {Indicator(row["indicator"])} if row["indicator"] else set()
            for indicator in {*named, *cards[row["finding"]].indicators}:
                found.setdefault(row["subject_id"], {}).setdefault(indicator, []).append(row["evidence_id"])
    return {
        subject: {one: tuple(sorted(ids[one])) for one in Indicator if one in ids} for subject, ids in found.items()
    }
