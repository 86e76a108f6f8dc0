"""The results folder changes as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlead.assess.output import fresh_output, refuse_output_among_inputs
from fairlead.errors import OptionError, ReportError
from fairlead.model.assessment import RESULT_FILES


def test_results_appear_together_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with fresh_output(out) as folder:
        (folder / "parties.csv").write_text("new")
        assert not (out / "parties.csv").exists()
    assert (out / "parties.csv").read_text() == "new"
    assert sorted(path.name for path in out.iterdir()) == ["parties.csv"]


def test_a_failure_leaves_the_earlier_results_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("old")
    with pytest.raises(RuntimeError), fresh_output(tmp_path) as folder:
        (folder / "parties.csv").write_text("new")
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == ["parties.csv"]
    assert (tmp_path / "parties.csv").read_text() == "old"


def test_a_result_of_an_earlier_run_that_is_not_written_again_is_removed(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    with fresh_output(tmp_path) as folder:
        (folder / "report.html").write_text("new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "report.html"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OptionError, match="Give another folder"):
        refuse_output_among_inputs(tmp_path / "out", [])


def test_writing_into_the_folder_that_is_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="among the supplier lists"):
        refuse_output_among_inputs(tmp_path, [tmp_path])


@pytest.mark.parametrize("name", RESULT_FILES)
def test_an_input_that_has_the_name_of_a_result_is_not_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("input")
    with pytest.raises(OptionError):
        refuse_output_among_inputs(tmp_path, [tmp_path / name])


def test_results_beside_an_input_file_are_fine(tmp_path: Path) -> None:
    (tmp_path / "suppliers.csv").write_text("input")
    refuse_output_among_inputs(tmp_path, [tmp_path / "suppliers.csv"])
    refuse_output_among_inputs(tmp_path / "out", [tmp_path])
    assert [path.name for path in tmp_path.iterdir()] == ["suppliers.csv"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="cannot be written"), fresh_output(tmp_path / "file" / "out"):
        pass
