"""What is recorded of a chain, rated without a list: evidence from people counts and stays as it was given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from fairlead.assess.pipeline import evaluate
from fairlead.assess.recorded import Recorded, assess_recorded
from fairlead.model.assessment import Assessment
from fairlead.model.message import message
from fairlead.model.progress import Silent
from fairlead.model.schemas import EVIDENCE, LINK
from fairlead.read import ReadResult, read_suppliers
from fairlead.resolve.ownership_links import holdings_of_links

AS_OF = date(2026, 3, 31)
LIST = "name,country,address,product,parent\nLebap Dokma,Turkmenistan,Lebap st. 5,cotton yarn,Lebap Holding\n"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> ReadResult:
    path: Path = tmp_path_factory.mktemp("lists") / "suppliers.csv"
    path.write_text(LIST, encoding="utf-8")
    return read_suppliers([path])


@pytest.fixture(scope="module")
def assessed(read: ReadResult) -> Assessment:
    return evaluate(read, (), as_of=AS_OF, progress=Silent())


def recorded(assessed: Assessment, *evidence: dict[str, Any], **besides: Any) -> Recorded:
    return Recorded(
        parties=assessed.parties,
        sites=assessed.sites,
        links=assessed.links,
        classification=assessed.classification,
        rows=assessed.rows,
        evidence=pa.Table.from_pylist(list(evidence), schema=EVIDENCE),
        **besides,
    )


def party(assessed: Assessment) -> str:
    [found] = [row["party_id"] for row in assessed.parties.to_pylist() if row["name"] == "Lebap Dokma"]
    return str(found)


def finding(subject_id: str, finding: str = "documents_held", **said: Any) -> dict[str, Any]:
    return {
        "evidence_id": f"evd_{finding}",
        "subject_kind": "party",
        "subject_id": subject_id,
        "finding": finding,
        "polarity": "supports",
        "source_id": "questionnaire",
        "edition": "2026-02",
        "asserted_by": "union",
        "event_date": "2026-02-01",
        "confidence": 1.0,
        "cluster_key": f"questionnaire:{finding}",
        "visibility": "organisation",
        "text": message("Passports are kept by the employer").to_arrow(),
        **said,
    }


def rating(assessment: Assessment, subject_id: str) -> dict[str, Any]:
    [found] = assessment.ratings.filter(pc.equal(assessment.ratings["subject_id"], subject_id)).to_pylist()
    return dict(found)


def test_what_is_recorded_of_a_list_is_rated_as_the_list_was(assessed: Assessment) -> None:
    again = assess_recorded(recorded(assessed), as_of=AS_OF)
    assert again.ratings == assessed.ratings
    assert again.actions == assessed.actions
    assert again.evidence == assessed.evidence


def test_evidence_that_people_gave_counts_and_stays_as_it_was(assessed: Assessment) -> None:
    one = party(assessed)
    given = finding(one)
    after = assess_recorded(recorded(assessed, given), as_of=AS_OF)
    assert rating(after, one)["p"] > rating(assessed, one)["p"]
    [kept] = after.evidence.filter(pc.equal(after.evidence["evidence_id"], given["evidence_id"])).to_pylist()
    assert {name: kept[name] for name in given} == {
        **given,
        "text": {"template": given["text"]["template"], "values": []},
    }
    names = [term["name"] for term in rating(after, one)["terms"]]
    assert given["finding"] in names


def test_evidence_on_a_link_or_a_site_is_kept_and_moves_no_rating(assessed: Assessment) -> None:
    link, site = assessed.links["link_id"][0].as_py(), assessed.sites["site_id"][0].as_py()
    given = [
        finding(link, subject_kind="link", evidence_id="evd_link"),
        finding(site, subject_kind="site", evidence_id="evd_site"),
    ]
    after = assess_recorded(recorded(assessed, *given), as_of=AS_OF)
    assert after.ratings == assessed.ratings
    assert {"evd_link", "evd_site"} <= set(after.evidence["evidence_id"].to_pylist())


def test_evidence_that_is_found_again_stands_as_it_was_given(assessed: Assessment) -> None:
    first = {**assessed.evidence.to_pylist()[0], "visibility": "restricted"}
    after = assess_recorded(recorded(assessed, first), as_of=AS_OF)
    same = after.evidence.filter(pc.equal(after.evidence["evidence_id"], first["evidence_id"])).to_pylist()
    assert [one["visibility"] for one in same] == ["restricted"]


def test_the_order_of_the_evidence_changes_nothing(assessed: Assessment) -> None:
    one = party(assessed)
    given = [finding(one, evidence_id=f"evd_{number}", cluster_key=str(number)) for number in (1, 2)]
    first = assess_recorded(recorded(assessed, *given), as_of=AS_OF)
    assert assess_recorded(recorded(assessed, *reversed(given)), as_of=AS_OF).ratings == first.ratings


def test_links_say_who_stands_above_whom_where_no_holdings_are_given(assessed: Assessment) -> None:
    names = {row["party_id"]: row["name"] for row in assessed.parties.to_pylist()}
    held = holdings_of_links(assessed.links).to_pylist()
    assert [(names[one["from_id"]], one["kind"], names[one["to_id"]], one["share_low"]) for one in held] == [
        ("Lebap Holding", "owns", "Lebap Dokma", None)
    ]


def test_a_share_on_a_link_is_the_share_of_the_holding(assessed: Assessment) -> None:
    [owning] = [row for row in assessed.links.to_pylist() if row["kind"] == "owns"]
    links = pa.Table.from_pylist([{**owning, "share": 0.51}], schema=LINK)
    [held] = holdings_of_links(links).to_pylist()
    assert (held["share_low"], held["share_high"]) == (Decimal("0.51"), Decimal("0.51"))


def test_a_chain_that_was_entered_by_hand_needs_no_rows(assessed: Assessment) -> None:
    place = assessed.parties.schema.get_field_index("row_ids")
    nothing = pa.array([[]] * assessed.parties.num_rows, pa.list_(pa.string()))
    parties = assessed.parties.set_column(place, assessed.parties.schema.field(place), nothing)
    after = assess_recorded(Recorded(parties, assessed.sites, assessed.links), as_of=AS_OF)
    assert rating(after, party(assessed))["data"] == "assessed"
    assert after.rows.num_rows == 0
