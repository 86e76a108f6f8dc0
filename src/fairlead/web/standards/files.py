"""A version of the standard as a file: the standard itself as YAML or XLSX, or the changes as the engine reads them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import yaml

from fairlead.standard import STANDARD_COLUMNS, standard_content, standard_rows
from fairlead.web.standards.keep import standard_of
from fairlead.web.standards.models import StandardVersion
from fairlead.write.xlsx_file import Column, Sheet, write_xlsx

#: By the kind of file: its name and its type.
FILES: Final = {
    "yaml": ("standard.yaml", "application/yaml; charset=utf-8"),
    "xlsx": ("standard.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "changes": ("changes.yaml", "application/yaml; charset=utf-8"),
}
_WIDE: Final = 60.0
_NARROW: Final = 18.0


def content_of(version: StandardVersion | None, kind: str) -> bytes:
    """Return a version, Fairlead's own where it is None, as a file of one of the kinds of `FILES`."""
    if kind == "xlsx":
        return _workbook(version)
    standard = standard_of(version)
    content = (
        {"name": version.name if version else standard.name, "changes": version.changes if version else []}
        if kind == "changes"
        else standard_content(standard)
    )
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    return text.encode()


def _workbook(version: StandardVersion | None) -> bytes:
    standard = standard_of(version)
    wide = {"legal_minimum", "good_practice", "own_words", "ask", "binding_sources", "guidance"}
    columns = [Column(name, _WIDE if name in wide else _NARROW, wrap=True) for name in STANDARD_COLUMNS]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard.xlsx"
        write_xlsx(path, [Sheet("standard", columns, standard_rows(standard))], standard.version)
        return path.read_bytes()
