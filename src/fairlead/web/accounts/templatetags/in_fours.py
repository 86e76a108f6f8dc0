"""A secret as people copy it by hand: in groups of four letters."""

from __future__ import annotations

from django import template

register = template.Library()

_GROUP = 4


@register.filter
def in_fours(secret: str) -> str:
    """Return the secret with a space after every fourth letter; authenticator apps pass over spaces."""
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
