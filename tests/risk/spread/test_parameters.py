"""The numbers of spread: all there, all in range, each with its source."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from fairlead.errors import InvalidReference
from fairlead.model.vocabulary import LinkKind
from fairlead.reference import load_yaml
from fairlead.risk.spread.parameters import shipped_spread_parameters, spread_parameters_from


def test_every_kind_of_link_has_a_rule_with_a_citation() -> None:
    rules = shipped_spread_parameters().rules
    assert set(rules) == set(LinkKind)
    assert all(rule.citation for rule in rules.values())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda content: content["links"].pop(), "every kind of link once"),
        (lambda content: content["delta"].update(value=1), "delta must lie between"),
        (lambda content: content["links"][0].update(back=0.5, says_back="is supplied by"), "goods go one way"),
        (lambda content: content["links"][2].update(says_back=""), "back and says_back come together"),
        (lambda content: content["links"][2].update(weight=1.5), "weight must lie between"),
        (lambda content: content["links"][2].update(citation=" "), "without a citation"),
        (lambda content: content["links"][2].update(by="guess"), "by must be"),
        (lambda content: content.pop("sweeps"), "sweeps"),
    ],
)
def test_a_table_that_breaks_its_rules_is_refused(change: Any, says: str) -> None:
    content = copy.deepcopy(load_yaml("risk_spread"))
    change(content)
    with pytest.raises(InvalidReference, match=says):
        spread_parameters_from(content)
