"""Places the suppliers of an assessment in an input-output table, with what is known of who buys how much from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from fairlead.errors import OptionError
from fairlead.model.ids import BUYER_ID
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.risk.context import DELIVERS
from fairlead.risk.industries import Product, TableCodes, isic_of_good, isic_of_sector, product_cells
from fairlead.risk.mapped_chain import Chain, MappedParty, chain_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class MappedSuppliers:
    """The chain with known suppliers, the demand on its ids (shares of the spend), and what could not be used.

    `suppliers` are the direct suppliers of what is bought, `further` those above them. `without_amount` counts links
    whose amount or share is not known, `not_placed` suppliers whose country or product is not in the table.
    """

    chain: Chain
    demand: Floats
    suppliers: int
    further: int
    without_amount: int
    not_placed: int


@dataclass(frozen=True)
class _Link:
    seller: str
    buyer: str
    spend: Decimal | None
    currency: str
    share: float | None


def mapped_suppliers(
    parties: Iterable[Row],
    links: Iterable[Row],
    table: InputOutputTable,
    codes: TableCodes,
    product: Product,
    spend: float,
) -> MappedSuppliers:
    """Return the chain in which the assessment's suppliers replace the cells of the table that they belong to.

    `parties` and `links` are rows of the assessment's tables. Of `spend`, what goes to direct suppliers of the
    product is theirs; the rest stays with the product's cells. What a supplier is known to buy from another is the
    link's share of its purchases, else the link's spend for each unit of what the supplier itself is paid; a link
    with neither says nothing about amounts and is counted. Cycles are allowed.
    Raises OptionError when amounts are in several currencies, or more is spent on the product than `spend`.
    """
    kept = [
        _link(row) for row in links if row["kind"] in DELIVERS and row["from_id"] and row["from_id"] != row["to_id"]
    ]
    cells = _cells(parties, links, table, codes)
    placed = {party_id for party_id, (cell, _) in cells.items() if cell is not None}
    direct = _direct(kept, {party for party in placed if cells[party][0] in set(product.cells.tolist())}, spend)
    reached, without = _upstream(kept, set(direct), placed)
    ids = [*sorted(direct), *sorted(reached - set(direct))]
    places = {party_id: place for place, party_id in enumerate(ids)}
    inputs = _inputs(kept, places, table, {party_id: cells[party_id][0] for party_id in ids})
    chain = chain_of(
        table,
        [MappedParty(party_id, cells[party_id][1], int(cells[party_id][0] or 0), inputs[party_id]) for party_id in ids],
    )
    demand = np.zeros(chain.size)
    for party_id, amount in direct.items():
        demand[table.cells + places[party_id]] = amount / spend
    demand[product.cells] = product.shares * max(0.0, 1.0 - demand.sum())
    return MappedSuppliers(
        chain=chain,
        demand=demand,
        suppliers=len(direct),
        further=len(ids) - len(direct),
        without_amount=without,
        not_placed=sum(cell is None for cell, _ in cells.values()),
    )


def _link(row: Row) -> _Link:
    spend = None if row["spend"] is None else Decimal(str(row["spend"]))
    return _Link(row["from_id"], row["to_id"], spend, row["currency"] or "", row["share"])


def _cells(
    parties: Iterable[Row], links: Iterable[Row], table: InputOutputTable, codes: TableCodes
) -> dict[str, tuple[int | None, str]]:
    """Return for each party that delivers something its cell and its name; of several cells that of most output."""
    made: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
    for row in links:
        if row["kind"] in DELIVERS and row["from_id"]:
            made[row["from_id"]].append(_isic(row))
    found: dict[str, tuple[int | None, str]] = {}
    for party in parties:
        isic = tuple(dict.fromkeys(code for one in made.get(party["party_id"], ()) for code in one))
        if party["party_id"] in made and party["party_id"] != BUYER_ID:
            found[party["party_id"]] = (_cell(table, codes, party["country"], isic), party["name"])
    return found


def _isic(link: Row) -> tuple[str, ...]:
    if link["isic"]:
        return (link["isic"],)
    try:
        return isic_of_good(link["product"]) if link["product"] else isic_of_sector(link["sector"] or "")
    except OptionError:
        return ()


def _cell(table: InputOutputTable, codes: TableCodes, country: str | None, isic: Sequence[str]) -> int | None:
    if not country or not isic:
        return None
    try:
        cells = product_cells(table, codes, country, isic).cells
    except OptionError:
        return None
    return int(cells[np.argmax(table.output[cells])])


def _direct(links: Sequence[_Link], makers: set[str], spend: float) -> dict[str, float]:
    """Return what is spent on each direct supplier of the product."""
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    currencies = set()
    for link in links:
        if link.buyer == BUYER_ID and link.seller in makers and link.spend:
            paid[link.seller] += link.spend
            currencies.add(link.currency)
    if len(currencies) > 1:
        raise OptionError(
            f"The mapped suppliers of this product are paid in {', '.join(sorted(currencies))}.",
            do="Give the list in one currency.",
        )
    total = float(sum(paid.values()))
    if total > spend * (1 + 1e-9):
        raise OptionError(
            f"The mapped suppliers of this product are paid {total:,.0f}, which is more than --spend {spend:,.0f}.",
            do="Give all that is spent on this product.",
        )
    return {party_id: float(amount) for party_id, amount in paid.items()}


def _upstream(links: Sequence[_Link], start: set[str], placed: set[str]) -> tuple[set[str], int]:
    """Return all placed parties that sell up the chain to those at the start, and how many links have no amount."""
    sellers: defaultdict[str, list[_Link]] = defaultdict(list)
    paid = _paid(links)
    for link in links:
        if link.seller in placed:
            sellers[link.buyer].append(link)
    reached, waiting, without = set(start), sorted(start), 0
    while waiting:
        for link in sellers[waiting.pop()]:
            if _amount(link, paid) is None:
                without += 1
            elif link.seller not in reached:
                reached.add(link.seller)
                waiting.append(link.seller)
    return reached, without


def _paid(links: Sequence[_Link]) -> Mapping[tuple[str, str], Decimal]:
    """Return what each party is paid in all, by currency."""
    paid: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for link in links:
        if link.spend:
            paid[link.seller, link.currency] += link.spend
    return paid


def _amount(link: _Link, paid: Mapping[tuple[str, str], Decimal]) -> tuple[float, bool] | None:
    """Return what the buyer is known to buy: a share of its purchases (True), or per unit of its output (False)."""
    if link.share is not None and 0 < link.share <= 1:
        return link.share, True
    whole = paid.get((link.buyer, link.currency))
    if link.spend and whole:
        return float(link.spend / whole), False
    return None


def _inputs(
    links: Sequence[_Link], places: Mapping[str, int], table: InputOutputTable, cells: Mapping[str, int | None]
) -> Mapping[str, tuple[tuple[int, float], ...]]:
    """Return what each party buys from the others per unit of its output."""
    paid = _paid(links)
    found: dict[str, defaultdict[int, float]] = {party_id: defaultdict(float) for party_id in places}
    for link in links:
        amount = _amount(link, paid) if link.seller in places and link.buyer in places else None
        if amount is not None:
            value, is_share = amount
            bought = float(table.input_column(int(cells[link.buyer] or 0))[1].sum()) if is_share else 1.0
            found[link.buyer][places[link.seller]] += value * bought
    return {party_id: tuple(sorted(one.items())) for party_id, one in found.items()}
