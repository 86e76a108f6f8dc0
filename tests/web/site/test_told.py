"""Errors reach the reader of the workbench in the reader's language, and nowhere as the English sentence."""

from __future__ import annotations

import ast
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import override

from fairlead import errors, web
from fairlead.errors import FairleadError, UnreadableFile, Where
from fairlead.language import Language
from fairlead.model.message import message
from fairlead.web.site.told import told, what_is_wrong, what_to_do, where_it_is

WEB = Path(web.__file__).parent
TREE = {name for name, cls in vars(errors).items() if isinstance(cls, type) and issubclass(cls, FairleadError)}

#: Read in a terminal, in English.
IN_A_TERMINAL = ("audit/heads.py", "site/backup", "site/doctor.py", "site/environment.py", "site/serve.py")

LOCKED = UnreadableFile(
    message("The workbook is protected by a password."),
    where=Where(file="list.xlsx", row=3),
    do=message("Save a copy without the password and give that."),
)


def modules() -> list[Path]:
    """Return the modules of the workbench whose errors are shown on pages or by the API."""
    found = sorted(WEB.rglob("*.py"))
    return [path for path in found if not path.relative_to(WEB).as_posix().startswith(IN_A_TERMINAL)]


def test_an_error_is_told_in_the_language_of_the_page() -> None:
    for code in ("ru", "kk", "fr"):
        with override(code):
            assert told(LOCKED) == Language(code).error(LOCKED) != str(LOCKED)
            assert f"{where_it_is(LOCKED)}" in told(LOCKED)
            assert told(LOCKED).endswith(f"{what_is_wrong(LOCKED)} {what_to_do(LOCKED)}")
    with override("en"):
        assert told(LOCKED) == str(LOCKED)


def test_a_language_without_a_catalogue_reads_english() -> None:
    with override("de"):
        assert told(LOCKED) == str(LOCKED)


def test_the_workbench_s_own_errors_are_told_as_they_were_raised() -> None:
    assert told(ValidationError(["Слишком велик.", "Пуст."])) == "Слишком велик. Пуст."
    assert told(FairleadError("Слишком велик.", do="Сократите.")) == "Слишком велик. Сократите."


def test_nothing_shows_the_english_sentence_of_an_error_of_the_engine() -> None:
    shown, handlers = [], 0
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler) or node.name is None or node.type is None:
                continue
            if not {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} & TREE:
                continue
            handlers += 1
            raw = (f"str({node.name})", f"{node.name}.what", f"{node.name}.do", f"str({node.name}.where)")
            shown += [
                f"{path.name}:{inside.lineno} {ast.unparse(inside)}"
                for inside in ast.walk(node)
                if isinstance(inside, ast.Call | ast.Attribute) and ast.unparse(inside) in raw
            ]
    assert handlers > 10
    assert shown == []


def test_an_error_that_the_workbench_raises_is_made_of_translated_text() -> None:
    plain, raised = [], 0
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TREE:
                raised += 1
                said = [*node.args[:1], *(each.value for each in node.keywords if each.arg in {"why", "do"})]
                plain += [
                    f"{path.name}:{each.lineno} {ast.unparse(each)}"
                    for each in said
                    if isinstance(each, ast.Constant | ast.JoinedStr)
                ]
    assert raised > 10
    assert plain == []
