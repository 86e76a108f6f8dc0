"""Places the suppliers of an assessment in an input-output table, with what is known of who buys how much from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np

from fairlead.errors import OptionError
from fairlead.model.ids import BUYER_ID
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.risk.context import DELIVERS
from fairlead.risk.upstream.industries import Product, TableCodes, isic_of_good, isic_of_sector, product_cells
from fairlead.risk.upstream.mapped_chain import Chain, MappedParty, chain_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class MappedSuppliers:
    """The chain with known suppliers, the demand on its ids (shares of the spend), and what could not be used.

    `suppliers` are the direct suppliers of what is bought, `further` those above them. `without_amount` counts links
    whose amount or share is not known, `not_placed` suppliers whose country or product is not in the table. `currency`
    is the one in which the direct suppliers are paid, empty where none is named.
    """

    chain: Chain
    demand: Floats
    suppliers: int
    further: int
    without_amount: int
    not_placed: int
    currency: str


@dataclass(frozen=True)
class _Link:
    seller: str
    buyer: str
    cell: int | None  # what is sold, in the seller's country
    spend: Decimal | None
    currency: str
    share: float | None


def mapped_suppliers(
    parties: Sequence[Row],
    links: Sequence[Row],
    table: InputOutputTable,
    codes: TableCodes,
    product: Product,
    spend: Decimal,
    currency: str | None = None,
) -> MappedSuppliers:
    """Return the chain in which the assessment's suppliers replace the cells of the table that they belong to.

    `parties` and `links` are rows of the assessment's tables. Of `spend`, what goes to direct suppliers of the
    product is theirs; the rest stays with the product's cells. What a supplier is known to buy from another is the
    link's share of its purchases, else the link's spend for each unit of what the supplier itself is paid; a link
    with neither says nothing about amounts and is counted. Cycles are allowed. `spend` is in `currency`; without one,
    in that of the suppliers.
    Raises OptionError when amounts are in several currencies or another one than the spend, or more is spent on the
    product than `spend`.
    """
    names = {party["party_id"]: party["name"] for party in parties if party["party_id"] != BUYER_ID}
    kept = _links(parties, links, table, codes)
    bought = set(product.cells.tolist())
    sold = [link for link in kept if link.buyer == BUYER_ID and link.cell in bought]
    paid_in = _currency(sold, currency)
    direct = _direct(sold, spend)
    reached, without = _upstream(kept, set(direct))
    ids = [*sorted(direct), *sorted(reached - set(direct))]
    cells = _cells_of(ids, kept, table, dict.fromkeys(direct, bought))
    inputs = _inputs(kept, ids, table, cells)
    chain = chain_of(table, [MappedParty(one, names[one], cells[one], inputs[one]) for one in ids])
    demand = np.zeros(chain.size)
    for place, party_id in enumerate(sorted(direct)):
        demand[table.cells + place] = float(direct[party_id] / spend)
    demand[product.cells] = product.shares * max(0.0, 1.0 - demand.sum())
    placed = {link.seller for link in kept if link.cell is not None}
    return MappedSuppliers(
        chain=chain,
        demand=demand,
        suppliers=len(direct),
        further=len(ids) - len(direct),
        without_amount=without + sum(not link.spend for link in sold),
        not_placed=len({link.seller for link in kept} - placed),
        currency=paid_in,
    )


def _links(parties: Sequence[Row], links: Sequence[Row], table: InputOutputTable, codes: TableCodes) -> list[_Link]:
    """Return the links that say who delivers to whom, each with the cell of what is delivered."""
    countries = {party["party_id"]: party["country"] for party in parties if party["party_id"] != BUYER_ID}
    cells: dict[tuple[str | None, tuple[str, ...]], int | None] = {}
    found = []
    for row in links:
        if row["kind"] not in DELIVERS or row["from_id"] not in countries or row["from_id"] == row["to_id"]:
            continue
        what = (countries[row["from_id"]], _isic(row["isic"], row["product"], row["sector"]))
        if what not in cells:
            cells[what] = _cell(table, codes, *what)
        spend = None if row["spend"] is None else Decimal(str(row["spend"]))
        found.append(_Link(row["from_id"], row["to_id"], cells[what], spend, row["currency"] or "", row["share"]))
    return found


@cache
def _isic(isic: str | None, hs: str | None, sector: str | None) -> tuple[str, ...]:
    """Return the ISIC codes of what a link delivers, by its own code, its good or its sector; maybe none."""
    if isic:
        return (isic,)
    try:
        return isic_of_good(hs) if hs else isic_of_sector(sector or "")
    except OptionError:
        return ()


def _cell(table: InputOutputTable, codes: TableCodes, country: str | None, isic: Sequence[str]) -> int | None:
    """Return the cell that makes something in a country, of several that of most output; None where there is none."""
    if not country or not isic:
        return None
    try:
        cells = product_cells(table, codes, country, isic).cells
    except OptionError:
        return None
    return int(cells[np.argmax(table.output[cells])])


def _cells_of(
    ids: Sequence[str], links: Sequence[_Link], table: InputOutputTable, only: Mapping[str, Collection[int]]
) -> Mapping[str, int]:
    """Return the cell of each party: of several that it delivers from, within `only`, that of most output."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for link in links:
        if link.cell is not None and link.cell in only.get(link.seller, (link.cell,)):
            found[link.seller].add(link.cell)
    return {one: max(sorted(found[one]), key=lambda cell: float(table.output[cell])) for one in ids}


def _currency(links: Sequence[_Link], asked: str | None) -> str:
    """Return the currency in which the suppliers of the product are paid. Raises OptionError when it is not one."""
    currencies = sorted({link.currency for link in links if link.spend})
    if len(currencies) > 1:
        raise OptionError(
            f"The mapped suppliers of this product are paid in {', '.join(currencies)}.",
            do="Give the list in one currency.",
        )
    found = currencies[0] if currencies else ""
    if asked and found and asked != found:
        raise OptionError(
            f"The mapped suppliers of this product are paid in {found}, and the spend is in {asked}.",
            do=f"Give the spend in {found}.",
        )
    return found or asked or ""


def _direct(links: Sequence[_Link], spend: Decimal) -> dict[str, Decimal]:
    """Return what is spent on each direct supplier of the product."""
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    for link in links:
        if link.spend:
            paid[link.seller] += link.spend
    total = sum(paid.values())
    if total > spend:
        raise OptionError(
            f"The mapped suppliers of this product are paid {total:,.0f}, which is more than --spend {spend:,.0f}.",
            do="Give all that is spent on this product.",
        )
    return dict(paid)


def _upstream(links: Sequence[_Link], start: set[str]) -> tuple[set[str], int]:
    """Return all placed parties that sell up the chain to those at the start, and how many links have no amount."""
    sellers: defaultdict[str, list[_Link]] = defaultdict(list)
    paid = _paid(links)
    for link in links:
        if link.cell is not None:
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
    links: Sequence[_Link], ids: Sequence[str], table: InputOutputTable, cells: Mapping[str, int]
) -> Mapping[str, tuple[tuple[int, float], ...]]:
    """Return what each party buys from the others per unit of its output."""
    places = {party_id: place for place, party_id in enumerate(ids)}
    paid = _paid(links)
    found: dict[str, defaultdict[int, float]] = {party_id: defaultdict(float) for party_id in ids}
    for link in sorted(links, key=lambda link: (link.seller, link.buyer, link.share or 0.0, link.spend or 0)):
        amount = _amount(link, paid) if link.seller in places and link.buyer in places else None
        if amount is not None:
            value, is_share = amount
            bought = float(table.input_column(cells[link.buyer])[1].sum()) if is_share else 1.0
            found[link.buyer][places[link.seller]] += value * bought
    return {party_id: tuple(sorted(one.items())) for party_id, one in found.items()}
