"""What lowers an estimate cannot lower the part of it that a State imposes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.risk import rate, shipped_cards
from fairlead.risk.cards import Group
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party

CARDS = shipped_cards()
TODAY = AS_OF.isoformat()

REGION = evidence("state_imposed_region", value="region")
GOOD = evidence("good_state_imposed", value="in_force")
SCHEME = evidence("workforce_state_scheme", asserted_by="buyer")
DEBT = evidence("recruitment_debt_reported", asserted_by="union", event_date=TODAY)
THREATS = evidence("threats_reported", asserted_by="union", event_date=TODAY)


def mitigates(finding: str, who: str = "union") -> dict[str, Any]:
    return evidence(finding, polarity="mitigates", asserted_by=who, event_date=TODAY)


AUDIT = mitigates("audit_announced_clean", "auditor")
INTERVIEWS = mitigates("interviews_off_site_clean")
CHANNEL = mitigates("hotline_with_uptake")
REPAID = mitigates("fees_repaid_confirmed")


def p(*rows: dict[str, Any]) -> float:
    one = parties(party(country="CHN"))
    return float(rate(one, links(link(good="cotton")), evidences(*rows), AS_OF).to_pylist()[0]["p"])


@pytest.mark.parametrize("imposed", [REGION, GOOD, SCHEME])
@pytest.mark.parametrize("found", [(), (DEBT,)])
def test_an_audit_counts_nothing_where_a_state_imposes_the_labour(
    imposed: dict[str, Any], found: tuple[dict[str, Any], ...]
) -> None:
    assert p(imposed, *found, AUDIT) == p(imposed, *found)
    assert p(*found, AUDIT) < p(*found)


@pytest.mark.parametrize("imposed", [REGION, GOOD, SCHEME])
def test_nothing_lowers_what_the_state_imposes(imposed: dict[str, Any]) -> None:
    assert p(imposed, AUDIT, INTERVIEWS, CHANNEL, REPAID) == p(imposed)


def test_what_was_found_at_the_supplier_can_be_mended_there_too() -> None:
    assert p(REGION) < p(REGION, DEBT, REPAID) + 1e-12 < p(REGION, DEBT)
    assert p(REGION, DEBT, REPAID, INTERVIEWS, CHANNEL) == pytest.approx(p(REGION), abs=1e-12)


def test_the_rule_ends_with_the_labour_that_the_state_imposed() -> None:
    ended = evidence("state_imposed_region", value="ended", event_date="2024")
    assert p(ended, INTERVIEWS) < p(ended)
    assert p(ended, AUDIT) < p(ended)


@pytest.mark.parametrize("row", [INTERVIEWS, CHANNEL, REPAID])
def test_elsewhere_repayment_interviews_and_channels_that_workers_confirm_lower_the_estimate(
    row: dict[str, Any],
) -> None:
    assert p(DEBT, row) < p(DEBT)
    assert p(DEBT, {**row, "asserted_by": "self"}) == p(DEBT)


def test_only_what_workers_confirm_may_undo_findings() -> None:
    for card in CARDS.values():
        if card.undoes_findings:
            assert card.group is Group.MITIGATION
            assert {str(who) for who in card.verified_by} == {"union", "worker_signal"}


@given(
    st.lists(st.sampled_from([DEBT, THREATS, SCHEME, AUDIT, INTERVIEWS, CHANNEL, REPAID]), max_size=7),
    st.sampled_from([REGION, GOOD]),
)
@settings(max_examples=60)
def test_a_party_is_never_rated_below_what_the_state_imposes_and_never_higher_for_mitigation(
    rows: list[dict[str, Any]], imposed: dict[str, Any]
) -> None:
    assert p(imposed, *rows) >= p(imposed) - 1e-12
    raising = [row for row in rows if row["polarity"] == "supports"]
    assert p(imposed, *rows) <= p(imposed, *raising) + 1e-12
