"""Filters for the templates of lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from fairlead.web.lists.definition import Column, Filter, Text
from fairlead.web.lists.state import ListState

register = template.Library()


@register.filter
def options(one: Filter, state: ListState) -> Iterator[tuple[str, Text, bool]]:
    """Yield each choice of a filter: its value, its word, whether it is on."""
    for value, word in state.choices[one.key].items():
        yield value, word, value in state.chosen[one.key]


@register.filter
def sorted_by(column: Column, state: ListState) -> SafeString:
    """Return the attribute that says how the list is ordered by a column."""
    if state.order == column.key:
        return SafeString(' aria-sort="ascending"')
    return SafeString(' aria-sort="descending"' if state.order == f"-{column.key}" else "")


@register.filter
def order_address(column: Column, state: ListState) -> str:
    """Return the address that orders the list by a column."""
    return state.order_address(column.key)


@register.filter
def localised(number: int) -> str:
    """Return a number as the reader's language writes it."""
    return number_format(number, force_grouping=True)


@register.simple_tag(takes_context=True)
def cell(context: Context, column: Column, row: Any, value: Any) -> str:
    """Return what stands in a cell: the value, or what the column's own template makes of it.

    A page has hundreds of cells, and most are plain: those are written without a template of their own.
    """
    if not column.template:
        if value is None or value == "":
            return format_html('<span class="muted">{}</span>', gettext("no data"))
        return render_value_in_context(value, context)
    with context.push(row=row, value=value):
        return template.Engine.get_default().get_template(column.template).render(context)
