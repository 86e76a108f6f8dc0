"""The page of errors tells of every error that is raised on purpose."""

from __future__ import annotations

import inspect
import re

from fairlead import errors
from tests.docs.pages import DOCS, text

CLASSES = {
    name: cls for name, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.FairleadError)
}


def test_every_error_has_a_row_with_its_meaning() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text(DOCS / "reference" / "errors.md"), re.MULTILINE))
    assert set(rows) == set(CLASSES)
    assert all(len(meaning.strip()) > 20 for meaning in rows.values())


def test_the_tree_on_the_page_is_the_tree_in_the_code() -> None:
    tree = re.search(r"```\n(FairleadError.*?)```", text(DOCS / "reference" / "errors.md"), re.DOTALL)
    assert tree
    depth = {
        match[2]: len(match[1]) // 4
        for match in re.finditer(r"^([│├└─ ]*)(\w+)", tree[1], re.MULTILINE)
        if match[2] in CLASSES
    }
    assert depth == {name: len(cls.__mro__) - len(errors.FairleadError.__mro__) for name, cls in CLASSES.items()}
