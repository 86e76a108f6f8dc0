"""Writes boxes to tick, of which a filter by country has two hundred and fifty."""

from __future__ import annotations

from collections.abc import Container, Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString

from fairlead.web.lists.definition import Text


def tick_boxes(name: str, choices: Iterable[tuple[str, Text]], ticked: Container[str]) -> SafeString:
    """Return a box for each value with its word, in a form's field of that name."""
    field = escape(name)
    return SafeString(
        "\n".join(
            f'<label><input type="checkbox" name="{field}" value="{escape(value)}"'
            f"{' checked' if value in ticked else ''}> {escape(str(word))}</label>"
            for value, word in choices
        )
    )
