"""Each test that asks for `engine` runs on every engine; Spark's runs are marked and need the extra and Java."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fairlead.engine import ENGINES, Engine, open_engine


@pytest.fixture(
    scope="session", params=[pytest.param(name, marks=pytest.mark.spark if name == "spark" else ()) for name in ENGINES]
)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Every engine in turn, opened once for all tests."""
    if request.param == "spark":
        pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    with open_engine(request.param) as opened:
        yield opened
