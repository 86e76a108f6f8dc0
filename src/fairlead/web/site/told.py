"""Errors of the engine, told in the language of whoever asked."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from fairlead.errors import FairleadError
from fairlead.web.site.templatetags.words import reader


def told(error: Exception) -> str:
    """Return an error as one text for the reader of this request, or for whom this work in the background is done.

    An error of the engine says where, what is wrong and what to do. The workbench's own, and Django's of a field, were
    written in the reader's language where they were raised.
    """
    if isinstance(error, FairleadError):
        return reader().error(error)
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def what_is_wrong(error: FairleadError) -> str:
    """Return only what is wrong, for a place that shows where and what to do by itself."""
    return " ".join(filter(None, map(reader().said, (error.what, error.why))))


def what_to_do(error: FairleadError) -> str:
    """Return only what to do about an error; empty where there is nothing."""
    return reader().said(error.do)


def where_it_is(error: FairleadError) -> str:
    """Return the place that an error is about; empty where none is known."""
    return reader().place(error.where)
