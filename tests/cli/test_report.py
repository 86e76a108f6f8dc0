"""`fairlead report`, as a person types it."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from fairlead.cli.app import app
from fairlead.write import write_snapshot
from tests.report import example_assessment


def test_a_kept_assessment_is_reported_in_russian(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    write_snapshot(example_assessment.single(), tmp_path / "kept")
    words = ["report", str(tmp_path / "kept"), "--out", str(tmp_path / "out"), "--lang", "ru", "--no-pdf"]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0
    assert f"Report: {tmp_path / 'out' / 'report.html'}" in done.stdout
    assert '<html lang="ru"' in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert not (tmp_path / "out" / "report.pdf").exists()
