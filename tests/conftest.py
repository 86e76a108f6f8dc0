"""What all tests share: where the real data lies, when it is there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# A table that the person running the tests has updated must not decide them.
os.environ["FAIRLEAD_HOME"] = tempfile.mkdtemp(prefix="fairlead-tests-")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.settings"

# The same examples in every run: a change fails because of what it changed, not by chance or on a slow machine.
settings.register_profile("fairlead", derandomize=True, deadline=None)
settings.load_profile("fairlead")

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data sets beside the checkout; tests that need it skip where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip("the folder of real data sets, ../shared/data, is not there")
    return REAL_DATA
