"""Which of the ILO's indicators are reported of a supplier itself."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from fairlead.model.vocabulary import Indicator
from fairlead.risk.indicators import Reported, reported_indicators
from tests.risk.make import AS_OF, evidence, evidences

TODAY = AS_OF.isoformat()
HELD = evidence("documents_held", asserted_by="union", event_date=TODAY)
THREATS = evidence("threats_reported", "pty_b", asserted_by="union", event_date=TODAY)


def reported(*rows: dict[str, Any], ids: tuple[str, ...] = ("pty_a", "pty_b")) -> dict[str, Reported]:
    return dict(reported_indicators(evidences(*rows), pa.array(ids), AS_OF))


def test_each_party_has_its_own_with_the_evidence_and_one_of_whom_nothing_is_said_has_none() -> None:
    assert reported(HELD, THREATS, ids=("pty_a", "pty_b", "pty_c")) == {
        "pty_a": {Indicator.RETENTION_OF_IDENTITY_DOCUMENTS: (HELD["evidence_id"],)},
        "pty_b": {Indicator.INTIMIDATION_AND_THREATS: (THREATS["evidence_id"],)},
    }


def test_evidence_for_one_indicator_is_gathered_under_it() -> None:
    again = evidence("documents_held", asserted_by="worker_signal", event_date=TODAY)
    found = reported(HELD, again)["pty_a"][Indicator.RETENTION_OF_IDENTITY_DOCUMENTS]
    assert found == tuple(sorted((HELD["evidence_id"], again["evidence_id"])))


@pytest.mark.parametrize(
    "row",
    [
        evidence("workforce_migrant", asserted_by="buyer"),
        evidence("documents_held", polarity="contradicts", asserted_by="union"),
        evidence("documents_held", asserted_by="union", event_date="2027"),
        evidence("documents_held", "pty_z", asserted_by="union"),
        evidence("buyer_pays_late", asserted_by="self", event_date=TODAY),
    ],
)
def test_a_way_of_hiring_a_denial_what_came_later_others_and_the_buyer_are_left_out(row: dict[str, Any]) -> None:
    assert reported(row) == {}


def test_nothing_reported_is_nothing() -> None:
    assert reported() == {}
