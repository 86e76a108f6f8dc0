"""Filters for the templates of lists."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from fairlead.web.lists.boxes import tick_boxes
from fairlead.web.lists.definition import Column, Filter
from fairlead.web.lists.lines import write_lines
from fairlead.web.lists.state import ListState

register = template.Library()


@register.filter
def boxes(one: Filter, state: ListState) -> SafeString:
    """Return the boxes of a filter, those that are on ticked."""
    return tick_boxes(one.key, state.choices(one).items(), state.chosen[one.key])


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
def lines(context: Context) -> SafeString:
    """Return the lines of the table."""
    return write_lines(context, context["rows"], selectable=bool(context["bulk"]))
