"""How much each evidence row moves the log-odds, once dependence, caps and the rule on State-imposed labour apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow.compute as pc

from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.cards import Cards, Group, Knowledge
from fairlead.risk.combine import cap_sides, cap_total, numbered, places, ranks, totals
from fairlead.risk.imposed import mitigation_factor
from fairlead.risk.parameters import Combine
from fairlead.risk.weigh import Weighed

#: Country indices and lists of goods share inputs and publishers, so they are one cluster.
STRUCTURAL: Final = (Group.COUNTRY, Group.GOOD)


@dataclass(frozen=True)
class Contributions:
    """What each evidence row adds to the log-odds (nats) and to their variance; sums are by party.

    `context` are rows about a place, a good or a sector, the others are about the supplier itself. How a row came
    to its nats: nats = weight * ln LR * dependence * cap, where `dependence` is (1 - rho)^(rank - 1), for a country's
    row also that of its rank among the rows of its country (`rank_in_country`, else 0), and `cap` what the caps, the
    choice of one country and the rule on State-imposed labour leave of it (1: all, 0: nothing).
    """

    nats: Floats
    variance: Floats
    context: Bools
    rank: Ints
    rank_in_country: Ints
    dependence: Floats
    cap: Floats

    def context_sum(self, subject: Ints, parties: int) -> Floats:
        """Return the sum of the context rows of each party, in nats."""
        return totals(subject, np.where(self.context, self.nats, 0.0), parties)

    def supplier_sum(self, subject: Ints, parties: int) -> Floats:
        """Return the sum of the other rows of each party, in nats."""
        return totals(subject, np.where(self.context, 0.0, self.nats), parties)

    def variance_sum(self, subject: Ints, parties: int, kept: Floats) -> Floats:
        """Return the variance that all rows of each party bring, where of its context the share `kept` is left."""
        return totals(subject, np.where(self.context, self.variance * kept[subject] ** 2, self.variance), parties)


@dataclass(frozen=True)
class _Step:
    """One step on the way to a row's nats: its rank, and what dependence and caps leave of it (factors)."""

    rank: Ints
    dependence: Floats
    cap: Floats


def contributions(weighed: Weighed, cards: Cards, combine: Combine, country_reach: Floats) -> Contributions:
    """Apply dependence, caps and the rule on State-imposed labour to weighed evidence.

    Country rows come first: within a country by rank, held within the country's caps; of several countries the one
    that weighs most counts, with the share `country_reach` of its weight that the party's sectors leave. The
    country's total then ranks among the listings of goods as one piece of their cluster. Every other cluster is
    ranked by itself. Clusters are held within the cluster's cap on either side, and everything about the supplier
    itself within the supplier's cap. Last, what lowers the estimate is held back where a State imposes the labour
    (see `imposed`).
    """
    alone = weighed.weight * weighed.ln_lr
    groups = np.array([list(Group).index(card.group) for card in cards.values()])[weighed.card]
    is_country = groups == list(Group).index(Group.COUNTRY)
    country = _country_step(weighed, is_country, alone, combine)
    country.cap[is_country] *= country_reach[weighed.subject[is_country]]
    structural = np.isin(groups, [list(Group).index(group) for group in STRUCTURAL])
    cluster = _cluster_step(weighed, structural, groups, alone * country.dependence * country.cap, combine)
    dependence, cap = country.dependence * cluster.dependence, country.cap * cluster.cap
    context = np.array([card.knowledge is Knowledge.CONTEXT for card in cards.values()])[weighed.card]
    supplier = np.flatnonzero(~context)
    cap[supplier] *= cap_total(
        weighed.subject[supplier],
        (alone * dependence * cap)[supplier],
        -combine.supplier_cap,
        combine.supplier_cap,
    )
    cap *= mitigation_factor(weighed, alone * dependence * cap, cards)
    nats = alone * dependence * cap
    variance = (weighed.weight * dependence * cap * weighed.ln_sd) ** 2 + nats**2 * weighed.doubt
    return Contributions(nats, variance, context, cluster.rank, country.rank, dependence, cap)


def _country_step(weighed: Weighed, is_country: Bools, alone: Floats, combine: Combine) -> _Step:
    """Return the first step: rank and caps within a country, and the choice of one; other rows pass it unchanged."""
    step = _Step(np.zeros(len(alone), dtype=np.int64), np.ones(len(alone)), np.ones(len(alone)))
    rows = np.flatnonzero(is_country)
    if len(rows) == 0:
        return step
    subject, cluster = weighed.subject[rows], clusters(weighed)[rows]
    rank = ranks(subject, cluster, alone[rows])
    within = alone[rows] * (1.0 - combine.dependence) ** (rank - 1)
    country, first = numbered(subject, cluster)
    low, high = combine.country_cap
    cap = cap_total(country, within, low, high)
    sums = totals(country, within * cap, len(first))
    heaviest = np.zeros(len(first), dtype=bool)
    order = np.lexsort((cluster[first], -sums, subject[first]))
    of = subject[first][order]
    heaviest[order[np.append(True, of[1:] != of[:-1])]] = True
    step.rank[rows] = rank
    step.dependence[rows] = (1.0 - combine.dependence) ** (rank - 1)
    step.cap[rows] = cap * heaviest[country]
    return step


def _cluster_step(weighed: Weighed, structural: Bools, groups: Ints, nats: Floats, combine: Combine) -> _Step:
    """Return the second step: rank and cap within each cluster.

    All country rows of a party are one piece, with their sum as its weight.
    """
    cluster = clusters(weighed) + 1
    cluster[structural] = 0
    is_country = groups == list(Group).index(Group.COUNTRY)
    piece = np.where(is_country, 0, np.arange(len(nats)) + 1)
    pieces, first = numbered(weighed.subject, cluster, piece)
    sums = totals(pieces, nats, len(first))
    subject, of = weighed.subject[first], cluster[first]
    rank = ranks(subject, of, sums)
    dependence = (1.0 - combine.dependence) ** (rank - 1)
    cap = cap_sides(numbered(subject, of)[0], sums * dependence, combine.cluster_cap)
    return _Step(rank[pieces], np.asarray(dependence[pieces]), np.asarray(cap[pieces]))


def clusters(weighed: Weighed) -> Ints:
    """Return a number for each row's cluster, in the order of the keys; a row without one is a cluster of its own."""
    return places(pc.coalesce(weighed.table["cluster_key"], weighed.table["evidence_id"]).combine_chunks())
