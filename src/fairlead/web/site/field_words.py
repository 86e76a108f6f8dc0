"""What the fields of a form are called in words, for pages that know no more of a form than what was sent."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.urls import resolve


def field_words(request: HttpRequest) -> Mapping[str, str]:
    """Return, by the name of a field, what the forms of the page that was asked for call it, in the reader's language.

    The forms of a page are those that the module of its view names.
    """
    try:
        module = sys.modules[resolve(request.path_info).func.__module__]
    except Http404:
        return {}
    named = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, BaseForm)]
    fields = (item for form in named for item in getattr(form, "base_fields", {}).items())
    return {name: str(field.label) for name, field in fields if field.label}
