"""`./run build settings`: write docs/reference/settings.md from the table of the workbench's settings.

A test compares the page with what this makes, and looks through the source for settings that are not in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fairlead.web.site.environment import SETTINGS, Setting

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "settings.md"

HEAD: Final = """# Settings of the workbench

<!-- Written by `./run build settings` from src/fairlead/web/site/environment.py; do not edit. -->

Every setting is an environment variable, and none is needed: without any, `fairlead serve` keeps all it has in one
folder, on SQLite. `fairlead doctor` names a variable that begins with FAIRLEAD_ and that nothing reads.

| variable | without it | meaning |
| --- | --- | --- |
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(_row(setting) for setting in SETTINGS)


def _row(setting: Setting) -> str:
    return f"| `{setting.name}` | {setting.default} | {setting.meaning} |\n"


def main(arguments: Sequence[str]) -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(PAGE.parents[2])} is written")
    return 0
