"""`fairlead assess --judgements`: decisions are followed, are among the inputs, and say where they changed an id."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from fairlead.assess import assess
from fairlead.errors import OptionError
from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import JudgementStore, Side, judgement

AS_OF = date(2026, 3, 31)
LIST = "Supplier,Country,City\nFictional Weaving Ltd,Kenya,Nairobi\nFictional Weaving Limited,Kenya,Nairobi\n"


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_pair_judged_the_same_is_one_party_in_the_next_assessment(tmp_path: Path) -> None:
    suppliers, out, store = tmp_path / "list.csv", tmp_path / "out", tmp_path / "judgements.jsonl"
    suppliers.write_text(LIST)
    assess([suppliers], out=out, as_of=AS_OF, pdf=False)
    (pair,) = table(out / "review.csv")
    assert not (out / "merged_ids.csv").exists()
    sides = (
        Side(pair[f"{side}_key"], pair[f"{side}_name"], "", pair[f"{side}_party_id"]) for side in ("left", "right")
    )
    JudgementStore(store).append(judgement(*sides, Decision.SAME, user="Aigerim", time="2026-03-31T09:00:00"))
    assessment = assess([suppliers], out=out, as_of=AS_OF, judgements=store, pdf=False)
    assert table(out / "review.csv") == []
    (party,) = table(out / "parties.csv")
    merged = table(out / "merged_ids.csv")
    assert {row["party_id"] for row in merged} == {party["party_id"]}
    assert {row["old_party_id"] for row in merged} <= {pair["left_party_id"], pair["right_party_id"]}
    assert [file.rows_in for file in assessment.inputs if file.role == "judgements"] == [1]


def test_a_torn_line_is_among_the_remarks(tmp_path: Path) -> None:
    suppliers, store = tmp_path / "list.csv", tmp_path / "judgements.jsonl"
    suppliers.write_text(LIST)
    store.write_text('{"event": "judg')
    assessment = assess([suppliers], out=tmp_path / "out", as_of=AS_OF, judgements=store, pdf=False)
    assert ("judgements.jsonl", 1) in [(one["file"], one["row"]) for one in assessment.remarks.to_pylist()]


def test_a_file_of_judgements_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    with pytest.raises(OptionError, match="judgements"):
        assess(
            [tmp_path / "list.csv"], out=tmp_path / "out", as_of=AS_OF, judgements=tmp_path / "none.jsonl", pdf=False
        )
