"""What every record that people change has: its organisation and the number of its version."""

from __future__ import annotations

from django.db import models


class Versioned(models.Model):
    """A record whose version goes up with every change, so that two people cannot overwrite each other unseen."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
