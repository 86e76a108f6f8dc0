"""What the reference pack says of a country, a good or a sector, ready to become evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from typing import Final

from fairlead.reference import load_csv
from fairlead.risk.cards import Card, Cards, Level
from fairlead.risk.dates import middle_of
from fairlead.risk.listing import CHILD, FORCED, Listing, Listings, State
from fairlead.risk.parameters import Parameters

Row = Mapping[str, str]

#: The card of a forced labour listing by how it stands on the day.
_FORCED_CARDS: Final = {
    State.LISTED: "good_forced_labour_listed",
    State.LISTED_LATER: "good_forced_labour_listed_later",
    State.REMOVED: "good_forced_labour_removed",
}
#: An import ban on goods of a place, not on one producer; and that it is in force.
_OF_GOODS: Final = "region_good"
_IN_FORCE: Final = "active"


@dataclass(frozen=True)
class ReferenceTables:
    """The tables of the reference pack that context is made from; tests make small ones."""

    tip_tiers: Sequence[Row] = ()
    governance: Sequence[Row] = ()
    conventions: Sequence[Row] = ()
    goods_listed: Sequence[Row] = ()
    goods_listed_history: Sequence[Row] = ()
    import_bans: Sequence[Row] = ()
    state_imposed: Sequence[Row] = ()
    tied_permits: Sequence[Row] = ()
    first_processed: Sequence[Row] = ()
    labour_process: Sequence[Row] = ()
    goods: Sequence[Row] = ()

    @classmethod
    def shipped(cls) -> ReferenceTables:
        """Return the tables in use; state_imposed with what inquiries add to it."""
        tables = {name: load_csv(name) for name in cls.__dataclass_fields__}
        imposed = with_inquiries(tables["state_imposed"], load_csv("labour_inquiries"))
        return cls(**{**tables, "state_imposed": imposed})


def with_inquiries(state_imposed: Sequence[Row], inquiries: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of state_imposed, and the inquiries into places and goods that it has no row for."""
    known = {(row["iso3"], row["region"], row["good"]) for row in state_imposed}
    return (*state_imposed, *(row for row in inquiries if (row["iso3"], row["region"], row["good"]) not in known))


@dataclass(frozen=True)
class Fact:
    """One fact as it will stand in an evidence row, without its subject and confidence."""

    finding: str
    value: str
    source_id: str
    edition: str
    locator: str
    asserted_by: str
    cluster_key: str
    template: str
    values: Mapping[str, str] = field(default_factory=dict)
    event_date: str | None = None
    indicator: str | None = None
    polarity: str = "supports"


def polarity_of(level: Level) -> str:
    """Return which way a level points: it supports where its likelihood ratio is 1 or more, else contradicts."""
    return "supports" if level.lr >= 1 else "contradicts"


class ReferenceFacts:
    """Looks facts up in the reference tables, as they were known on the day `as_of`.

    With `hindsight` later editions of the list of goods count as well, for goods that are not listed yet.
    """

    def __init__(
        self,
        tables: ReferenceTables,
        cards: Cards,
        parameters: Parameters,
        as_of: date,
        *,
        hindsight: bool = False,
    ) -> None:
        self._cards = cards
        self._parameters = parameters
        self._as_of = as_of
        self._tiers = _latest(tables.tip_tiers, as_of)
        indicator = parameters.governance_indicator
        self._quarters = _quarters([row for row in tables.governance if row["indicator"] == indicator], as_of)
        self._ratified = _ratified(tables.conventions, parameters, as_of)
        self._conventions = {row["iso3"]: row for row in tables.conventions if row["convention"] in self._tracked}
        self._listings = Listings(tables.goods_listed, tables.goods_listed_history, as_of, hindsight=hindsight)
        self._bans = _bans_by_pair(tables.import_bans, as_of)
        self._permits = [row for row in tables.tied_permits if _begun(row, as_of)]
        self._processes = {row["good"]: row for row in tables.labour_process}
        self._raw = {row["good"]: row["raw_good"] for row in tables.first_processed}
        self._inputs = {row["good"]: tuple(sorted(row["inputs"].split())) for row in tables.goods}
        self._state_imposed = [row for row in tables.state_imposed if _begun(row, as_of)]

    @property
    def _tracked(self) -> tuple[str, ...]:
        return self._parameters.conventions

    def country(self, iso3: str) -> list[Fact]:
        """Return what is known of a country: its tier, its rule of law, what it has not ratified, State-wide labour."""
        found = [self._tier(iso3), self._rule_of_law(iso3), self._not_ratified(iso3)]
        return [fact for fact in found if fact] + self.state_imposed(iso3, region="", good="")

    def rule_of_law_quarter(self, iso3: str) -> str | None:
        """Return the quarter of a country by the rule of law, q1 the strongest; None where it has no estimate."""
        return self._quarters[iso3][0] if iso3 in self._quarters else None

    def good(self, good: str, iso3: str | None) -> list[Fact]:
        """Return what is known of a good from a country, or of the good alone where the country is not known."""
        return [
            *self._listed(good, iso3),
            *self._banned(good, iso3),
            *self._listed_elsewhere(good, iso3),
            *self._upstream(good, iso3),
            *self._process(good),
            *(self.state_imposed(iso3, region="", good=good) if iso3 else ()),
        ]

    def state_imposed(self, iso3: str, *, region: str, good: str) -> list[Fact]:
        """Return the State-imposed labour recorded for a country, one of its regions, or a good of the country."""
        rows = [row for row in self._state_imposed if (row["iso3"], row["region"], row["good"]) == (iso3, region, good)]
        return [self._state_imposed_fact(row) for row in rows]

    def sector(self, sector: str) -> Fact:
        """Return how exposed a sector is, in the project's judgement; a sector without a level is average."""
        card = self._cards["sector_exposure"]
        level = card.levels[self._parameters.sector_levels.get(sector, "average")]
        values = {"sector": sector, "exposure": level.name}
        return _fact(card, level, _own(f"risk_prior: {sector}"), "sector", values, asserted_by="model")

    def permits(self, iso3: str, sector: str) -> list[Fact]:
        """Return whether permits of migrant workers in a sector of a country are tied to one employer."""
        card = self._cards["country_tied_permits"]
        found = []
        for row in self._permits:
            sectors = row["sectors"].split() or self._parameters.migrant_sectors
            if row["iso3"] == iso3 and sector in sectors:
                ended = _ended(row, self._as_of)
                level = card.levels["ended" if ended else row["reach"]]
                where = _at(row, f"tied_permits: {iso3}")
                values = {"country": iso3, "sector": sector}
                found.append(_fact(card, level, where, "workforce", values, row["to_year"] if ended else None))
        return found

    def _tier(self, iso3: str) -> Fact | None:
        row = self._tiers.get(iso3)
        card = self._cards["country_tip_tier"]
        level = card.levels.get(row["tier"]) if row else None
        if row is None or level is None:
            return None
        values = {"country": iso3, "year": row["year"], "tier": level.name}
        return _fact(card, level, _at(row, f"tip_tiers: {iso3} {row['year']}"), f"country:{iso3}", values, row["year"])

    def _rule_of_law(self, iso3: str) -> Fact | None:
        if iso3 not in self._quarters:
            return None
        quarter, row = self._quarters[iso3]
        card = self._cards["country_rule_of_law"]
        level = card.levels[quarter]
        values = {"country": iso3, "year": row["year"], "quarter": level.name}
        return _fact(card, level, _at(row, f"governance: {iso3} {row['year']}"), f"country:{iso3}", values, row["year"])

    def _not_ratified(self, iso3: str) -> Fact | None:
        row = self._conventions.get(iso3)
        if row is None:  # nothing is recorded, which is not the same as nothing ratified
            return None
        absent = [convention for convention in self._tracked if (iso3, convention) not in self._ratified]
        if not absent:
            return None
        card = self._cards["country_conventions"]
        values = {"country": iso3, "conventions": ", ".join(absent)}
        where = _at(row, f"conventions: {iso3}")
        return _fact(card, card.levels[""], where, f"country:{iso3}", values, value="|".join(absent))

    def _listed(self, good: str, iso3: str | None) -> list[Fact]:
        forced = self._listings.find(good, iso3 or "", FORCED)
        child = self._listings.find(good, iso3 or "", CHILD)
        found = [self._listing(_FORCED_CARDS[forced.state], forced, good)] if forced else []
        if child and child.state is State.LISTED:
            found.append(self._listing("good_child_labour_listed", child, good))
        return found

    def _listing(self, finding: str, listing: Listing, good: str) -> Fact:
        row, card = listing.row, self._cards[finding]
        values = {"good": good, "country": row["iso3"], "year": str(listing.year)}
        # What comes on the list so many years later weighs as if it had been on it so many years ago.
        years = {State.REMOVED: listing.year, State.LISTED_LATER: 2 * self._as_of.year - listing.year}
        event = str(years[listing.state]) if listing.state in years else None
        where = _at(row, f"goods_listed: {good} {row['iso3']}")
        return _fact(card, card.levels[""], where, "listing", values, event, value=good)

    def _banned(self, good: str, iso3: str | None) -> list[Fact]:
        """Return orders that ban imports of this good of this country, the whole of it before some producers."""
        rows = self._bans.get((good, iso3 or ""), [])
        if not rows:
            return []
        row = min(rows, key=lambda row: (row["scope"] != _OF_GOODS, bool(row["region"]), row["date"]))
        card = self._cards["good_import_banned"]
        whole = row["scope"] == _OF_GOODS and not row["region"]
        level = card.levels["country" if whole else "region" if row["scope"] == _OF_GOODS else "producers"]
        values = {"good": good, "country": row["iso3"], "region": row["region"], "count": str(len(rows))}
        return [_fact(card, level, _at(row, f"import_bans: {row['ban_id']}"), "listing", values, row["date"])]

    def _listed_elsewhere(self, good: str, iso3: str | None) -> list[Fact]:
        others = [row for row in self._listings.countries(good) if row["iso3"] != iso3]
        own = self._listings.find(good, iso3 or "", FORCED)
        if not others or (own and own.state is State.REMOVED):
            return []  # that it was looked into and removed here says more than what goes on elsewhere
        card = self._cards["good_listed_elsewhere"]
        level = card.levels["1" if len(others) == 1 else "2-3" if len(others) <= 3 else "4+"]  # noqa: PLR2004
        values = {"good": good, "count": str(len(others))}
        return [_fact(card, level, _at(others[0], f"goods_listed: {good}"), "listing", values)]

    def _process(self, good: str) -> list[Fact]:
        row = self._processes.get(good)
        if row is None:
            return []
        card = self._cards["good_labour_process"]
        level = card.levels[row["process"]]
        values = {"good": good, "process": level.name}
        return [_fact(card, level, _at(row, f"labour_process: {good}"), "process", values, asserted_by="model")]

    def _upstream(self, good: str, iso3: str | None) -> list[Fact]:
        derived = self._listings.row(good, iso3 or "")
        card = self._cards["good_input_listed"]
        found = []
        if derived is not None and derived["derived"] == "yes":
            values = {"good": good, "country": str(iso3), "origin": derived["derived_iso3"]}
            where = _at(derived, f"goods_listed: {good} {iso3}")
            found.append(_fact(card, card.levels["derived"], where, "upstream", values))
        return found + [
            self._input(card, good, given, iso3)
            for given in self._inputs.get(good, ())
            if self._listings.countries(given)
        ]

    def _input(self, card: Card, good: str, given: str, iso3: str | None) -> Fact:
        rows = self._listings.countries(given)
        same = [row for row in rows if row["iso3"] == iso3]
        imposed = [row for row in self._state_imposed if _imposes(row, iso3, given) and not _ended(row, self._as_of)]
        value = "same_country" if same else "one_other_country" if len(rows) == 1 else "other_countries"
        value = "state_imposed" if imposed else "first_processed" if same and self._raw.get(good) == given else value
        row = (imposed or same or rows)[0]
        values = {"good": good, "input": given, "country": row["iso3"], "count": str(len(rows))}
        return _fact(card, card.levels[value], _at(row, f"goods_listed: {good} < {given}"), "upstream", values)

    def _state_imposed_fact(self, row: Row) -> Fact:
        by_good = bool(row["good"]) and not row["region"]
        card = self._cards["good_state_imposed" if by_good else "state_imposed_region"]
        ended = _ended(row, self._as_of)
        level = card.levels[_state_imposed_level(by_good, bool(row["region"]), ended)]
        values = {"country": row["iso3"]}
        values |= {"good": row["good"]} if by_good else {"region": row["region"]} if row["region"] else {}
        values |= {"year": row["to_year"]} if ended else {}
        where = _at(row, " ".join(filter(None, ("state_imposed:", row["iso3"], row["region"], row["good"]))))
        return _fact(card, level, where, "state_imposed", values, row["to_year" if ended else "from_year"] or None)


@dataclass(frozen=True)
class _Where:
    source_id: str
    edition: str
    locator: str


def _at(row: Row, locator: str) -> _Where:
    return _Where(row["source_id"], row["edition"], locator)


def _own(locator: str) -> _Where:
    """Judgements of the project stand in its own tables."""
    return _Where("fairlead", "1", locator)


def _fact(
    card: Card,
    level: Level,
    where: _Where,
    cluster: str,
    values: Mapping[str, str],
    event_date: str | None = None,
    *,
    value: str | None = None,
    asserted_by: str = "public_list",
) -> Fact:
    told = {name for _, name, _, _ in Formatter().parse(level.statement)}
    return Fact(
        finding=card.key,
        value=level.value if value is None else value,
        source_id=where.source_id,
        edition=where.edition,
        locator=where.locator,
        asserted_by=asserted_by,
        cluster_key=cluster,
        template=level.statement,
        values={name: text for name, text in values.items() if name in told},
        event_date=event_date,
        indicator=card.indicators[0] if card.indicators else None,
        polarity=polarity_of(level),
    )


def _state_imposed_level(by_good: bool, by_region: bool, ended: bool) -> str:
    """Return the level of a card on labour imposed by a State: for a good, a region or a whole country."""
    if by_good:
        return "ended" if ended else "in_force"
    if by_region:
        return "ended" if ended else "region"
    return "country_ended" if ended else "country"


def _begun(row: Row, as_of: date) -> bool:
    return not row["from_year"] or int(row["from_year"]) <= as_of.year


def _ended(row: Row, as_of: date) -> bool:
    return bool(row["to_year"]) and middle_of(row["to_year"]) <= as_of


def _imposes(row: Row, iso3: str | None, good: str) -> bool:
    """Say whether a row of state_imposed is about this good of the whole country."""
    return (row["iso3"], row["region"], row["good"]) == (iso3, "", good)


def _latest(rows: Iterable[Row], as_of: date) -> dict[str, Row]:
    """Return each country's row of the latest year that was known."""
    latest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: int(row["year"])):
        if middle_of(row["year"]) <= as_of:
            latest[row["iso3"]] = row
    return latest


def _quarters(rows: Iterable[Row], as_of: date) -> dict[str, tuple[str, Row]]:
    """Return each country's quarter among the countries of the same year, q1 the strongest, with its row.

    Countries with the same estimate fall into the same quarter.
    """
    rows = [row for row in rows if middle_of(row["year"]) <= as_of]
    by_year: dict[str, list[float]] = {}
    for row in rows:
        by_year.setdefault(row["year"], []).append(float(row["estimate"]))
    quarters = {}
    for iso3, row in _latest(rows, as_of).items():
        estimates = by_year[row["year"]]
        stronger = sum(estimate > float(row["estimate"]) for estimate in estimates)
        quarters[iso3] = (f"q{1 + 4 * stronger // len(estimates)}", row)
    return quarters


def _ratified(rows: Iterable[Row], parameters: Parameters, as_of: date) -> frozenset[tuple[str, str]]:
    return frozenset(
        (row["iso3"], row["convention"])
        for row in rows
        if row["convention"] in parameters.conventions and int(row["year"]) <= as_of.year
    )


def _bans_by_pair(rows: Iterable[Row], as_of: date) -> dict[tuple[str, str], list[Row]]:
    """Return the bans that were in force on the day, by good and country."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        ended = row["status"] != _IN_FORCE and (row["status_date"] or row["date"]) <= as_of.isoformat()
        if row["good"] and row["date"] <= as_of.isoformat() and not ended:
            found.setdefault((row["good"], row["iso3"]), []).append(row)
    return found
