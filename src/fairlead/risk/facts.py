"""What the reference pack says of a country, a good or a sector, ready to become evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import Formatter

from fairlead.reference import load_csv
from fairlead.risk.cards import Card, Cards, Level
from fairlead.risk.dates import middle_of
from fairlead.risk.parameters import Parameters

Row = Mapping[str, str]


@dataclass(frozen=True)
class ReferenceTables:
    """The tables of the reference pack that context is made from; tests make small ones."""

    tip_tiers: Sequence[Row] = ()
    governance: Sequence[Row] = ()
    conventions: Sequence[Row] = ()
    goods_listed: Sequence[Row] = ()
    state_imposed: Sequence[Row] = ()
    goods: Sequence[Row] = ()

    @classmethod
    def shipped(cls) -> ReferenceTables:
        """Return the tables in use; inquiries into labour imposed by a State are read as rows of state_imposed."""
        tables = {name: load_csv(name) for name in cls.__dataclass_fields__}
        return cls(**{**tables, "state_imposed": (*tables["state_imposed"], *load_csv("labour_inquiries"))})


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
    """Looks facts up in the reference tables, as they were known on the day `as_of`."""

    def __init__(self, tables: ReferenceTables, cards: Cards, parameters: Parameters, as_of: date) -> None:
        self._cards = cards
        self._parameters = parameters
        self._as_of = as_of
        self._tiers = _latest(tables.tip_tiers, as_of)
        indicator = parameters.governance_indicator
        self._quarters = _quarters([row for row in tables.governance if row["indicator"] == indicator], as_of)
        self._ratified = _ratified(tables.conventions, parameters, as_of)
        self._conventions = {row["iso3"]: row for row in tables.conventions if row["convention"] in self._tracked}
        self._listed = {(row["good"], row["iso3"]): row for row in tables.goods_listed}
        self._forced = _countries_by_good(tables.goods_listed)
        self._inputs = {row["good"]: tuple(sorted(row["inputs"].split())) for row in tables.goods}
        self._state_imposed = [row for row in tables.state_imposed if _begun(row, as_of)]

    @property
    def _tracked(self) -> tuple[str, ...]:
        return self._parameters.conventions

    def country(self, iso3: str) -> list[Fact]:
        """Return what is known of a country: its tier, its rule of law, what it has not ratified, State-wide labour."""
        found = [self._tier(iso3), self._rule_of_law(iso3), self._not_ratified(iso3)]
        return [fact for fact in found if fact] + self.state_imposed(iso3, region="", good="")

    def good(self, good: str, iso3: str | None) -> list[Fact]:
        """Return what is known of a good from a country, or of the good alone where the country is not known."""
        return [*self._listings(good, iso3), *self._listed_elsewhere(good, iso3), *self._upstream(good, iso3)] + (
            self.state_imposed(iso3, region="", good=good) if iso3 else []
        )

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

    def _listings(self, good: str, iso3: str | None) -> list[Fact]:
        row = self._listed.get((good, iso3 or ""))
        if row is None:
            return []
        values = {"good": good, "country": str(iso3)}
        flags = (("good_forced_labour_listed", "forced_labour"), ("good_child_labour_listed", "child_labour"))
        return [
            _fact(card, card.levels[""], _at(row, f"goods_listed: {good} {iso3}"), "listing", values, value=good)
            for card, flag in ((self._cards[finding], flag) for finding, flag in flags)
            if row[flag] == "yes"
        ]

    def _listed_elsewhere(self, good: str, iso3: str | None) -> list[Fact]:
        others = [row for row in self._forced.get(good, ()) if row["iso3"] != iso3]
        if not others:
            return []
        card = self._cards["good_listed_elsewhere"]
        level = card.levels["1" if len(others) == 1 else "2-3" if len(others) <= 3 else "4+"]  # noqa: PLR2004
        values = {"good": good, "count": str(len(others))}
        return [_fact(card, level, _at(others[0], f"goods_listed: {good}"), "listing", values)]

    def _upstream(self, good: str, iso3: str | None) -> list[Fact]:
        derived = self._listed.get((good, iso3 or ""))
        card = self._cards["good_input_listed"]
        found = []
        if derived is not None and derived["derived"] == "yes":
            values = {"good": good, "country": str(iso3), "origin": derived["derived_iso3"]}
            where = _at(derived, f"goods_listed: {good} {iso3}")
            found.append(_fact(card, card.levels["derived"], where, "upstream", values))
        return found + [
            self._input(card, good, given, iso3) for given in self._inputs.get(good, ()) if self._forced.get(given)
        ]

    def _input(self, card: Card, good: str, given: str, iso3: str | None) -> Fact:
        rows = self._forced[given]
        same = [row for row in rows if row["iso3"] == iso3]
        imposed = [row for row in self._state_imposed if _imposes(row, iso3, given) and not _ended(row, self._as_of)]
        value = "same_country" if same else "one_other_country" if len(rows) == 1 else "other_countries"
        value = "state_imposed" if imposed else value
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
        when = row["to_year"] if ended else row["from_year"]  # an end that is still to come was not known on the day
        return _fact(card, level, where, "state_imposed", values, when or None)


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


def _countries_by_good(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows that list a good for forced labour, by good, in the order of the countries' codes."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["good"], row["iso3"])):
        if row["forced_labour"] == "yes":
            found.setdefault(row["good"], []).append(row)
    return found
