"""Dates as lists write them."""

from __future__ import annotations

import pytest

from fairlead.screen.list_date import read_list_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-06-24", "2021-06-24"),
        ("2021-06", "2021-06"),
        ("2021", "2021"),
        ("2021-06-24T00:00:09.554Z", "2021-06-24"),
        ("12.5.2014", "2014-05-12"),
        ("24/06/2021", "2021-06-24"),
        ("06/24/2021", "2021-06-24"),
        ("05/05/2021", "2021-05-05"),
        ("April 1984", "1984-04"),
        ("24 June 2021", "2021-06-24"),
        ("June 24, 2021", "2021-06-24"),
        ("03/04/2021", None),
        ("31.2.2021", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_not_guessed(text: str, iso: str | None) -> None:
    assert read_list_date(text) == iso
