"""The universe is what statistics of production say, and agrees with the copy it was developed on."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from fairlead.reference.keys import good_key
from fairlead.risk.backtest.universe import Edition, shipped_editions, shipped_universe

UNIVERSE = shipped_universe()


def _row(good: str, iso3: str, forced: str = "no", child: str = "no") -> dict[str, str]:
    return {"good": good, "iso3": iso3, "forced_labour": forced, "child_labour": child}


@pytest.mark.real_data
def test_every_pair_of_the_development_copy_is_there_with_its_share_and_labels(real_data: Path) -> None:
    with (real_data / "production" / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    editions = shipped_editions()
    assert len({(good_key(row["good"]), row["iso3"]) for row in rows}) == 4885
    for year in ("2016", "2018", "2020", "2022"):
        forced = editions[int(year)].forced(UNIVERSE)
        listed = editions[int(year)].listed(UNIVERSE)
        for row in rows:
            place = UNIVERSE.place[good_key(row["good"]), row["iso3"]]
            assert forced[place] == (row[f"fl_listed_{year}"] == "1"), (row["good"], row["iso3"], year)
            assert listed[place] == (row[f"any_listed_{year}"] == "1"), (row["good"], row["iso3"], year)
    for row in rows:
        share = UNIVERSE.share[UNIVERSE.place[good_key(row["good"]), row["iso3"]]]
        assert np.isnan(share) or share == pytest.approx(float(row["share"]), rel=0.006), row


@pytest.mark.real_data
def test_pairs_that_the_development_copy_lacks_are_of_countries_that_it_lacks(real_data: Path) -> None:
    with (real_data / "production" / "pairs.csv").open(encoding="utf-8", newline="") as file:
        countries = {row["iso3"] for row in csv.DictReader(file)}
    assert set(UNIVERSE.iso3.tolist()) - countries == {"BTN", "COM", "TON"}


def test_the_publishers_own_country_is_left_out() -> None:
    assert "USA" not in UNIVERSE.iso3


def test_shares_of_a_good_do_not_pass_the_whole() -> None:
    for good in np.unique(UNIVERSE.good):
        share = UNIVERSE.share[good == UNIVERSE.good]
        assert (share[~np.isnan(share)] > 0).all()
        assert np.nansum(share) <= 1.005  # three digits each


def test_a_pair_that_no_statistics_record_counts_as_the_smallest_maker_of_its_good() -> None:
    unrecorded = np.flatnonzero(np.isnan(UNIVERSE.share))
    assert len(unrecorded) == 2
    for row in unrecorded:
        same = UNIVERSE.good == UNIVERSE.good[row]
        assert UNIVERSE.ln_share[row] == np.log(np.nanmin(UNIVERSE.share[same]))
    assert np.isfinite(UNIVERSE.ln_share).all()


def test_an_edition_marks_forced_labour_and_any_listing() -> None:
    edition = Edition(2000, (_row("cotton", "TKM", forced="yes"), _row("gold", "PER", child="yes"), _row("x", "TKM")))
    assert edition.forced(UNIVERSE).sum() == 1
    assert edition.listed(UNIVERSE).sum() == 2
    assert edition.without_countries(["TKM"]).rows == (_row("gold", "PER", child="yes"),)
    assert len(edition.without_goods(["gold"]).rows) == 2
    assert len(edition.without([("cotton", "TKM")]).rows) == 2
