"""Finds the texts in the workbench's templates, for Babel's catalogue extraction."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract_template(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield every text of one Django template (an extractor for Babel).

    Django turns a template into what looks like Python to a program that collects texts; only its indentation does not.
    """
    python = templatize(fileobj.read().decode("utf-8"), origin=getattr(fileobj, "name", None))
    lines = "\n".join(line.strip() for line in python.splitlines())
    yield from extract_python(io.BytesIO(lines.encode()), keywords, comment_tags, options)
