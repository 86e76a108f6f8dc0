"""Small graphs of owners for the tests; every party is fictional."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from fairlead.identity.compare import Comparison
from fairlead.model.schemas import HOLDING
from fairlead.model.vocabulary import Verdict
from fairlead.screen import WatchList
from fairlead.screen.hit import Hit
from fairlead.screen.owner_findings import OwnerFinding, OwnerFindings, find_owned
from tests.screen.builders import entry, watch_list

AS_OF = date(2026, 3, 31)


def holding(holder: str, held: str, share: object = None, **said: Any) -> dict[str, Any]:
    """One row of HOLDING; `share` in percent: a number, two ends, or None where the source gives none."""
    ends = share if isinstance(share, tuple) else (share, share)
    low, high = (None if end is None else Decimal(str(end)) / 100 for end in ends)
    return {
        "from_id": holder,
        "to_id": held,
        "kind": "owns",
        "interest": "shareholding",
        "share_low": low,
        "share_high": high,
        "reach": "direct",
        "certain": True,
        "from_date": None,
        "to_date": None,
        "source_id": "ab" * 32,
        "edition": "ab",
        "locator": f"owners.json: {holder} in {held}",
        **said,
    }


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=HOLDING)


def hit(party: str, verdict: Verdict = Verdict.MATCH, list_: WatchList | None = None, **said: Any) -> Hit:
    listed = entry(f"{party} as listed", **said)
    score = 1.0 if verdict is Verdict.MATCH else 0.85
    return Hit(party, party, list_ or watch_list(listed), listed, listed.name, Comparison(score, verdict, ()))


def owned(
    holdings: Iterable[dict[str, Any]],
    *,
    listed: Sequence[str] = ("X",),
    maybe: Sequence[str] = (),
    possible: Sequence[tuple[str, str]] = (),
    as_of: date = AS_OF,
) -> OwnerFindings:
    """Follow the owners where `listed` are matches on a list and `maybe` possible matches; everybody is a subject."""
    rows = list(holdings)
    parties = {row[end] for row in rows for end in ("from_id", "to_id")} | {one for pair in possible for one in pair}
    hits = [*map(hit, listed), *(hit(party, Verdict.REVIEW) for party in maybe)]
    return find_owned(
        hits, table(*rows), {one: one for one in parties}, as_of=as_of, subjects=parties, possible=possible
    )


def found(result: OwnerFindings) -> dict[str, str]:
    """The findings by party; of several the last."""
    return {one.party_id: one.finding for one in result.findings}


def only(result: OwnerFindings, party: str) -> OwnerFinding:
    (one,) = [each for each in result.findings if each.party_id == party]
    return one
