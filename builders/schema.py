"""`./run build schema`: write the JSON Schema of assessment.json to docs/reference/assessment.schema.json."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson

from fairlead.report.document_schema import schema

TARGET: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "assessment.schema.json"


def content() -> bytes:
    """Return the file's content."""
    return orjson.dumps(schema(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def main(arguments: Sequence[str]) -> int:
    """Write the file."""
    argparse.ArgumentParser(prog="./run build schema", description=__doc__).parse_args(arguments)
    TARGET.write_bytes(content())
    print(TARGET.name)
    return 0
