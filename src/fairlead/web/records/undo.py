"""Offers the undoing of what was just done, in the message that tells of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def offer_undo(request: HttpRequest, text: str, address: str) -> None:
    """Tell what was done with a button beside it; `address` takes the POST that undoes it."""
    messages.success(request, text, extra_tags=address)
