"""Finds the English sentences in the reference pack's tables, for Babel's catalogue extraction.

What is translatable in which table stands in `catalogues/tables.yaml`: for CSV the columns, for YAML the
keys under which sentences stand, at any depth.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

import yaml

TABLES: Final = Path(__file__).parent / "catalogues" / "tables.yaml"

#: What Babel expects of an extractor: line, function, text, comments.
Found = tuple[int, str, str, list[str]]


def translatable(kind: str) -> Mapping[str, list[str]]:
    """Return, by file name, the columns (kind "csv") or keys (kind "yaml") that hold sentences."""
    with TABLES.open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file)[kind])


def extract_csv(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """Yield every text in the translatable columns of one CSV table (an extractor for Babel)."""
    columns = translatable("csv").get(Path(fileobj.name).name, [])
    reader = csv.DictReader(io.StringIO(fileobj.read().decode("utf-8"), newline=""))
    for row in reader:
        for column in columns:
            if row[column]:
                yield reader.line_num, "", row[column], []


def extract_yaml(
    fileobj: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """Yield every text under the translatable keys of one YAML table (an extractor for Babel)."""
    keys = frozenset(translatable("yaml").get(Path(fileobj.name).name, []))
    if keys:
        yield from _sentences(yaml.compose(fileobj.read().decode("utf-8"), Loader=yaml.SafeLoader), keys, inside=False)


def _sentences(node: Any, keys: frozenset[str], *, inside: bool) -> Iterator[Found]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _sentences(value, keys, inside=key.value in keys)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _sentences(value, keys, inside=inside)
    elif inside and node.value and node.tag == "tag:yaml.org,2002:str":
        yield node.start_mark.line + 1, "", node.value, []
