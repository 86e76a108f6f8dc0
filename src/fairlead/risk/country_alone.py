"""What each country makes of a rating with nothing else known of the supplier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import BUYER_ID
from fairlead.model.schemas import LINK, PARTY, SITE
from fairlead.reference import load_csv
from fairlead.risk.cards import Group, shipped_cards
from fairlead.risk.context import context_evidence
from fairlead.risk.parameters import shipped_parameters
from fairlead.risk.rating import score
from fairlead.risk.regions import UNKNOWN, Regions

#: Groups that say what a supplier deals in.
_PRODUCT_GROUPS: Final = frozenset({Group.GOOD, Group.UPSTREAM, Group.SECTOR})


@dataclass(frozen=True)
class CountryRow:
    """What one country makes of a rating with nothing else known; `imposed` that its State imposes labour then."""

    iso3: str
    region: str
    quarter: str
    imposed: bool
    log_odds: float
    p: float
    band: str


def country_alone(as_of: date) -> tuple[CountryRow, ...]:
    """Return what each country of the reference pack makes of a rating by itself, from the highest.

    Each is rated as a supplier of whom nothing is known but the country, in a sector for which country facts count in
    full and that itself counts nothing.
    """
    cards, parameters = shipped_cards(), shipped_parameters()
    codes = sorted(row["iso3"] for row in load_csv("countries"))
    sector = sorted(parameters.measured_sectors)[0]
    parties = pa.Table.from_pylist([{"party_id": one, "kind": "company", "country": one} for one in codes], PARTY)
    links = pa.Table.from_pylist(
        [{"from_id": one, "to_id": BUYER_ID, "kind": "supplies", "sector": sector} for one in codes], LINK
    )
    facts = context_evidence(parties, SITE.empty_table(), links, as_of)
    of_place = pa.array([key for key, card in cards.items() if card.group not in _PRODUCT_GROUPS], pa.string())
    scored = score(parties, links, facts.filter(pc.is_in(facts["finding"], value_set=of_place)), as_of)
    imposed = set(scored.weighed.table["subject_id"].filter(pa.array(scored.weighed.imposed)).to_pylist())
    regions = Regions.of(as_of)
    rows = [
        CountryRow(
            iso3=iso3,
            region=regions.region.get(iso3, UNKNOWN),
            quarter=regions.quarter.get(iso3, UNKNOWN),
            imposed=iso3 in imposed,
            log_odds=log_odds,
            p=p,
            band=str(parameters.bands[band].band),
        )
        for iso3, log_odds, p, band in zip(
            scored.ids.to_pylist(),
            scored.sums.log_odds.tolist(),
            scored.sums.p.tolist(),
            scored.bands().tolist(),
            strict=True,
        )
    ]
    return tuple(sorted(rows, key=lambda row: (-row.log_odds, row.iso3)))
