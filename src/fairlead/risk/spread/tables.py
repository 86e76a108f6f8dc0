"""The results of spread as tables: one row for each party with what is known and unknown, one for each path shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fairlead.model.message import Message, message
from fairlead.model.vocabulary import DataState
from fairlead.risk.spread.exposure import Linear, linear, noisy_or
from fairlead.risk.spread.links import Chain, distinct_pairs
from fairlead.risk.spread.own import Own
from fairlead.risk.spread.parameters import SpreadParameters
from fairlead.risk.spread.paths import PathSearch
from fairlead.risk.spread.steps import PATHS, Called, path_rows
from fairlead.risk.spread.weights import BASES, Basis

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Exposures that change by less from one sweep to the next have come to rest.
_STILL: Final = 1e-6

#: One party: its own risk, what reaches it, and how much of the chain behind it is known. Null is "no data".
SPREAD: Final = pa.schema(
    [
        ("place", pa.int32()),  # in the order in which to look: by upstream exposure
        ("party_id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),  # PartyKind
        ("country", pa.string()),
        ("data", pa.string()),  # DataState of the party's own rating
        ("p", pa.float64()),  # its own risk
        ("upstream_data", pa.string()),  # DataState: whether any rated party stands behind it
        ("upstream", pa.float64()),  # noisy-or
        ("upstream_low", pa.float64()),  # with every own risk at the lower end of its interval
        ("upstream_high", pa.float64()),  # and at the upper end
        ("linear", pa.float64()),  # the linear measure without the party's own risk
        ("shown_share", pa.float64()),  # of it, what the paths that are shown bring
        ("suppliers", pa.int32()),  # parties that supply it or subcontract for it, on the map
        ("other_links", pa.int32()),  # labour providers, dormitories, owners, owned
        ("stated_share", pa.float64()),  # of its intake, by the shares that links state
        # of its intake, what comes from nobody on the map; null where a link states no share, so that nobody knows
        ("unmapped_share", pa.float64()),
        ("rated_share", pa.float64()),  # of what stands behind it on the map, what is rated
        ("beyond_share", pa.float64()),  # of its intake on the map, what comes from those whose suppliers are mapped
        ("weights_from", pa.list_(pa.string())),  # Basis
    ]
)


@dataclass(frozen=True)
class Spread:
    """The tables of SPREAD and PATHS, and remarks on what was set aside and what is not sure."""

    parties: pa.Table
    paths: pa.Table
    remarks: tuple[Message, ...]


def spread_tables(chain: Chain, own: Own, parameters: SpreadParameters) -> Spread:
    """Return upstream exposure, linear measure and paths for every party of a chain.

    Parties without data count as 0 and are handed through; what they leave unknown is told by `rated_share`.
    """
    settle: Mapping[str, Any] = {
        "delta": parameters.delta,
        "sweeps": parameters.most_sweeps,
        "tolerance": parameters.tolerance,
    }
    known = ~np.isnan(own.p)
    chances = [noisy_or(chain.graph, np.nan_to_num(values), **settle) for values in (own.p, own.low, own.high)]
    exposure = [one.upstream for one in chances]
    sums = (np.nan_to_num(own.p), known.astype(np.float64), np.ones(len(own.p)))
    measure, rated, every = (linear(chain.graph, values, **settle) for values in sums)
    reached = rated.total - rated.own > 0
    order = np.lexsort((np.arange(len(known)), -np.nan_to_num(own.p), -np.round(exposure[0], 9), ~reached))
    called = Called(chain, own, measure, parameters)
    search = PathSearch(
        chain.graph,
        measure,
        delta=parameters.delta,
        most=parameters.paths_each,
        search=parameters.paths_search,
    )
    shown = [int(party) for party in order[: parameters.paths_parties] if reached[party]]
    found = {party: search.into(party) for party in shown}
    paths = [row for party in shown for row in path_rows(called, party, found[party].found)]
    covered = {party: sum(path.contribution for path in found[party].found) for party in shown}
    table = _party_table(chain, own, called, order, reached, exposure, measure, (rated, every), covered)
    unproven = sum(not one.proven for one in found.values())
    changes = [*(one.last_change for one in chances), *(one.last_change for one in (measure, rated, every))]
    remarks = (*chain.remarks, *_remarks(unproven, int(reached.sum()) - len(shown), max(changes)))
    return Spread(table, pa.Table.from_pylist(paths, schema=PATHS), remarks)


def _remarks(unproven: int, without_paths: int, change: float) -> Iterator[Message]:
    """Yield what is not sure of the results: counts of parties, and by how much the last sweep still changed them."""
    if unproven:
        yield message(
            "Parties for whom the search for paths was cut short, so that there may be weightier ones than those "
            "shown: {count:number}.",
            count=str(unproven),
        )
    if without_paths:
        yield message(
            "Parties with less upstream exposure, whose paths are not given: {count:number}.", count=str(without_paths)
        )
    if change > _STILL:
        yield message(
            "The sweeps ended before all exposures had come to rest; the last one still changed one by "
            "{change:number}. More sweeps can be allowed in risk_spread.yaml.",
            change=f"{change:.2g}",
        )


def _party_table(
    chain: Chain,
    own: Own,
    called: Called,
    order: Integers,
    reached: NDArray[np.bool_],
    exposure: Sequence[Doubles],
    measure: Linear,
    coverage: tuple[Linear, Linear],
    covered: Mapping[int, float],
) -> pa.Table:
    """Lay out SPREAD; what has no data is null."""
    rated, every = coverage
    behind = every.total - every.own
    brought = np.maximum(measure.total - measure.own, 0)
    shown = np.full(len(order), np.nan)
    for party, total in covered.items():
        shown[party] = min(1.0, total / brought[party]) if brought[party] > 0 else np.nan
    counts = _counts(chain)
    states = {True: DataState.ASSESSED, False: DataState.NO_DATA}
    known = ~np.isnan(own.p)
    columns: dict[str, Any] = {
        "place": np.arange(1, len(order) + 1),
        "party_id": chain.ids.take(pa.array(order)),
        "name": [called.name(int(party)) for party in order],
        "kind": [own.kinds[party] for party in order],
        "country": [own.countries[party] for party in order],
        "data": [states[bool(known[party])] for party in order],
        "p": _nullable(own.p[order]),
        "upstream_data": [states[bool(reached[party])] for party in order],
        "linear": _nullable(np.where(reached, brought, np.nan)[order]),
        "shown_share": _nullable(shown[order]),
        "rated_share": _nullable(_ratio(rated.total - rated.own, behind)[order]),
        **{name: _nullable(values[order]) for name, values in counts.shares.items()},
        **{name: values[order] for name, values in counts.numbers.items()},
        "weights_from": [counts.bases.get(int(party), []) for party in order],
    }
    for name, values in zip(("upstream", "upstream_low", "upstream_high"), exposure, strict=True):
        columns[name] = _nullable(np.where(reached, values, np.nan)[order])
    return pa.table({field.name: pa.array(columns[field.name], field.type) for field in SPREAD}, schema=SPREAD)


@dataclass(frozen=True)
class _Counts:
    """What the links into each party are: how many, the shares of coverage (NaN where unknown), and their bases."""

    numbers: Mapping[str, Integers]
    shares: Mapping[str, Doubles]
    bases: Mapping[int, list[str]]


def _counts(chain: Chain) -> _Counts:
    links, parties = chain.links, len(chain.ids)
    goods = links.basis != BASES.index(Basis.RULE)
    supplied = np.bincount(links.receiver[goods], minlength=parties) > 0
    intake, from_mapped = (
        np.bincount(links.receiver[goods], weights[goods], parties).astype(np.float64)
        for weights in (links.weight, links.weight * supplied[links.giver])
    )
    stated = links.basis == BASES.index(Basis.SHARE)
    has_stated = np.bincount(links.receiver[stated], minlength=parties) > 0
    of_stated = np.minimum(np.bincount(links.receiver[stated], links.weight[stated], parties), 1)
    has_open = np.bincount(links.receiver[goods & ~stated], minlength=parties) > 0
    supplied_by, _ = distinct_pairs(links.receiver[goods], links.giver[goods], parties)
    ends = np.concatenate([links.receiver[~goods], links.giver[~goods][links.back[~goods] > 0]])
    others = np.concatenate([links.giver[~goods], links.receiver[~goods][links.back[~goods] > 0]])
    otherwise, _ = distinct_pairs(ends, others, parties)
    bases: dict[int, list[str]] = {}
    receivers, of_each = distinct_pairs(links.receiver, links.basis, len(BASES))
    for party, basis in zip(receivers.tolist(), of_each.tolist(), strict=True):
        bases.setdefault(party, []).append(str(BASES[basis]))
    return _Counts(
        {
            "suppliers": np.bincount(supplied_by, minlength=parties),
            "other_links": np.bincount(otherwise, minlength=parties),
        },
        {
            "stated_share": np.where(has_stated, of_stated, np.nan),
            "unmapped_share": np.where(has_open, np.nan, np.where(has_stated, 1 - of_stated, 1.0)),
            "beyond_share": _ratio(from_mapped, intake),
        },
        bases,
    )


def _ratio(part: Doubles, whole: Doubles) -> Doubles:
    ratio: Doubles = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return ratio


def _nullable(values: Doubles) -> pa.Array:
    return pa.array(values, pa.float64(), from_pandas=True)
