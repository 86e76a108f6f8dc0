"""Every test of the reference pack sees the shipped tables, whatever the developer's own FAIRLEAD_HOME holds."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty FAIRLEAD_HOME; its folder `reference` is where updated tables go."""
    folder = tmp_path / "home"
    monkeypatch.setenv("FAIRLEAD_HOME", str(folder))
    return folder
