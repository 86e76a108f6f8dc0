"""The universe of the backtest: every good and every country that makes some of it, with what is known of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from fairlead.errors import InvalidReference
from fairlead.reference import load_csv
from fairlead.reference.load import Row
from fairlead.risk.arrays import Bools, Floats, Ints, Texts

#: The publisher of the list never lists its own country.
LISTED_BY: Final = "USA"

#: Indicator and year of governance that stand for the rule of law, and tiers as a scale on which more is worse.
RULE_OF_LAW: Final = ("rule_of_law", 2015)
TIERS: Final = {"1": 1.0, "2": 2.0, "2WL": 2.5, "3": 3.0}
TIER_YEAR: Final = 2015


@dataclass(frozen=True)
class Universe:
    """Pairs of a good and a country that makes it, one element of each array for each pair, sorted by both.

    `share` is the country's part of the world's output (nan where no statistics record it); `population` in
    people, `gdp_per_head` in current US dollars; `rule_of_law` as the World Bank estimates it (more is better);
    `tier` from 1 to 3 (more is worse). nan where a country has no value.
    """

    good: Texts
    iso3: Texts
    sector: Texts
    region: Texts
    share: Floats
    population: Floats
    gdp_per_head: Floats
    rule_of_law: Floats
    tier: Floats

    def __len__(self) -> int:
        return len(self.good)

    @cached_property
    def ln_share(self) -> Floats:
        """Return the logarithm of the share; a pair that no statistics record counts as the good's smallest maker.

        There is no flag for such pairs: they are in the universe because they are listed, so it would be the label.
        """
        logs = np.log(self.share)
        for row in np.flatnonzero(np.isnan(logs)):
            same = logs[self.good == self.good[row]]
            logs[row] = np.nanmin(same) if np.isfinite(same).any() else np.nan
        return logs

    @cached_property
    def country_number(self) -> Ints:
        """Return a number from 0 for each pair's country, in the order of the codes."""
        return np.unique(self.iso3, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def good_number(self) -> Ints:
        """Return a number from 0 for each pair's good, in the order of the keys."""
        return np.unique(self.good, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def sector_number(self) -> Ints:
        """Return a number from 0 for each pair's sector."""
        return np.unique(self.sector, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def region_number(self) -> Ints:
        """Return a number from 0 for each pair's region."""
        return np.unique(self.region, return_inverse=True)[1].astype(np.int64)

    def _pairs(self) -> Iterable[tuple[str, str]]:
        return zip(self.good.tolist(), self.iso3.tolist(), strict=True)

    @cached_property
    def place(self) -> Mapping[tuple[str, str], int]:
        """Return where each pair of good and country stands."""
        return {(good, iso3): row for row, (good, iso3) in enumerate(self._pairs())}

    def marked(self, pairs: Iterable[tuple[str, str]]) -> Bools:
        """Return which pairs of the universe are among those given; others are passed over."""
        marks = np.zeros(len(self), dtype=bool)
        for pair in pairs:
            if pair in self.place:
                marks[self.place[pair]] = True
        return marks

    def only(self, rows: Bools) -> Universe:
        """Return the universe of the rows marked."""
        return Universe(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


@dataclass(frozen=True)
class Edition:
    """One edition of the list of goods: its rows as the reference pack has them."""

    year: int
    rows: tuple[Row, ...]

    def forced(self, universe: Universe) -> Bools:
        """Return which pairs it lists for forced labour."""
        return universe.marked((row["good"], row["iso3"]) for row in self.rows if row["forced_labour"] == "yes")

    def listed(self, universe: Universe) -> Bools:
        """Return which pairs it lists at all, for forced or child labour."""
        return universe.marked((row["good"], row["iso3"]) for row in self.rows if _is_listed(row))

    def without(self, pairs: Iterable[tuple[str, str]]) -> Edition:
        """Return the edition without some pairs of good and country."""
        left_out = set(pairs)
        return Edition(self.year, tuple(row for row in self.rows if (row["good"], row["iso3"]) not in left_out))

    def without_countries(self, countries: Iterable[str]) -> Edition:
        """Return the edition without everything that it says of some countries."""
        left_out = set(countries)
        return Edition(self.year, tuple(row for row in self.rows if row["iso3"] not in left_out))

    def without_goods(self, goods: Iterable[str]) -> Edition:
        """Return the edition without everything that it says of some goods."""
        left_out = set(goods)
        return Edition(self.year, tuple(row for row in self.rows if row["good"] not in left_out))


def _is_listed(row: Row) -> bool:
    return "yes" in {row["forced_labour"], row["child_labour"]}


def shipped_universe() -> Universe:
    """Return the pairs of the table `production`, without the publisher's own country and those never in the report.

    A country counts when the Trafficking in Persons Report has ranked it at least once: of others, mostly
    territories, the publisher of the list reports by the State they belong to.
    Raises InvalidReference when a good of production is not in the table of goods.
    """
    ranked = {row["iso3"] for row in load_csv("tip_tiers")} - {LISTED_BY}
    rows = sorted(
        (row for row in load_csv("production") if row["iso3"] in ranked), key=lambda row: (row["good"], row["iso3"])
    )
    sectors = {row["good"]: row["sector"] for row in load_csv("goods")}
    unknown = {row["good"] for row in rows} - set(sectors)
    if unknown:
        raise InvalidReference(f"goods of production are not in goods: {', '.join(sorted(unknown))}.")
    regions = {row["iso3"]: row["subregion"] for row in load_csv("countries")}
    iso3 = [row["iso3"] for row in rows]
    people, product = _sizes("population"), _sizes("gdp")
    per_head = {code: product[code] / people[code] for code in product if code in people}
    indicator, year = RULE_OF_LAW
    law = {
        row["iso3"]: float(row["estimate"])
        for row in load_csv("governance")
        if row["indicator"] == indicator and int(row["year"]) == year
    }
    tiers = {
        row["iso3"]: TIERS[row["tier"]]
        for row in load_csv("tip_tiers")
        if int(row["year"]) == TIER_YEAR and row["tier"] in TIERS
    }
    return Universe(
        good=np.array([row["good"] for row in rows]),
        iso3=np.array(iso3),
        sector=np.array([sectors[row["good"]] for row in rows]),
        region=np.array([regions.get(code, "") for code in iso3]),
        share=np.array([float(row["share"]) if row["share"] else np.nan for row in rows]),
        population=_of(people, iso3),
        gdp_per_head=_of(per_head, iso3),
        rule_of_law=_of(law, iso3),
        tier=_of(tiers, iso3),
    )


def shipped_editions() -> Mapping[int, Edition]:
    """Return the editions of the list of goods in the reference pack, by their year."""
    rows: dict[int, list[Row]] = {}
    for row in load_csv("goods_listed_history"):
        rows.setdefault(int(row["year"]), []).append(row)
    for row in load_csv("goods_listed"):
        rows.setdefault(int(row["edition"][:4]), []).append(row)
    return {year: Edition(year, tuple(rows[year])) for year in sorted(rows)}


def _sizes(measure: str) -> Mapping[str, float]:
    return {row["iso3"]: float(row["value"]) for row in load_csv("country_size") if row["measure"] == measure}


def _of(values: Mapping[str, float], countries: Sequence[str]) -> Floats:
    return np.array([values.get(code, np.nan) for code in countries])
