"""The whole way on the example case: find doubtful pairs, judge them, run again, find an old id."""

from __future__ import annotations

import csv
from pathlib import Path

from typer.testing import CliRunner

from fairlead.cli import app

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ministry-tender"


def fairlead(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_judged_pairs_of_the_example_merge_or_stay_apart_and_old_ids_lead_on(tmp_path: Path) -> None:
    out, store, filled = tmp_path / "clusters.csv", str(tmp_path / "judgements.jsonl"), tmp_path / "to-judge.csv"
    fairlead("resolve", str(EXAMPLE), "--out", str(out))
    before = {row["id"]: row["party_id"] for row in table(out)}
    fairlead("judge", "export", str(tmp_path / "review.csv"), "--judgements", store, "--out", str(filled))
    pairs = table(filled)
    answers = {"Лазурит": "different", "Padma Kanon": "unsure", "Тазалық": "same"}
    for pair in pairs:
        pair["decision"] = next((answer for name, answer in answers.items() if name in pair["left_name"]), "")
    same = next(pair for pair in pairs if pair["decision"] == "same")
    with filled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(pairs[0]))
        writer.writeheader()
        writer.writerows(pairs)
    fairlead("judge", "import", str(filled), "--judgements", store, "--user", "Aigerim")
    printed = fairlead("resolve", str(EXAMPLE), "--out", str(out), "--judgements", store)
    assert "3 of 3 judgements are on rows of these lists" in printed
    after = {row["id"]: row["party_id"] for row in table(out)}
    changed = {row_id: (before[row_id], after[row_id]) for row_id in before if before[row_id] != after[row_id]}
    ((gone, present),) = changed.values()
    assert {gone, present} == {same["left_party_id"], same["right_party_id"]}
    left = {pair["left_name"]: pair["judged"] for pair in table(tmp_path / "review.csv")}
    assert not any("Лазурит" in name or "Тазалық" in name for name in left)
    assert [said.split(" on ")[0] for name, said in left.items() if "Padma" in name] == ["Judged unsure by Aigerim"]
    merged = str(tmp_path / "clusters.merged_ids.csv")
    assert f"{gone} is now {present}." in fairlead("judge", "id", gone, "--judgements", store, "--merged-ids", merged)
