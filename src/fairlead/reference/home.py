"""Where Fairlead keeps what outlives a run: the folder that FAIRLEAD_HOME names."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home_folder() -> Path:
    """Return the folder FAIRLEAD_HOME names, or the platform's folder for a user's data; it may not exist yet."""
    named = os.environ.get("FAIRLEAD_HOME", "")
    return Path(named).expanduser() if named else platformdirs.user_data_path("fairlead", appauthor=False)


def user_reference_folder() -> Path:
    """Return the folder for the tables that the user has updated; a table found there wins over the shipped one."""
    return home_folder() / "reference"
