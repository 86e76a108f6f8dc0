"""Putting new files in the place of old ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlead.reference.replace_files import replace_files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_folder_is_made_and_nothing_else_is_left_in_it(tmp_path: Path) -> None:
    replace_files(tmp_path / "new" / "folder", {"a.csv": b"1", "b.csv": b"2"})
    assert names(tmp_path / "new" / "folder") == ["a.csv", "b.csv"]


def test_files_that_are_not_named_stay(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_bytes(b"0")
    replace_files(tmp_path, {"a.csv": b"1"})
    assert (tmp_path / "other.csv").read_bytes() == b"0"


@pytest.mark.parametrize("fails_at", [0, 1])
def test_when_one_cannot_be_replaced_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")
    moves = []
    really_replace = Path.replace

    def replace(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) > fails_at:
            raise OSError("the disk is full")
        return really_replace(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OSError, match="the disk is full"):
        replace_files(tmp_path, {"a.csv": b"new", "b.csv": b"new"})
    assert names(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"
