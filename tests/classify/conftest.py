"""Rows of a supplier list, with as much as a test wants to say of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from fairlead.classify import classify
from fairlead.model.schemas import ROW


@pytest.fixture(scope="session")
def classified() -> Callable[..., dict[str, Any] | None]:
    """Classify one row that is given by its fields."""

    def one(**fields: Any) -> dict[str, Any] | None:
        row = {"row_id": "row_1", "name": "Fictional Supplier", **fields}
        found = classify(pa.Table.from_pylist([row], schema=ROW)).to_pylist()
        return found[0] if found else None

    return one
