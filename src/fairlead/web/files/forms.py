"""What forms of several features need to take files."""

from __future__ import annotations

from django import forms


class SeveralFiles(forms.ClearableFileInput):
    """A field in which several files can be chosen at once."""

    allow_multiple_selected = True
