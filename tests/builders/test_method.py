"""The page on the method holds what the backtest prints."""

from __future__ import annotations

import pytest

from builders import method
from fairlead.report.write_backtest import pictures
from fairlead.risk.backtest import backtest


def test_the_page_has_one_part_that_is_written_by_the_builder_with_its_pictures() -> None:
    text = method.PAGE.read_text(encoding="utf-8")
    assert text.count(method.START) == text.count(method.END) == 1
    made = text.partition(method.START)[2].partition(method.END)[0]
    assert "## Leave country out" in made
    for picture in method.IMAGES.glob("backtest-*.svg"):
        assert f"](images/{picture.name})" in made


@pytest.mark.heavy
def test_tables_and_pictures_are_those_that_the_backtest_makes() -> None:
    result = backtest()
    text = method.PAGE.read_text(encoding="utf-8")
    assert method.page(text, result) == text, "run ./run build method"
    for name, picture in pictures(result).items():
        assert (method.IMAGES / name).read_text(encoding="utf-8") == picture, "run ./run build method"
