"""Rates parties: log-odds that add up from a starting point, context, evidence, a ceiling and a floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import NormalDist
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import BUYER_ID
from fairlead.model.message import Message, message
from fairlead.model.schemas import RATING
from fairlead.model.vocabulary import DataState
from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.cards import Cards, Group, shipped_cards
from fairlead.risk.combine import levelled_off, numbered, places
from fairlead.risk.context import DELIVERS
from fairlead.risk.contributions import Contributions, contributions
from fairlead.risk.parameters import Parameters, logit, model_version, shipped_parameters
from fairlead.risk.terms import CONTEXT_CEILING, PRIOR, Terms
from fairlead.risk.weigh import Weighed, weigh

#: The version of the model in use: its name, and a hash of the cards and parameters.
MODEL_VERSION: Final = model_version()

#: Where the project's own judgements come from, and their edition.
_OWN_SOURCE: Final = "fairlead"
#: Two probabilities that are nearer than this read as the same percentage.
_SEEN_IN_PERCENT: Final = 0.005
_OWN_EDITION: Final = "1"

#: Findings that say which good or sector a party deals in.
_PRODUCT_GROUPS: Final = frozenset({Group.GOOD, Group.UPSTREAM, Group.SECTOR})


def rate(
    parties: pa.Table,
    links: pa.Table,
    evidence: pa.Table,
    as_of: date,
    *,
    cards: Cards | None = None,
    parameters: Parameters | None = None,
) -> pa.Table:
    """Return one RATING row for each party, except for the assessing organisation, in the order of the parties.

    `L = alpha + sum of terms` and `p = 1 / (1 + exp(-L))`, where p is the probability that within twelve months at
    least one person works there in a situation that meets the ILO's definition of forced labour. The interval
    takes L as Normal around its value. The method, its sources and limits: docs/explanation/risk-rating.md.

    A party is not rated (data = no_data, p and band null, no terms) when neither its product nor its country and
    product together are known and nothing else about it suffices; `missing` then says what is needed. Evidence
    dated after `as_of` does not count. `cards` and `parameters` replace those of the reference pack.
    """
    cards, parameters = cards or shipped_cards(), parameters or shipped_parameters()
    scored = score(parties, links, evidence, as_of, cards=cards, parameters=parameters)
    ids, weighed, parts, known, sums = scored.ids, scored.weighed, scored.parts, scored.known, scored.sums
    assessed = known.assessed
    columns = {
        "subject_id": ids,
        "as_of": pa.repeat(pa.scalar(as_of.isoformat()), len(ids)),
        **{name: pa.array(value, mask=~assessed) for name, value in _quantiles(sums, parameters).items()},
        "band": _bands(sums.p, assessed, parameters),
        "find_out": pa.array(_find_out(sums, parameters) & assessed),
        "data": _data_state(assessed),
        "missing": known.missing_lists(),
        "terms": _terms(weighed, parts, sums, assessed, parameters, cards),
        "model_version": pa.repeat(pa.scalar(MODEL_VERSION), len(ids)),
        "reference_editions": _editions(weighed, len(ids)),
    }
    return pa.table([columns[field.name].cast(field.type) for field in RATING], schema=RATING)


def _country_reach(parties: pa.Table, links: pa.Table, weighed: Weighed, parameters: Parameters) -> Floats:
    """Return the share of the country's weight for each party: less where none of its sectors was measured.

    The weights of country indices were measured on farm and mine goods, on a list that hardly looks at rich countries:
    for goods picked by hand, which migrants pick there, less is left too. A party without a known sector keeps all.
    """
    delivering = links.filter(pc.is_in(links["kind"], value_set=pa.array(sorted(DELIVERS), pa.string())))
    known = delivering.filter(delivering["sector"].is_valid())
    measured = known.filter(pc.is_in(known["sector"], value_set=pa.array(sorted(parameters.measured_sectors))))
    ids = parties["party_id"]
    in_any, in_measured = (
        pc.is_in(ids, value_set=each["from_id"].combine_chunks()).to_numpy(zero_copy_only=False)
        for each in (known, measured)
    )
    by_hand = pc.and_(
        pc.equal(weighed.table["finding"], "good_labour_process"), pc.equal(weighed.table["value"], "hand_harvest")
    )
    rows = pc.fill_null(by_hand, False).to_numpy().astype(bool)
    picking = np.isin(np.arange(len(parties)), weighed.subject[rows])
    return np.where((in_any & ~in_measured) | picking, parameters.combine.country_elsewhere, 1.0)


@dataclass(frozen=True)
class Scored:
    """The numbers behind the ratings of some parties: their ids, the evidence as it weighs, and the sums by party."""

    ids: pa.Array
    weighed: Weighed
    parts: Contributions
    known: Known
    sums: Sums
    parameters: Parameters

    def bounds(self) -> tuple[Floats, Floats]:
        """Return the ends of each party's interval, as probabilities."""
        bounds = _quantiles(self.sums, self.parameters)
        return bounds["p_low"], bounds["p_high"]

    def bands(self) -> Ints:
        """Return the place of each party's band among the parameters' bands, the highest first."""
        return _band_index(self.sums.p, self.parameters)

    def find_out(self) -> Bools:
        """Say of each party whether its interval reaches over bands that ask for different things."""
        return _find_out(self.sums, self.parameters) & self.known.assessed


def score(
    parties: pa.Table,
    links: pa.Table,
    evidence: pa.Table,
    as_of: date,
    *,
    cards: Cards | None = None,
    parameters: Parameters | None = None,
) -> Scored:
    """Return the numbers behind `rate`, which lays them out; the arguments are those of `rate`."""
    cards, parameters = cards or shipped_cards(), parameters or shipped_parameters()
    parties = parties.filter(pc.not_equal(parties["party_id"], BUYER_ID))
    ids = parties["party_id"].combine_chunks()
    weighed = weigh(evidence, ids, cards, as_of)
    parts = contributions(weighed, cards, parameters.combine, _country_reach(parties, links, weighed, parameters))
    known = _known(parties, links, weighed, cards)
    return Scored(ids, weighed, parts, known, _sums(weighed, parts, known, parameters), parameters)


@dataclass(frozen=True)
class Known:
    """Which of the things that a rating needs are known of each party; `order` is that of `missing`."""

    fields: Mapping[str, Bools]
    enough: Bools

    @property
    def assessed(self) -> Bools:
        """Say of each party whether enough is known to rate it."""
        return np.asarray(self.enough | (self.fields["product"] & self.fields["country"]))

    def missing_variance(self, spread: Mapping[str, float]) -> Floats:
        """Return the variance that what is missing adds, given the spread (nats) of each field."""
        return np.asarray(sum((~known * spread[name] ** 2 for name, known in self.fields.items()), start=0.0))

    def missing_lists(self) -> pa.ListArray:
        """Return the fields that are not known of each party."""
        names = np.array(list(self.fields))
        absent = ~np.column_stack(list(self.fields.values()))
        offsets = np.append(0, np.cumsum(absent.sum(axis=1)))
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(names[np.nonzero(absent)[1]]))


def _known(parties: pa.Table, links: pa.Table, weighed: Weighed, cards: Cards) -> Known:
    """Find out what is known of each party, from the party, its links and its evidence."""
    count = len(parties)
    groups = np.array([card.group for card in cards.values()])[weighed.card]
    indexed = np.array([bool(len(card.levels) > 1) for card in cards.values()])[weighed.card]
    enough = np.array([card.enough for card in cards.values()])[weighed.card] & weighed.known

    def has(rows: Bools) -> Bools:
        return np.asarray(np.bincount(weighed.subject[rows], minlength=count) > 0)

    product = has(np.isin(groups, list(_PRODUCT_GROUPS)))
    workforce = pc.fill_null(pc.list_value_length(parties["workforce"]), 0).to_numpy() > 0
    country = parties["country"].is_valid().to_numpy() | has(groups == Group.COUNTRY)
    facts = has((groups == Group.COUNTRY) & indexed)
    fields = {
        "country": country,
        "product": product | _delivers_something(parties, links),
        "country_facts": facts | ~country,
        "workforce": workforce | has(groups == Group.WORKFORCE),
    }
    return Known(fields, has(enough))


def _delivers_something(parties: pa.Table, links: pa.Table) -> Bools:
    """Say of each party whether a link names the good or sector it delivers."""
    kinds = pa.array(sorted(DELIVERS), pa.string())
    named = pc.or_(links["good"].is_valid(), links["sector"].is_valid())
    delivering = links.filter(pc.and_(pc.is_in(links["kind"], value_set=kinds), named))["from_id"]
    return np.asarray(pc.is_in(parties["party_id"], value_set=delivering.combine_chunks()).to_numpy())


@dataclass(frozen=True)
class Sums:
    """Each party's log-odds in parts (nats), its spread, and the probability."""

    ceiling: Floats
    floor: Floats
    floor_p: Floats
    sd: Floats
    log_odds: Floats
    p: Floats
    p_if_lower: Floats
    p_if_higher: Floats


def _sums(weighed: Weighed, parts: Contributions, known: Known, parameters: Parameters) -> Sums:
    count = len(known.enough)
    context = parts.context_sum(weighed.subject, count)
    supplier = parts.supplier_sum(weighed.subject, count)
    floor_p = np.zeros(count)
    np.maximum.at(floor_p, weighed.subject, weighed.floor)
    prior = parameters.prior

    def added(alpha: float) -> tuple[Floats, Floats, Floats]:
        ceiling = levelled_off(alpha + context, *map(logit, parameters.combine.context_ceiling))
        below = alpha + context + ceiling + supplier
        least = np.array([logit(p) if p > 0 else -np.inf for p in floor_p.tolist()])
        floor = np.maximum(0.0, least - below)
        return ceiling, floor, below + floor

    ceiling, floor, log_odds = added(prior.log_odds)
    variance = prior.ln_sd**2 + known.missing_variance(parameters.missing)
    variance = variance + parts.variance_sum(weighed.subject, count, _kept(context, ceiling))
    return Sums(
        ceiling=ceiling,
        floor=floor,
        floor_p=floor_p,
        sd=np.sqrt(variance),
        log_odds=log_odds,
        p=_probability(log_odds),
        p_if_lower=_probability(added(prior.log_odds - prior.sensitivity_nats)[2]),
        p_if_higher=_probability(added(prior.log_odds + prior.sensitivity_nats)[2]),
    )


def _kept(context: Floats, ceiling: Floats) -> Floats:
    """Return the share of the context's sum that is left under the ceiling; its spread shrinks with it."""
    kept = np.divide(context + ceiling, context, out=np.ones_like(context), where=(ceiling < 0) & (context > 0))
    return np.clip(kept, 0.0, 1.0)


def _probability(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def _quantiles(sums: Sums, parameters: Parameters) -> Mapping[str, Floats]:
    reach = NormalDist().inv_cdf((1 + parameters.combine.interval) / 2) * sums.sd
    return {
        "p": sums.p,
        "p_low": _probability(sums.log_odds - reach),
        "p_high": _probability(sums.log_odds + reach),
    }


def _band_index(p: Floats, parameters: Parameters) -> Ints:
    """Return which of the parameters' bands each probability lies in."""
    starts = np.array([band.from_p for band in parameters.bands][::-1])
    return np.asarray(len(starts) - np.searchsorted(starts, p, side="right"), dtype=np.int64)


def _bands(p: Floats, assessed: Bools, parameters: Parameters) -> pa.Array:
    names = np.array([str(band.band) for band in parameters.bands])
    return pa.array(names[_band_index(p, parameters)], mask=~assessed)


def _find_out(sums: Sums, parameters: Parameters) -> Bools:
    """Say where the interval reaches over bands that ask for different things."""
    actions = np.array([band.action for band in parameters.bands])
    bounds = _quantiles(sums, parameters)
    low, high = (actions[_band_index(bounds[name], parameters)] for name in ("p_low", "p_high"))
    return np.asarray(low != high)


def _data_state(assessed: Bools) -> pa.Array:
    return pa.array(np.where(assessed, str(DataState.ASSESSED), str(DataState.NO_DATA)))


def _terms(
    weighed: Weighed, parts: Contributions, sums: Sums, assessed: Bools, parameters: Parameters, cards: Cards
) -> pa.ListArray:
    """Lay out the terms of the parties that are assessed; the others have none."""
    rows = assessed[weighed.subject]
    shown = replace(parts, nats=np.where(rows, parts.nats, 0.0))
    terms = Terms()
    _add_prior(terms, np.flatnonzero(assessed), sums, parameters)
    terms.add_evidence(weighed, shown, cards)
    _add_ceiling(terms, np.flatnonzero(assessed & (sums.ceiling < 0)), sums, parameters)
    terms.add_floor(weighed, np.where(assessed, sums.floor, 0.0))
    return terms.lists(len(assessed))


def _add_prior(terms: Terms, subjects: Ints, sums: Sums, parameters: Parameters) -> None:
    prior = parameters.prior
    start = f"{_probability(np.array(prior.log_odds)):.6f}"
    factor = f"{np.exp(prior.sensitivity_nats):.2f}"
    texts = [
        _prior_text(start, factor, low, high).to_arrow()
        for low, high in zip(sums.p_if_lower[subjects].tolist(), sums.p_if_higher[subjects].tolist(), strict=True)
    ]
    nats = np.full(len(subjects), prior.log_odds)
    terms.add(PRIOR, subjects, nats, sd=prior.ln_sd, source=_OWN_SOURCE, edition=_OWN_EDITION, texts=texts)


def _prior_text(start: str, factor: str, low: float, high: float) -> Message:
    """Say where the estimate starts and what a lower or higher start would make of it, if anything."""
    if high - low < _SEEN_IN_PERCENT:
        return message(
            "Starting point for any workplace, from the ILO's global estimates and the assumptions of the method:"
            " {start:percent}. With odds {factor:factor} lower or higher at the start, the estimate would stay the"
            " same.",
            start=start,
            factor=factor,
        )
    return message(
        "Starting point for any workplace, from the ILO's global estimates and the assumptions of the method:"
        " {start:percent}. With odds {factor:factor} lower or higher at the start, the estimate would be"
        " {low:percent} or {high:percent}.",
        start=start,
        factor=factor,
        low=f"{low:.6f}",
        high=f"{high:.6f}",
    )


def _add_ceiling(terms: Terms, subjects: Ints, sums: Sums, parameters: Parameters) -> None:
    start, end = parameters.combine.context_ceiling
    text = message(
        "Place, good and sector alone never reach the highest band: from {start:percent} on they count less and less,"
        " and they end at {end:percent}.",
        start=str(start),
        end=str(end),
    ).to_arrow()
    terms.add(
        CONTEXT_CEILING,
        subjects,
        sums.ceiling[subjects],
        sd=0.0,
        source=_OWN_SOURCE,
        edition=_OWN_EDITION,
        texts=[text] * len(subjects),
    )


def _editions(weighed: Weighed, parties: int) -> pa.MapArray:
    """Return the edition of each source that speaks of a party."""
    sources = pc.fill_null(weighed.table["source_id"], "").combine_chunks()
    editions = pc.fill_null(weighed.table["edition"], "").combine_chunks()
    _, first = numbered(weighed.subject, places(sources))
    counts = np.bincount(weighed.subject[first], minlength=parties)
    offsets = pa.array(np.append(0, np.cumsum(counts)), pa.int32())
    rows = pa.array(first, pa.int64())
    return pa.MapArray.from_arrays(offsets, sources.take(rows), editions.take(rows))
