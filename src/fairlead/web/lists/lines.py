"""Writes the lines of a list's table: fifty with some ten cells each, which is most of the time of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Engine
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from fairlead.web.lists.definition import Column
from fairlead.write.safe_cell import Value


@dataclass(frozen=True)
class Line:
    """One row with the values of its cells; `id` is what the boxes for selecting send."""

    id: str
    row: Any
    cells: Sequence[tuple[Column, Value]]


def no_data(word: str | None = None) -> SafeString:
    """Return what stands where nothing is known, never an empty cell; `word` where more can be said than “no data”."""
    return format_html('<span class="muted">{}</span>', word or gettext("no data"))


def write_lines(context: Context, lines: Iterable[Line], *, selectable: bool) -> SafeString:
    """Return the lines as HTML, with a box for selecting each where something can be done with the selected ones."""
    nothing, select = no_data(), gettext("Select")
    box = '<td><input type="checkbox" name="selected" value="{}" aria-label="{}"></td>'
    return SafeString(
        "".join(
            f"<tr>{format_html(box, line.id, select) if selectable else ''}"
            f"{''.join(_cell(context, line.row, *cell, nothing) for cell in line.cells)}</tr>\n"
            for line in lines
        )
    )


def _cell(context: Context, row: Any, column: Column, value: Value, nothing: SafeString) -> str:
    if column.drawn:
        shown: str = column.drawn(row, value, context["organisation"])
    elif column.template:
        with context.push(row=row, value=value):
            shown = Engine.get_default().get_template(column.template).render(context)
    elif value is None or value == "":
        shown = nothing
    else:
        shown = conditional_escape(value) if isinstance(value, str) else render_value_in_context(value, context)
    return f'<td class="number">{shown}</td>' if column.numeric else f"<td>{shown}</td>"
