"""Rates pairs of good and country with the very model that rates suppliers, as one made-up supplier for each pair."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from fairlead.model.ids import BUYER_ID
from fairlead.model.schemas import LINK, PARTY, SITE
from fairlead.reference import load_csv
from fairlead.reference.load import Row
from fairlead.reference.source import last_day, source_records
from fairlead.risk.arrays import Floats, Ints
from fairlead.risk.backtest.universe import Edition, Universe
from fairlead.risk.cards import Cards
from fairlead.risk.context import context_evidence
from fairlead.risk.facts import ReferenceTables, with_inquiries
from fairlead.risk.rating import rate

#: Sources of the list that is to be foretold; what else they say may not be known to what is tested.
LIST_SOURCES: Final = frozenset({"us_dol_goods", "us_dol_goods_history"})


def rated_pairs(
    universe: Universe, rows: Ints, known: Edition, as_of: date, *, tables: ReferenceTables, cards: Cards | None = None
) -> Floats:
    """Return the rating's log-odds (nats) of the pairs in `rows` as of a day; nan where the model has no data.

    `known` is an edition of the list cut down to what may be known.
    Each pair becomes a supplier of which country, good and sector are known and nothing else. `tables` are those of
    `tables_as_of`; `cards` replace the shipped ones.
    """
    parties, links = _suppliers(universe, rows)
    tables = replace(tables, goods_listed=known.rows)
    evidence = context_evidence(parties, SITE.empty_table(), links, as_of, tables=tables)
    p = rate(parties, links, evidence, as_of, cards=cards)["p"].to_numpy(zero_copy_only=False).astype(np.float64)
    return np.asarray(np.log(p) - np.log1p(-p))


@cache
def tables_as_of(day: date) -> ReferenceTables:
    """Return the shipped tables without what nobody could know on a day, and without the list that is foretold.

    Facts with a year of their own (tiers, governance, ratifications, bans, permits) are cut off by the model itself.
    Labour imposed by a State is left out where its source had not been published by then, or is the list itself.
    """
    imposed = with_inquiries(_published("state_imposed", day), _published("labour_inquiries", day))
    return replace(ReferenceTables.shipped(), goods_listed=(), goods_listed_history=(), state_imposed=imposed)


def _published(table: str, day: date) -> tuple[Row, ...]:
    """Return the rows of a table whose source had surely been published by a day and is not the list."""
    sources = source_records()
    return tuple(
        row
        for row in load_csv(table)
        if row["source_id"] not in LIST_SOURCES
        and row["source_id"] in sources
        and last_day(sources[row["source_id"]].published) <= day
    )


def _suppliers(universe: Universe, rows: Ints) -> tuple[pa.Table, pa.Table]:
    """Return one party and one link for each pair."""
    ids = [f"pty_{row:06d}" for row in rows.tolist()]
    count = len(ids)
    empty = pa.array([[]] * count, pa.list_(pa.string()))
    parties = {
        "party_id": pa.array(ids, pa.string()),
        "kind": pa.repeat(pa.scalar("company"), count),
        "country": pa.array(universe.iso3[rows].tolist(), pa.string()),
        "row_ids": empty,
    }
    links = {
        "link_id": pa.array([f"lnk_{row:06d}" for row in rows.tolist()], pa.string()),
        "from_id": pa.array(ids, pa.string()),
        "to_id": pa.repeat(pa.scalar(BUYER_ID), count),
        "kind": pa.repeat(pa.scalar("supplies"), count),
        "good": pa.array(universe.good[rows].tolist(), pa.string()),
        "sector": pa.array(universe.sector[rows].tolist(), pa.string()),
        "row_ids": empty,
    }
    return _table(parties, PARTY, count), _table(links, LINK, count)


def _table(columns: dict[str, pa.Array], schema: pa.Schema, count: int) -> pa.Table:
    return pa.table([columns.get(field.name, pa.nulls(count, field.type)) for field in schema], schema=schema)
