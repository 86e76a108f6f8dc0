"""An entry that is no longer on a list lowers the finding, and the reason is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fairlead.assess import assess
from fairlead.language import Language
from fairlead.model.assessment import Assessment

AS_OF = date(2026, 3, 31)


def assessed(folder: Path, now: str, before: str | None = None) -> Assessment:
    folder.mkdir()
    files = {"vendors.csv": "Supplier,Country\nQuillon Harrow Weaving,India\n", "import-ban-2026-02.csv": now}
    files |= {"import-ban-2026-01.csv": before} if before else {}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    earlier = [folder / "import-ban-2026-01.csv"] if before else []
    listed = [folder / "import-ban-2026-02.csv"]
    return assess(
        [folder / "vendors.csv"], out=folder / "out", as_of=AS_OF, lists=listed, earlier_lists=earlier, pdf=False
    )


def probability(assessment: Assessment) -> float:
    (rating,) = assessment.ratings.to_pylist()
    return float(rating["p"])


def test_a_removed_entry_weighs_less_than_one_in_force_and_is_told(tmp_path: Path) -> None:
    other, quillon = "name,country\nBrook Stroy,Russia\n", "Quillon Harrow Weaving,India\n"
    listed = assessed(tmp_path / "listed", other + quillon)
    removed = assessed(tmp_path / "removed", other, before=other + quillon)
    never = assessed(tmp_path / "never", other)
    assert probability(never) < probability(removed) < probability(listed)
    (row,) = (row for row in removed.evidence.to_pylist() if row["finding"] == "listed_import_ban")
    (earlier,) = (file for file in removed.inputs if file.role == "earlier_list")
    (now,) = (file for file in removed.inputs if file.role == "list")
    assert (row["value"], row["edition"], row["source_sha256"]) == ("removed", now.sha256[:12], now.sha256)
    said = Language("en").render(row["text"])
    assert f"until edition {earlier.sha256[:12]} and is no longer on it in edition {now.sha256[:12]}" in said
    assert "until edition" in (tmp_path / "removed" / "out" / "report.html").read_text(encoding="utf-8")
