from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.read.number import read_coordinate, read_pair, read_tier, read_workers


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("1", 1),
        ("1.0", 1),
        ("Tier 1", 1),
        ("TIER-3", 3),
        ("T2", 2),
        ("3rd tier", 3),
        ("1-й уровень", 1),
        ("2 уровень", 2),
        ("Уровень 3", 3),
        ("первый", 1),
        ("II", 2),
        ("Tier II", 2),
        ("2-деңгей", 2),
        ("1-ші деңгей", 1),
        ("Rang 1", 1),
        ("niveau 2", 2),
        ("2ème", 2),
        ("second", 2),
        ("direct", 1),
        ("Tier 1/2", None),
        ("1-2", None),
        ("0", None),
        ("12", None),
        ("n/a", None),
        ("indirect", None),
        ("", None),
    ],
)
def test_a_tier_is_read_in_four_languages(text: str, tier: int | None) -> None:
    assert read_tier(text) == tier


@pytest.mark.parametrize(
    ("text", "workers"),
    [
        ("120", 120),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("1,200", 1200),
        ("1.200", 1200),
        ("120 чел.", 120),
        ("35 workers", 35),
        ("120.0", 120),
        ("0", 0),
        ("500-1000", None),
        ("500+", None),
        ("~500", None),
        ("about 500", None),
        ("12.5", None),
        ("many", None),
        ("-5", None),
        ("99999999", None),
    ],
)
def test_workers_are_a_whole_number_or_nothing(text: str, workers: int | None) -> None:
    assert read_workers(text) == workers


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("43.238949", 43.238949),
        ("43,238949", 43.238949),
        ("-37.683695", -37.683695),
        ("43°14'20\"N", 43 + 14 / 60 + 20 / 3600),
        ("43° 14′ 20″ с.ш.", 43 + 14 / 60 + 20 / 3600),
        ("33°27.5' S", -(33 + 27.5 / 60)),
        ("43.2 N", 43.2),
        ("33.5S", -33.5),
        ("91", None),
        ("43°61'", None),
        ("Almaty", None),
        ("", None),
    ],
)
def test_latitudes_are_read_in_every_notation(text: str, degrees: float | None) -> None:
    found = read_coordinate(text, 90)
    assert found == (None if degrees is None else pytest.approx(degrees))


def test_west_is_negative_and_180_degrees_are_the_limit() -> None:
    assert read_coordinate("76°30′ з.д.", 180) == pytest.approx(-76.5)
    assert read_coordinate("179.99", 180) == 179.99
    assert read_coordinate("180.01", 180) is None


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("43.238, 76.945", ("43.238", "76.945")),
        ("(43.238,76.945)", ("43.238", "76.945")),
        ("43,238; 76,945", ("43,238", "76,945")),
        ("43,238", None),
        ("43.238", None),
    ],
)
def test_two_coordinates_in_a_cell_are_told_from_one_with_a_decimal_comma(
    text: str, pair: tuple[str, str] | None
) -> None:
    assert read_pair(text) == pair


@given(st.floats(-90, 90))
def test_a_latitude_is_read_back(latitude: float) -> None:
    assert read_coordinate(f"{latitude:.6f}", 90) == pytest.approx(latitude, abs=1e-6)
