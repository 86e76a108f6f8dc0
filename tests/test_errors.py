"""Errors say what, where and what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from fairlead import errors
from fairlead.errors import FairleadError, UnreadableFile, Where
from fairlead.model.message import message

TREE = [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, FairleadError)]


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
    assert len(TREE) > 10
    assert [cls.__name__ for cls in TREE if cls.__name__ not in tree] == []


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


#: Rooms whose errors a reader of the workbench can be shown, in a language that is not English.
TOLD_TO_READERS = (
    "assess/output.py",
    "engine/processes.py",
    "read",
    "report/print.py",
    "risk/spread/graph.py",
    "risk/spread/links.py",
    "screen",
    "standard",
)

#: Within them, what only a command line reads: files that the workbench does not take.
ONLY_BY_COMMANDS = (
    "assess/output.py: files_beside",
    "assess/output.py: refuse_",
    "read/assessment.py",
    "read/cases.py",
    "read/chain_tables.py",
    "read/gleif_xml.py",
    "read/input_output",
    "read/judgement_table.py",
    "read/mapping.py",
    "read/merged_ids.py",
    "read/names.py",
    "read/ownership.py",
    "read/pairs.py",
    "read/rated.py",
    "screen/editions.py",
    "screen/record.py",
)


def raised_in(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Yield each error of the tree that a module makes, with the function that it stands in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node): function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in {cls.__name__ for cls in TREE} or name in {"_error", "wrong"}:
                yield node, inside.get(id(node), "")


def finished_english(call: ast.Call, module: ModuleType) -> list[str]:
    """Return what an error says in finished English: text, or a name that stands for text, outside of a message."""
    said = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg in {"what", "why", "do"})]
    found = []
    for argument in said:
        if isinstance(argument, ast.Name):
            text = getattr(module, argument.id, None)
            found += [text] if isinstance(text, str) else []
        elif isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Constant | ast.IfExp):
            parts = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
            found += [ast.unparse(part) for part in parts if isinstance(part, ast.JoinedStr | ast.BinOp | ast.Constant)]
    return [text for text in found if " " in text]


def test_an_error_that_can_reach_the_workbench_is_raised_with_a_message() -> None:
    root, looked_at, english = Path(errors.__file__).parent, 0, []
    for room in TOLD_TO_READERS:
        for path in sorted((root / room).rglob("*.py")) if (root / room).is_dir() else [root / room]:
            name = path.relative_to(root).as_posix()
            module = import_module(f"fairlead.{name.removesuffix('.py').replace('/', '.').removesuffix('.__init__')}")
            for call, function in raised_in(path):
                place = f"{name}: {function}"
                if place.startswith(ONLY_BY_COMMANDS):
                    continue
                looked_at += 1
                english += [f"{place}: {text}" for text in finished_english(call, module)]
    assert looked_at > 100
    assert english == []


def test_finished_english_is_found_in_every_form() -> None:
    module = ModuleType("module")
    vars(module)["_ADVICE"] = "Save it anew."
    vars(module)["_GOOD"] = message("Save it anew.")
    good = ["message('It is broken.')", "message('a {b}', b='c d')", "message('x y') if b else message('z z')", "_GOOD"]
    bad = ["'It is broken.'", "f'It is {broken}.'", "'It is ' + what", "message('x y') if b else 'it is'", "_ADVICE"]
    for text in good:
        assert finished_english(ast.parse(f"UnreadableFile({text}, do={text})").body[0].value, module) == []  # type: ignore[attr-defined]
    for text in bad:
        assert len(finished_english(ast.parse(f"UnreadableFile({text}, do={text})").body[0].value, module)) == 2  # type: ignore[attr-defined]


def test_an_error_made_of_messages_is_the_english_sentence() -> None:
    error = UnreadableFile(
        message("The file has {size:number} MB.", size="1024"),
        why=message("{kind} is not read.", kind="So much"),
        where=Where(file="list.csv"),
        do=message("Split it."),
    )
    assert str(error) == "list.csv: The file has 1,024 MB. So much is not read. Split it."
