"""Two assessments in memory, compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.assess.comparison import compare_assessments
from fairlead.assess.recorded import Recorded, assess_recorded
from fairlead.model.schemas import LINK, PARTY, SITE
from tests.assess.test_recorded import finding

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
PARTIES = pa.Table.from_pylist(
    [
        {"party_id": f"pty_{name}", "kind": "company", "name": name, "names": [name], "country": "KAZ", "workforce": []}
        for name in ("Alma", "Kyran")
    ],
    schema=PARTY,
)
LINKS = pa.Table.from_pylist(
    [
        {"link_id": f"lnk_{name}", "from_id": f"pty_{name}", "kind": "supplies", "sector": "cleaning"}
        for name in ("Alma", "Kyran")
    ],
    schema=LINK,
)
RECORDED = Recorded(PARTIES, SITE.empty_table(), LINKS)


def test_what_changed_since_march_is_told_for_each_party_with_its_reason() -> None:
    old = assess_recorded(RECORDED, as_of=MARCH)
    evidence = pa.Table.from_pylist([finding("pty_Alma")], schema=old.evidence.schema)
    new = assess_recorded(replace(RECORDED, evidence=evidence), as_of=JUNE)
    changes = {change.name: change for change in compare_assessments(old, new).changes}
    assert changes["Alma"].nats is not None and changes["Alma"].nats > 0
    assert [term.name for term in changes["Alma"].terms if "added" in term.causes] == ["documents_held"]
    assert {cause for term in changes["Kyran"].terms for cause in term.causes} == {"time"}


def test_an_assessment_and_itself_are_the_same() -> None:
    one = assess_recorded(RECORDED, as_of=MARCH)
    assert not compare_assessments(one, one).different
    assert pc.all(pc.equal(one.ratings["data"], "assessed")).as_py()
