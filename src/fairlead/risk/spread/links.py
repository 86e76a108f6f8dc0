"""Makes the graph along which risk spreads from the table of links: what each kind of link carries.

Goods go from the supplier to the customer by share. Labour providers, dormitories and owners are links as well, and
carry risk both ways: an agency's practices come with its workers, and what is found where they work says something of
the agency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from fairlead.errors import LinkError, Where
from fairlead.model.ids import BUYER_ID
from fairlead.model.message import Message, message
from fairlead.model.vocabulary import LinkKind
from fairlead.read.chain_tables import first_row
from fairlead.risk.spread.graph import Bonds, SpreadGraph, spread_graph
from fairlead.risk.spread.parameters import LinkRule, SpreadParameters
from fairlead.risk.spread.weights import BASES, Basis, parts_of_whole

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

KINDS: Final = tuple(LinkKind)
_RULE: Final = BASES.index(Basis.RULE)
#: What shares that are stated leave is divided among these.
_LEFT_OVER: Final = (BASES.index(Basis.SPEND), BASES.index(Basis.EVEN))


@dataclass(frozen=True)
class Stated:
    """What links state, by receiver and giver: numbers of parties, kinds (places in KINDS), `share` and spend.

    `amount` is the spend in the currency with the number `currency`; NaN is not known, `good` is null where none is.
    """

    giver: Integers
    receiver: Integers
    kind: Integers
    share: Doubles
    amount: Doubles
    currency: Integers
    good: pa.Array


@dataclass(frozen=True)
class Links(Stated):
    """Links with what they carry: `weight` from giver to receiver, `back` the other way, `basis` (a place in BASES)."""

    weight: Doubles
    back: Doubles
    basis: Integers

    def between(self, giver: int, receiver: int) -> range:
        """Return the places of the links from one party to another."""
        low, high = np.searchsorted(self.receiver, [receiver, receiver + 1])
        inside = self.giver[low:high]
        return range(*(int(low + place) for place in np.searchsorted(inside, [giver, giver + 1])))


@dataclass(frozen=True)
class Chain:
    """All parties in the order of their ids, the links between them, and the graph along which risk spreads."""

    ids: pa.Array
    links: Links
    graph: SpreadGraph
    remarks: tuple[Message, ...]


def chain_of(
    parties: pa.Table,
    links: pa.Table,
    parameters: SpreadParameters,
    *,
    as_of: str | None = None,
    file: str = "links.csv",
) -> Chain:
    """Lay out parties and links as a graph.

    `parties` needs the column party_id, `links` columns of LINK: from_id and to_id, and any of kind (supplies where it
    is null), good, share, spend, currency and to_date. With `as_of` (ISO 8601), links that have ended by that day are
    left out. `file` names the links in errors. The order of rows never matters.

    Raises LinkError for a share that is negative, over 1 or no number, for a spend without end, and for a kind that
    does not exist.
    """
    table, set_aside = _usable(_whole(links, file), as_of)
    ids = _ids(parties, table)
    found, over = _weighted(table, ids, parameters.rules)
    remarks = (*set_aside, *_doubtful(found, over, ids, parties["party_id"]))
    return Chain(ids, found, _graph(found, len(ids)), remarks)


def _doubtful(links: Links, over: Integers, ids: pa.Array, listed: pa.ChunkedArray) -> list[Message]:
    """Return a remark on each sort of thing that was followed and may be wrong."""
    known = pa.concat_arrays([*listed.cast(pa.string()).chunks, pa.array([BUYER_ID])])
    nothing_left = np.isin(links.basis, _LEFT_OVER) & (links.weight == 0)
    return [
        *_counted(
            pc.invert(pc.is_in(ids, value_set=known)),
            lambda count: message(
                "Parties that stand in links only, without data of their own: {count:number}.", count=count
            ),
        ),
        *_counted(
            pa.array(links.amount < 0),
            lambda count: message(
                "Links with a spend below nothing, which says nothing of shares: {count:number}.", count=count
            ),
        ),
        *_counted(
            pa.array(np.ones(len(over), bool)),
            lambda count: message(
                "Parties whose suppliers' shares pass 100% together and were brought down to it: {count:number}.",
                count=count,
            ),
        ),
        *_counted(
            pa.array(nothing_left),
            lambda count: message(
                "Links without a share to parties whose other suppliers' shares make 100% already, so that nothing is "
                "left for them and they carry nothing: {count:number}.",
                count=count,
            ),
        ),
    ]


_TYPES: Final = {
    "from_id": pa.string(),
    "to_id": pa.string(),
    "kind": pa.string(),
    "good": pa.string(),
    "share": pa.float64(),
    "spend": pa.float64(),
    "currency": pa.string(),
    "to_date": pa.string(),
}


def _whole(links: pa.Table, file: str) -> pa.Table:
    """Return the columns that are needed, checked; those that are missing are empty."""
    columns = {
        name: links[name].cast(kind).combine_chunks() if name in links.column_names else pa.nulls(links.num_rows, kind)
        for name, kind in _TYPES.items()
    }
    share, kinds = columns["share"], pc.fill_null(columns["kind"], LinkKind.SUPPLIES)
    wrong = pc.invert(pc.and_(pc.greater_equal(share, 0), pc.less_equal(share, 1)))
    _refuse(
        pc.fill_null(wrong, False),
        share,
        Where(file=file, column="share"),
        message("a share of {value} cannot be; shares lie between 0 and 1."),
        message("Write 40% as 0.4, or leave the cell empty where the share is not known."),
    )
    _refuse(
        pc.fill_null(pc.is_inf(columns["spend"]), False),
        columns["spend"],
        Where(file=file, column="spend"),
        message("a spend of {value} cannot be."),
        message("Write the amount, or leave the cell empty where it is not known."),
    )
    _refuse(
        pc.invert(pc.is_in(kinds, value_set=pa.array([str(kind) for kind in KINDS]))),
        kinds,
        Where(file=file, column="kind"),
        message("“{value}” is no kind of link."),
        message("The kinds are: {kinds}.", kinds=", ".join(KINDS)),
    )
    return pa.table({**columns, "kind": kinds})


def _refuse(wrong: pa.Array, values: pa.Array, where: Where, what: Message, do: Message) -> None:
    place = pc.index(wrong, True).as_py()
    if place >= 0:
        raise LinkError(
            Message(what.template, {"value": str(values[place].as_py())}),
            where=Where(file=where.file, row=place + first_row(where.file or ""), column=where.column),
            do=do,
        )


def _usable(table: pa.Table, as_of: str | None) -> tuple[pa.Table, list[Message]]:
    """Leave out what carries nothing, with a remark for each sort of it."""
    open_ended = pc.or_(pc.is_null(table["from_id"]), pc.is_null(table["to_id"]))
    to_itself = pc.fill_null(pc.equal(table["from_id"], table["to_id"]), False)
    ended = pc.fill_null(pc.less_equal(_last_day(table["to_date"]), as_of), False) if as_of else None
    notes = [
        *_counted(
            open_ended,
            lambda count: message(
                "Links without a second end, such as those of suppliers of the second tier whose customer is not "
                "named; they reach nobody: {count:number}.",
                count=count,
            ),
        ),
        *_counted(
            to_itself, lambda count: message("Links from a party to itself, set aside: {count:number}.", count=count)
        ),
        *_counted(ended, lambda count: message("Links that have ended, left out: {count:number}.", count=count)),
    ]
    out = pc.or_(open_ended, to_itself)
    return table.filter(pc.invert(out if ended is None else pc.or_(out, ended))), notes


def _counted(sort: pa.Array | pa.ChunkedArray | None, said: Callable[[str], Message]) -> list[Message]:
    """Return the remark on a sort of links, where there are any."""
    count = 0 if sort is None else pc.sum(sort.cast(pa.int64())).as_py() or 0
    return [said(str(count))] if count else []


def _last_day(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return ISO dates with the last day of the year or month where they are no more precise."""
    length = pc.utf8_length(dates)
    rest = pc.if_else(pc.equal(length, 4), "-12-31", pc.if_else(pc.equal(length, 7), "-31", ""))
    return pc.utf8_slice_codeunits(pc.binary_join_element_wise(dates, rest, ""), 0, 10)


def _ids(parties: pa.Table, links: pa.Table) -> pa.Array:
    columns = [parties["party_id"].cast(pa.string()), links["from_id"], links["to_id"]]
    chunks = [chunk for column in columns for chunk in column.chunks]
    every = pc.unique(pa.chunked_array(chunks, pa.string())).drop_null()
    return every.take(pc.array_sort_indices(every))


def _weighted(table: pa.Table, ids: pa.Array, rules: Mapping[LinkKind, LinkRule]) -> tuple[Links, Integers]:
    """Return the links in their order with what each carries, and the receivers whose shares pass 1 together."""
    stated = _stated(table, ids)
    weight, back, basis, over = _carried(stated, len(ids), rules)
    return Links(**vars(stated), weight=weight, back=back, basis=basis), over


def _stated(table: pa.Table, ids: pa.Array) -> Stated:
    """Return the links by numbers of parties; their order is settled by content, because sums depend on it."""
    currencies = pc.unique(table["currency"]).drop_null()
    currencies = currencies.take(pc.array_sort_indices(currencies))
    receiver, giver = _numbers(table["to_id"], ids), _numbers(table["from_id"], ids)
    kind = _numbers(table["kind"], pa.array([str(kind) for kind in KINDS]))
    currency = _numbers(table["currency"], currencies)
    amount, share = _doubles(table["spend"]), _doubles(table["share"])
    good = table["good"].combine_chunks()
    goods = pc.unique(good).drop_null()
    good_number = _numbers(table["good"], goods.take(pc.array_sort_indices(goods)))
    order = np.lexsort((good_number, share, amount, currency, kind, giver, receiver))
    return Stated(
        giver=giver[order],
        receiver=receiver[order],
        kind=kind[order],
        share=share[order],
        amount=amount[order],
        currency=currency[order],
        good=good.take(pa.array(order)),
    )


def _numbers(column: pa.ChunkedArray, values: pa.Array) -> Integers:
    found: Integers = pc.fill_null(pc.index_in(column, value_set=values), -1).to_numpy().astype(np.int64)
    return found


def _doubles(column: pa.ChunkedArray) -> Doubles:
    found: Doubles = column.to_numpy().astype(np.float64)
    return found


def _carried(
    links: Stated, parties: int, rules: Mapping[LinkKind, LinkRule]
) -> tuple[Doubles, Doubles, Integers, Integers]:
    """Return by link what it carries forwards and back, its basis, and the receivers whose shares pass 1."""
    weight, back = np.zeros(len(links.kind)), np.zeros(len(links.kind))
    basis, over = np.full(len(links.kind), _RULE), np.empty(0, np.int64)
    traced = np.isin(links.kind, [KINDS.index(rule.kind) for rule in rules.values() if rule.by == "traced"])
    if traced.any():
        stated = (links.share[traced], links.amount[traced], links.currency[traced])
        parts = parts_of_whole(links.receiver[traced], parties, *stated)
        weight[traced], basis[traced], over = parts.part, parts.basis, parts.over
    for rule in rules.values():
        mine = np.flatnonzero(links.kind == KINDS.index(rule.kind))
        if rule.by == "traced":
            weight[mine] *= rule.weight
            continue
        giver, receiver = links.giver[mine], links.receiver[mine]
        held = np.ones(len(mine))
        if rule.by == "share":
            held = _held(links.share[mine], giver * parties + receiver, rule.share_unknown)
        givers, _ = distinct_pairs(giver, receiver, parties)
        served = np.bincount(givers, minlength=parties)[giver]
        weight[mine], back[mine] = rule.weight * held, rule.back * held / served
    return weight, back, basis, over


def _held(share: Doubles, pair: Integers, unknown: float) -> Doubles:
    """Return the share held by link: where it names none, the largest that a link between the same two does name."""
    _, place = np.unique(pair, return_inverse=True)
    named = np.full(len(pair), -1.0)
    np.maximum.at(named, place, np.nan_to_num(share, nan=-1.0))
    largest = named[place]
    return np.where(np.isnan(share), np.where(largest < 0, unknown, largest), share)


def distinct_pairs(first: Integers, second: Integers, count: int) -> tuple[Integers, Integers]:
    """Return each pair of numbers once, in order; `second` lies between 0 and `count` - 1."""
    keys = np.unique(first * max(count, 1) + second)
    return keys // max(count, 1), keys % max(count, 1)


def _graph(links: Links, parties: int) -> SpreadGraph:
    """Join the links of every pair of parties; pairs with a way back become bonds, the others one-way links.

    Goods of one kind of link are added up, to 1 at most. Of other links of one kind the strongest counts: a recruiter
    that is named for two sites, or an owner that two sources name, is one tie told twice. Kinds are joined by noisy-or,
    as separate ways of the same risk.
    """
    bound = links.back > 0
    giver = np.concatenate([links.giver, links.receiver[bound]])
    receiver = np.concatenate([links.receiver, links.giver[bound]])
    kind = np.concatenate([links.kind, links.kind[bound] + len(KINDS)])
    weight = np.concatenate([links.weight, links.back[bound]])
    goods = np.concatenate([links.basis != _RULE, np.zeros(int(bound.sum()), bool)])
    pair, carried = _joined(giver * parties + receiver, kind, weight, goods)
    giver, receiver = pair // max(parties, 1), pair % max(parties, 1)
    low, high = np.minimum(giver, receiver), np.maximum(giver, receiver)
    undirected = low * parties + high
    bonded = np.unique(
        np.minimum(links.giver[bound], links.receiver[bound]) * parties
        + np.maximum(links.giver[bound], links.receiver[bound])
    )
    of_bond = np.isin(undirected, bonded)
    forward, back = np.zeros(len(bonded)), np.zeros(len(bonded))
    place = np.searchsorted(bonded, undirected[of_bond])
    upwards = (giver < receiver)[of_bond]
    forward[place[upwards]] = carried[of_bond][upwards]
    back[place[~upwards]] = carried[of_bond][~upwards]
    bonds = Bonds(bonded // max(parties, 1), bonded % max(parties, 1), forward, back)
    return spread_graph(parties, giver[~of_bond], receiver[~of_bond], carried[~of_bond], bonds)


def _joined(pair: Integers, kind: Integers, weight: Doubles, goods: NDArray[np.bool_]) -> tuple[Integers, Doubles]:
    """Return each directed pair once, in order, with what all its links carry together; those of `goods` add up."""
    order = np.lexsort((weight, kind, pair))
    pair, kind, weight, goods = pair[order], kind[order], weight[order], goods[order]
    if not len(pair):
        return pair, weight
    first = np.flatnonzero(np.append(True, (np.diff(pair) != 0) | (np.diff(kind) != 0)))
    strongest = np.append(first[1:], len(pair)) - 1
    of_kind = np.where(goods[first], np.minimum(np.add.reduceat(weight, first), 1), weight[strongest])
    pair = pair[first]
    first = np.flatnonzero(np.append(True, np.diff(pair) != 0))
    return pair[first], 1 - np.multiply.reduceat(1 - of_kind, first)
