"""The links that ownership data add to those of a list, one for each pair of parties and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import content_id
from fairlead.model.schemas import HOLDING, LINK, SHARE_TYPE
from fairlead.model.vocabulary import LinkKind, Reach

#: Links that say who stands above whom.
HOLDS: Final = (LinkKind.OWNS, LinkKind.CONTROLS, LinkKind.OPERATES)


def with_ownership_links(links: pa.Table, holdings: pa.Table) -> pa.Table:
    """Return the links (LINK) with those that the holdings (HOLDING) say and that the list does not.

    A link has a share or a date only where everything that is said of the pair agrees on it.
    """
    said: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in holdings.filter(holdings["source_id"].is_valid()).to_pylist():
        said.setdefault((row["from_id"], row["to_id"], row["kind"]), []).append(row)
    known = set(zip(*(links[column].to_pylist() for column in ("from_id", "to_id", "kind")), strict=True))
    added = [_link(ends, rows) for ends, rows in said.items() if ends not in known]
    if not added:
        return links
    table = pa.concat_tables([links, pa.Table.from_pylist(added, schema=LINK)])
    return table.take(pc.sort_indices(table, sort_keys=[("link_id", "ascending")]))


def _link(ends: tuple[str, str, str], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    shares = {(row["share_low"], row["share_high"]) for row in rows if row["share_low"] is not None}
    low, high = shares.pop() if len(shares) == 1 else (None, None)
    return {
        "link_id": content_id("lnk", *ends, "ownership data"),
        "from_id": ends[0],
        "to_id": ends[1],
        "kind": ends[2],
        "share": float(low) if low is not None and low == high else None,
        "from_date": _agreed(row["from_date"] for row in rows),
        "to_date": _agreed(row["to_date"] for row in rows),
        "row_ids": [],
        "locators": sorted({row["locator"] for row in rows}),
    }


def _agreed(dates: Any) -> str | None:
    found = set(dates)
    return found.pop() if len(found) == 1 else None


def holdings_of_links(links: pa.Table) -> pa.Table:
    """Return what links (LINK) say of owners, controllers and operators as HOLDING, the share where a link has one.

    Where a link stands in no file, its own id is the place.
    """
    rows = [
        {
            "from_id": link["from_id"],
            "to_id": link["to_id"],
            "kind": link["kind"],
            "interest": link["kind"],
            "share_low": share,
            "share_high": share,
            "reach": Reach.DIRECT,
            "certain": True,
            "from_date": link["from_date"],
            "to_date": link["to_date"],
            "locator": "; ".join(link["locators"] or ()) or link["link_id"],
        }
        for link in links.filter(pc.is_in(links["kind"], value_set=pa.array(HOLDS, pa.string()))).to_pylist()
        if link["from_id"] and link["to_id"]
        for share in (None if link["share"] is None else round(Decimal(repr(link["share"])), SHARE_TYPE.scale),)
    ]
    return pa.Table.from_pylist(rows, schema=HOLDING).sort_by([("locator", "ascending"), ("from_id", "ascending")])
