"""The order in which to look at suppliers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import pyarrow as pa

from fairlead.model.vocabulary import Band, LinkKind

#: Groups of the order, from the first: the bands, with those of whom nothing is known above the two lowest bands,
#: because "no data" is no reason to look away.
_ORDER: Final = (
    Band.VERY_HIGH,
    Band.HIGH,
    Band.ELEVATED,
    None,
    Band.MODERATE,
    Band.LOW,
)
_PLACE: Final = {band: place for place, band in enumerate(_ORDER)}

#: Links whose giver takes part in the chain; who is only named as an owner or customer comes last.
_TAKES_PART: Final = frozenset(
    {
        LinkKind.SUPPLIES,
        LinkKind.SUBCONTRACTS,
        LinkKind.RECRUITS_FOR,
        LinkKind.SECONDS_TO,
        LinkKind.OPERATES,
        LinkKind.HOUSES,
    }
)

_LISTED: Final = "listed_import_ban"

#: Differences beyond these digits are rounding of the machine and say nothing.
_DIGITS: Final = 9


def rank(ratings: pa.Table, evidence: pa.Table, links: pa.Table) -> list[str]:
    """Return the ids of the rated subjects in the order in which to look at them.

    First those that take part in the chain before those that are only named as owner or customer; among them those
    on an import ban or forced labour list; then by band from the highest, with "no data" between elevated and
    moderate; within a band by probability; then by spend, as the share of all spend in the same currency (amounts
    in different currencies are never compared); at last by id, so that the order is the same in every run.
    """
    listed = {
        row["subject_id"] for row in evidence.select(["subject_id", "finding"]).to_pylist() if row["finding"] == _LISTED
    }
    chain = links.select(["from_id", "kind"]).to_pylist()
    taking_part = {link["from_id"] for link in chain if link["kind"] in _TAKES_PART}
    spend = spend_share(links)

    def key(row: Mapping[str, object]) -> tuple[bool, bool, int, float, float, str]:
        subject = str(row["subject_id"])
        band = Band(str(row["band"])) if row["band"] else None
        p = row["p"]
        return (
            subject not in taking_part,
            subject not in listed,
            _PLACE[band],
            -round(p, _DIGITS) if isinstance(p, float) else 0.0,
            -spend.get(subject, 0.0),
            subject,
        )

    rows = ratings.select(["subject_id", "band", "p"]).to_pylist()
    return [str(row["subject_id"]) for row in sorted(rows, key=key)]


def spend_share(links: pa.Table) -> Mapping[str, float]:
    """Return each party's spend as a share of all spend in its currency; the largest share where it has several."""
    by_currency: defaultdict[str, Decimal] = defaultdict(Decimal)
    by_party: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for link in links.select(["from_id", "spend", "currency"]).to_pylist():
        if link["spend"] is not None and link["spend"] > 0 and link["from_id"]:
            currency = link["currency"] or ""
            by_currency[currency] += link["spend"]
            by_party[link["from_id"], currency] += link["spend"]
    shares: dict[str, float] = {}
    for (party, currency), amount in by_party.items():
        shares[party] = max(shares.get(party, 0.0), float(amount / by_currency[currency]))
    return shares
