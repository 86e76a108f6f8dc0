"""Evidence that only those who handle a case may see: nothing that is written gives it away unless it is asked for."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.model.message import message
from fairlead.model.schemas import EVIDENCE, RATING
from fairlead.report import write_report
from fairlead.report.visible import LEFT_OUT, without_restricted
from tests.report import example_assessment

SECRET = "A worker said that zrxqvw"
SOURCE = "source-zrxqvw"


@pytest.fixture(scope="module")
def plain() -> Assessment:
    return example_assessment.rich()


@pytest.fixture(scope="module")
def with_secret(plain: Assessment) -> Assessment:
    """The example with one restricted piece of evidence, which made a term of the first rated party."""
    ratings = plain.ratings.to_pylist()
    rated = next(row for row in ratings if row["terms"])
    text = message(SECRET).to_arrow()
    secret: dict[str, Any] = {
        **plain.evidence.to_pylist()[0],
        "evidence_id": "evd_zrxqvw",
        "subject_id": rated["subject_id"],
        "finding": "finding_zrxqvw",
        "source_id": SOURCE,
        "edition": "edition-zrxqvw",
        "locator": "page zrxqvw",
        "visibility": "restricted",
        "text": text,
    }
    rated["terms"].append(
        {
            "name": secret["finding"],
            "nats": 1.5,
            "sd": 0.1,
            "evidence_ids": [secret["evidence_id"]],
            "source": SOURCE,
            "edition": secret["edition"],
            "text": text,
        }
    )
    rated["reference_editions"] = [*rated["reference_editions"], (SOURCE, secret["edition"])]
    action = {
        **plain.actions.to_pylist()[0],
        "action_id": "act_zrxqvw",
        "subject_id": rated["subject_id"],
        "finding": secret["finding"],
        "step": message("Ask about zrxqvw").to_arrow(),
    }
    return replace(
        plain,
        evidence=pa.concat_tables([plain.evidence, pa.Table.from_pylist([secret], schema=EVIDENCE)]),
        ratings=pa.Table.from_pylist(ratings, schema=RATING),
        actions=pa.concat_tables([plain.actions, pa.Table.from_pylist([action], schema=plain.actions.schema)]),
        editions=(*plain.editions, replace(plain.editions[0], source_id=SOURCE, title="Title zrxqvw")),
    )


def everything(folder: Path) -> str:
    """All that was written, workbooks unpacked."""
    parts = [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".xlsx"]
    for path in folder.glob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            parts += [book.read(name) for name in book.namelist()]
    text = b"\n".join(parts).decode("utf-8", errors="replace")
    return text + str(pq.read_table(folder / "evidence.parquet").to_pylist())


def test_nothing_that_is_written_gives_restricted_evidence_away(with_secret: Assessment, tmp_path: Path) -> None:
    write_report(with_secret, tmp_path, Language("en"), pdf=False)
    assert "zrxqvw" not in everything(tmp_path)


def test_it_is_written_where_it_is_asked_for(with_secret: Assessment, tmp_path: Path) -> None:
    write_report(with_secret, tmp_path, Language("en"), pdf=False, restricted=True)
    assert SECRET in everything(tmp_path)


def test_the_rating_keeps_its_number_and_the_weight_of_the_term(with_secret: Assessment) -> None:
    shown = without_restricted(with_secret)
    assert shown.ratings["p"] == with_secret.ratings["p"]
    for before, after in zip(with_secret.ratings["terms"].to_pylist(), shown.ratings["terms"].to_pylist(), strict=True):
        assert [term["nats"] for term in before] == [term["nats"] for term in after]
    names = [term["name"] for terms in shown.ratings["terms"].to_pylist() for term in terms]
    assert names.count("not_shown") == 1
    assert shown.options[LEFT_OUT] == "1"


def test_a_step_stays_where_open_evidence_shows_its_finding_too(with_secret: Assessment) -> None:
    [secret] = with_secret.evidence.filter(pc.equal(with_secret.evidence["evidence_id"], "evd_zrxqvw")).to_pylist()
    known = {**secret, "evidence_id": "evd_open", "visibility": "public"}
    both = replace(
        with_secret,
        evidence=pa.concat_tables([with_secret.evidence, pa.Table.from_pylist([known], schema=EVIDENCE)]),
    )
    assert "act_zrxqvw" in without_restricted(both).actions["action_id"].to_pylist()
    assert "act_zrxqvw" not in without_restricted(with_secret).actions["action_id"].to_pylist()


def test_without_restricted_evidence_the_assessment_is_the_same_object(plain: Assessment) -> None:
    assert without_restricted(plain) is plain
