"""Input-output tables are kept whole, found again by year, and an error changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fairlead.errors import InvalidReference, NoTableAdded, UpdateFailed
from fairlead.model.input_output import Corrections
from fairlead.reference import input_output_store
from fairlead.reference.input_output_store import chosen_table, input_output_folder, keep_table, kept_tables, load_table
from tests.input_output import small_table


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRLEAD_HOME", str(tmp_path))
    return tmp_path


def test_a_table_comes_back_as_it_was(home: Path) -> None:
    table = small_table(labour=np.arange(4.0))
    assert keep_table(table) == home / "reference" / "io" / "icio-2020"
    back = load_table("icio-2020")
    assert (back.regions, back.industries, back.year, back.sha256) == (
        table.regions, table.industries, table.year, table.sha256,
    )  # fmt: skip
    assert np.array_equal(back.inputs.toarray(), table.inputs.toarray())
    assert back.labour is not None
    assert back.labour.tolist() == [0, 1, 2, 3]
    assert back.inputs.dtype == np.float32


def test_what_was_corrected_is_kept_with_the_table() -> None:
    corrections = Corrections(negative_flows=3, negative_share=0.001, circular=1)
    keep_table(replace(small_table(), corrections=corrections))
    assert load_table("icio-2020").corrections == corrections


def test_the_same_table_gives_the_same_bytes(home: Path) -> None:
    first = {file.name: file.read_bytes() for file in keep_table(small_table()).iterdir()}
    second = {file.name: file.read_bytes() for file in keep_table(small_table()).iterdir()}
    assert first == second
    assert [folder.name for folder in input_output_folder().iterdir()] == ["icio-2020"]


def test_without_a_table_the_message_says_what_to_do() -> None:
    assert kept_tables() == ()
    with pytest.raises(NoTableAdded, match="fairlead reference add io FILE"):
        chosen_table()
    with pytest.raises(NoTableAdded, match="no input-output table icio-2020"):
        load_table("icio-2020")


def test_the_newest_table_is_used_unless_a_year_or_a_name_is_given() -> None:
    for year in (2018, 2020):
        keep_table(replace(small_table(), year=year))
    assert chosen_table() == "icio-2020"
    assert chosen_table(year=2018) == "icio-2018"
    assert chosen_table("icio-2018") == "icio-2018"
    with pytest.raises(NoTableAdded, match="no input-output table of 1999"):
        chosen_table(year=1999)


def test_a_damaged_table_is_named() -> None:
    folder = keep_table(small_table())
    (folder / "data.npy").write_bytes(b"cut")
    with pytest.raises(InvalidReference, match="icio-2020"):
        load_table("icio-2020")
    (folder / "table.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InvalidReference, match="is not a table's description"):
        kept_tables()


def test_a_table_that_cannot_be_written_leaves_the_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_table(small_table())

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(input_output_store.np, "save", refuse)
        with pytest.raises(UpdateFailed, match="No space left"):
            keep_table(replace(small_table(), edition="newer"))
    assert load_table("icio-2020").edition == "test"
    assert [folder.name for folder in input_output_folder().iterdir()] == ["icio-2020"]


def test_a_table_that_cannot_be_moved_in_leaves_the_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_table(small_table())
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name.startswith(".partial-"):
            raise OSError(13, "Permission denied")
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(UpdateFailed, match="Permission denied"):
            keep_table(replace(small_table(), edition="newer"))
    assert load_table("icio-2020").edition == "test"
    assert [folder.name for folder in input_output_folder().iterdir()] == ["icio-2020"]
