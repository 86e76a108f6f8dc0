"""Errors say what, where and what to do."""

from __future__ import annotations

import ast
from pathlib import Path

from fairlead import errors
from fairlead.errors import FairleadError, UnreadableFile, Where


def test_an_error_names_file_sheet_row_and_column_before_what_is_wrong() -> None:
    error = UnreadableFile(
        "The amount cannot be read.",
        where=Where(file="/somewhere/list.xlsx", sheet="2026", row=7, column="Spend"),
        do="Correct the cell.",
    )
    assert str(error) == "list.xlsx, sheet “2026”, row 7, column “Spend”: The amount cannot be read. Correct the cell."


def test_the_folder_of_a_file_is_not_shown() -> None:
    assert "/home" not in str(UnreadableFile("It is broken.", where=Where(file="/home/somebody/list.csv")))


def test_the_drawn_tree_names_every_error_in_its_place() -> None:
    tree = errors.__doc__ or ""
    classes = [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, FairleadError)]
    assert len(classes) > 10
    assert [cls.__name__ for cls in classes if cls.__name__ not in tree] == []


#: Raised inside a room and turned into an error of the tree where the user's file is known.
WITHIN_A_ROOM = {"ValueError", "TypeError", "KeyError"}


def test_every_error_that_leaves_the_engine_is_of_the_tree() -> None:
    allowed = set(vars(errors)) | WITHIN_A_ROOM | {"Exit"}
    foreign = []
    root = Path(errors.__file__).parent
    for path in sorted(
        set(root.rglob("*.py")) - set((root / "web").rglob("*.py"))
    ):  # there Django's errors have meaning
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                name = node.exc.func.id
                if name[:1].isupper() and name not in allowed:
                    foreign.append(f"{path.name}:{node.lineno} {name}")
    assert foreign == []
