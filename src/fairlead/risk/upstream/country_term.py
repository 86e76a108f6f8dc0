"""The rating's own country term, country by country: what place alone adds to the log-odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from fairlead.model.schemas import LINK, PARTY, SITE
from fairlead.risk.cards import Group, shipped_cards
from fairlead.risk.combine import totals
from fairlead.risk.context import context_evidence
from fairlead.risk.facts import ReferenceTables
from fairlead.risk.rating import score


def country_terms(
    countries: Sequence[str], as_of: date, *, tables: ReferenceTables | None = None
) -> Mapping[str, float | None]:
    """Return for each country (ISO 3166-1 alpha-3) what its indices and conventions add to the log-odds, in nats.

    It is the term of a party of which nothing but the country is known, as `rate` computes it, without State-imposed
    labour; None where the reference pack knows nothing of the country. Facts dated after `as_of` are left out.
    """
    parties = pa.Table.from_pylist([_party(iso3) for iso3 in countries], schema=PARTY)
    cards = shipped_cards()
    evidence = context_evidence(parties, SITE.empty_table(), LINK.empty_table(), as_of, tables=tables)
    scored = score(parties, LINK.empty_table(), evidence, as_of)
    weighed, parts = scored.weighed, scored.parts
    of_country = np.array([card.group is Group.COUNTRY for card in cards.values()])[weighed.card]
    sums = totals(weighed.subject, np.where(of_country, parts.nats, 0.0), len(countries))
    known = set(weighed.subject[of_country].tolist())
    return {iso3: float(sums[place]) if place in known else None for place, iso3 in enumerate(countries)}


def _party(iso3: str) -> dict[str, Any]:
    return {"party_id": f"pty_{iso3}", "kind": "company", "name": iso3, "country": iso3, "row_ids": []}
