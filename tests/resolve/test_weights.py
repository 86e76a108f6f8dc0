"""The shipped weights: a table that an expert can read, complete and consistent."""

from __future__ import annotations

from collections import defaultdict

import pytest

from fairlead.identity.normalise import phonetic
from fairlead.resolve.resolve import KINDS
from fairlead.resolve.settings import Settings
from fairlead.resolve.tables import read_table
from fairlead.resolve.weigh import GENERIC_WEIGHT, word_weights

EACH_KIND = pytest.mark.parametrize("settings", KINDS, ids=[settings.kind for settings in KINDS])


@EACH_KIND
def test_every_level_has_its_weights_and_every_weight_its_level(settings: Settings) -> None:
    levels = [(name, level) for name, (_, conditions) in settings.levels.items() for level in conditions]
    assert [(row["comparison"], row["level"]) for row in read_table(settings.weights)] == levels


@EACH_KIND
def test_the_shares_of_a_comparison_add_up_to_one(settings: Settings) -> None:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for row in read_table(settings.weights):
        sums[row["comparison"], "m"] += float(row["m"])
        sums[row["comparison"], "u"] += float(row["u"])
    assert {key: pytest.approx(1.0, abs=0.005) for key in sums} == sums


def test_better_levels_speak_more_for_a_match() -> None:
    for name in ("name", "address", "postcode", "city", "place", "identifier", "legal_form"):
        weights = [row for row in read_table("weights_organisation") if row["comparison"] == name]
        ratios = [float(row["m"]) / float(row["u"]) for row in weights]
        if name in ("name", "address"):  # equal but common words say less than a rare name spelled otherwise
            ratios = [ratios[0], *ratios[-3:]]
        assert ratios == sorted(ratios, reverse=True), name


def test_a_generic_word_says_less_than_a_rare_one() -> None:
    weights = word_weights([["karlygas", phonetic("trading")], ["boztorgai", phonetic("trading")]])
    assert weights[phonetic("trading")] == GENERIC_WEIGHT
    assert weights["karlygas"] == 1.0


def test_a_word_loses_weight_when_many_use_it_but_not_when_a_few_do() -> None:
    weights = word_weights([["few"]] * 5 + [["many"]] * 500)
    assert weights["few"] == 1.0
    assert weights["many"] == pytest.approx(0.181, abs=0.01)  # 1 / (1 + ln(500 / 6.01))
