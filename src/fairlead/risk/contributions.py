"""How much each evidence row moves the log-odds, once dependence and caps are applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow.compute as pc

from fairlead.risk.cards import Cards, Group, Knowledge
from fairlead.risk.combine import Bools, Floats, Ints, cap_sides, cap_total, discount, numbered, places, totals
from fairlead.risk.parameters import Combine
from fairlead.risk.weigh import Weighed

#: Country indices and lists of goods share inputs and publishers, so they are one cluster.
_STRUCTURAL: Final = (Group.COUNTRY, Group.GOOD)


@dataclass(frozen=True)
class Contributions:
    """What each evidence row adds to the log-odds (nats) and to their variance; sums are by party.

    `context` are rows about a place, a good or a sector, the others are about the supplier itself.
    """

    nats: Floats
    variance: Floats
    context: Bools

    def context_sum(self, subject: Ints, parties: int) -> Floats:
        """Return the sum of the context rows of each party, in nats."""
        return totals(subject, np.where(self.context, self.nats, 0.0), parties)

    def supplier_sum(self, subject: Ints, parties: int) -> Floats:
        """Return the sum of the other rows of each party, in nats."""
        return totals(subject, np.where(self.context, 0.0, self.nats), parties)

    def variance_sum(self, subject: Ints, parties: int, kept: Floats) -> Floats:
        """Return the variance that all rows of each party bring, where of its context the share `kept` is left."""
        return totals(subject, np.where(self.context, self.variance * kept[subject] ** 2, self.variance), parties)


def contributions(weighed: Weighed, cards: Cards, combine: Combine, country_reach: Floats) -> Contributions:
    """Apply dependence and caps to weighed evidence.

    Country rows come first: within a country by rank, held within the country's caps; of several countries the one
    that weighs most counts, with the share `country_reach` of its weight that the party's sectors leave. The
    country's total then ranks among the listings of goods as one piece of their cluster. Every other cluster is
    ranked by itself. Clusters are held within the cluster's cap on either side, and everything about the supplier
    itself within the supplier's cap.
    """
    alone = weighed.weight * weighed.ln_lr
    groups = np.array([list(Group).index(card.group) for card in cards.values()])[weighed.card]
    is_country = groups == list(Group).index(Group.COUNTRY)
    factor = _country_factor(weighed, is_country, alone, combine)
    structural = np.isin(groups, [list(Group).index(group) for group in _STRUCTURAL])
    factor = np.where(is_country, factor * country_reach[weighed.subject], factor)
    factor *= _cluster_factor(weighed, structural, groups, alone * factor, combine)
    context = np.array([card.knowledge is Knowledge.CONTEXT for card in cards.values()])[weighed.card]
    nats = alone * factor
    supplier = np.flatnonzero(~context)
    factor[supplier] *= cap_total(
        weighed.subject[supplier], nats[supplier], -combine.supplier_cap, combine.supplier_cap
    )
    nats = alone * factor
    variance = (weighed.weight * factor * weighed.ln_sd) ** 2 + nats**2 * weighed.doubt
    return Contributions(nats, variance, context)


def _country_factor(weighed: Weighed, is_country: Bools, alone: Floats, combine: Combine) -> Floats:
    """Return the factor of each row from the first step: rank and caps within a country, and the choice of one."""
    factor = np.ones(len(alone))
    rows = np.flatnonzero(is_country)
    if len(rows) == 0:
        return factor
    subject, cluster = weighed.subject[rows], _clusters(weighed)[rows]
    within = discount(subject, cluster, alone[rows], combine.dependence)
    country, first = numbered(subject, cluster)
    low, high = combine.country_cap
    within *= cap_total(country, alone[rows] * within, low, high)
    sums = totals(country, alone[rows] * within, len(first))
    heaviest = np.zeros(len(first), dtype=bool)
    order = np.lexsort((cluster[first], -sums, subject[first]))
    of = subject[first][order]
    heaviest[order[np.append(True, of[1:] != of[:-1])]] = True
    factor[rows] = within * heaviest[country]
    return factor


def _cluster_factor(weighed: Weighed, structural: Bools, groups: Ints, nats: Floats, combine: Combine) -> Floats:
    """Return the factor of each row from the second step: rank and cap within each cluster.

    All country rows of a party are one piece, with their sum as its weight.
    """
    cluster = _clusters(weighed) + 1
    cluster[structural] = 0
    is_country = groups == list(Group).index(Group.COUNTRY)
    piece = np.where(is_country, 0, np.arange(len(nats)) + 1)
    pieces, first = numbered(weighed.subject, cluster, piece)
    sums = totals(pieces, nats, len(first))
    subject, of = weighed.subject[first], cluster[first]
    factor = discount(subject, of, sums, combine.dependence)
    factor *= cap_sides(numbered(subject, of)[0], sums * factor, combine.cluster_cap)
    return np.asarray(factor[pieces])


def _clusters(weighed: Weighed) -> Ints:
    """Return a number for each row's cluster, in the order of the keys; a row without one is a cluster of its own."""
    return places(pc.coalesce(weighed.table["cluster_key"], weighed.table["evidence_id"]).combine_chunks())
