"""Fields of models that the features share."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class OrderedJSON(models.JSONField):
    """JSON whose names keep their order, for content in which the order says something and that is read whole.

    PostgreSQL's own type for JSON sorts the names; this is kept as text in every database, and cannot be searched.
    """

    def get_internal_type(self) -> str:
        """Say what kind of column it is."""
        return "TextField"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Return what is written into the column."""
        return json.dumps(value, cls=self.encoder, ensure_ascii=False)
