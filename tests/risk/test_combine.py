from __future__ import annotations

import numpy as np
import pytest

from fairlead.risk.combine import cap_sides, cap_total, discount, levelled_off, numbered, places


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_the_strongest_piece_counts_in_full_and_each_further_one_half() -> None:
    factor = discount(ints(0, 0, 0, 1), ints(0, 0, 0, 0), np.array([1.0, 3.0, 2.0, 1.0]), 0.5)
    assert factor.tolist() == [0.25, 1.0, 0.5, 1.0]


def test_pieces_of_other_clusters_and_of_the_other_sign_are_ranked_apart() -> None:
    factor = discount(ints(0, 0, 0), ints(0, 1, 0), np.array([1.0, 3.0, -2.0]), 0.5)
    assert factor.tolist() == [1.0, 1.0, 1.0]


def test_each_side_of_a_group_is_held_within_its_cap() -> None:
    nats = np.array([2.0, 4.0, -1.0, 5.0])
    held = nats * cap_sides(ints(0, 0, 0, 1), nats, 3.0)
    assert held.tolist() == pytest.approx([1.0, 2.0, -1.0, 3.0])


def test_a_total_is_held_between_its_bounds() -> None:
    nats = np.array([2.0, -1.0, -4.0, 0.5])
    held = nats * cap_total(ints(0, 0, 1, 2), nats, -1.5, 0.5)
    assert held.tolist() == pytest.approx([1.0, -0.5, -1.5, 0.5])


def test_numbers_follow_the_order_of_the_columns() -> None:
    number, first = numbered(ints(1, 0, 1, 0), ints(5, 7, 5, 2))
    assert number.tolist() == [2, 1, 2, 0]
    assert first.tolist() == [3, 1, 0]


def test_places_follow_the_order_of_the_texts() -> None:
    import pyarrow as pa  # noqa: PLC0415

    assert places(pa.array(["b", "a", "c", "a"])).tolist() == [1, 0, 2, 0]


def test_nothing_gives_nothing() -> None:
    nothing = ints()
    assert len(discount(nothing, nothing, np.zeros(0), 0.5)) == 0
    assert len(cap_sides(nothing, np.zeros(0), 3.0)) == 0


def test_what_levels_off_still_grows_and_never_passes_its_end() -> None:
    values = np.array([-3.0, -1.0, -0.5, 1.0, 4.0])
    after = values + levelled_off(values, -1.0, 0.0)
    assert after[:2].tolist() == [-3.0, -1.0]
    assert (np.diff(after) > 0).all()
    assert after.max() < 0.0
    nearly = np.array([-1.0 + 1e-6])
    assert (nearly + levelled_off(nearly, -1.0, 0.0))[0] == pytest.approx(nearly[0], abs=1e-11)
