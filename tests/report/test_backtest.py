"""Tables and pictures of the backtest, from figures made by hand."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fairlead.errors import OptionError
from fairlead.report.backtest_pictures import comparison_picture
from fairlead.report.backtest_tables import cells, shown
from fairlead.report.write_backtest import pictures, tables_page, write_backtest
from fairlead.risk.backtest import BASELINES, FIGURES, Backtest, Figures, TestResult
from fairlead.risk.backtest.measures import Bin

_BINS = (Bin(100, 0, 0.001, 0.0, 0.002), Bin(100, 12, 0.1, 0.02, 0.4))


def _figures(area: float, bins: tuple[Bin, ...] = ()) -> Figures:
    values = dict.fromkeys(FIGURES, 0.5) | {"auc": area, "auc_low": area - 0.1, "auc_high": area + 0.05}
    return Figures(values | {"n": 200, "positives": 12, "log_loss": math.nan}, {"log_loss": "no probabilities"}, bins)


def _result() -> Backtest:
    tests = tuple(
        TestResult(
            name=name,
            title=name.replace("_", " ").capitalize(),
            question="Does it?",
            trained_on="a list",
            hits="pairs",
            rating=_figures(0.8),
            joined=_figures(0.9, _BINS),
            baselines={key: _figures(0.6) for key in BASELINES},
        )
        for name in ("leave_country_out", "leave_good_out", "temporal")
    )
    universe = {"pairs": 200, "goods": 3, "countries": 80}
    return Backtest(tests, (), (), universe, date(2016, 9, 30), 0, "m", {})


def test_a_figure_is_shown_with_its_interval_and_a_missing_one_as_a_dash() -> None:
    assert cells(_figures(0.8))[0] == ".800 [.700, .850]"
    assert shown(math.nan, "log_loss") == "–"
    assert shown(1.0, "coverage_90") == "1.00"


def test_the_page_says_which_model_is_shown_as_risk_and_has_a_line_for_each() -> None:
    page = tables_page(_result())
    assert "What a person sees as risk is the rating alone." in page
    for name in (*BASELINES.values(), "**the rating, shown to people**", "rating with exposure and detection"):
        assert page.count(f"\n| {name} |") == 3, name


def test_pictures_are_well_formed_and_say_what_they_show() -> None:
    made = pictures(_result())
    assert len(made) == 4
    for svg in made.values():
        root = ElementTree.fromstring(svg)
        assert root.findtext("{http://www.w3.org/2000/svg}desc")
        assert root.findtext("{http://www.w3.org/2000/svg}title")


def test_marks_of_the_two_kinds_of_area_differ_in_shape() -> None:
    svg = pictures(_result())["backtest-leave-country-out.svg"]
    assert svg.count('<circle class="raw"') == svg.count('<path class="equal"') == 2 + len(BASELINES) + 1


def test_an_area_far_below_chance_is_drawn_where_it_lies() -> None:
    poor = replace(_result().tests[0], baselines={**_result().tests[0].baselines, "tip_tier": _figures(0.15)})
    svg = comparison_picture(poor)
    assert ">0.0</text>" in svg
    assert svg.count(">0.3</text>") == 1
    ends = [float(found) for found in re.findall(r'class="raw bar" x1="([0-9.]+)"', svg)]
    assert min(ends) == 250 + 18  # .05 on an axis of 360 from 0 to 1, which begins at 250
    assert ">0.0</text>" not in comparison_picture(_result().tests[0])


def test_the_folder_has_figures_tables_and_pictures_and_the_same_bytes_again(tmp_path: Path) -> None:
    first = write_backtest(_result(), tmp_path / "a")
    second = write_backtest(_result(), tmp_path / "b")
    assert [path.name for path in first][:2] == ["backtest.json", "backtest.md"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_folder_that_cannot_be_written_is_an_error_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OptionError, match="Give another folder"):
        write_backtest(_result(), tmp_path / "file")
