"""Draws the code of an authenticator app within the page: a picture by data: address would be refused there."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def qr_code(svg: str) -> SafeString:
    """Return the drawing that the library made, without the declaration of XML before it; nothing in it is a user's."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - modules of a QR code, no text
