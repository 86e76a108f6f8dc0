"""Where Fairlead keeps what outlives a run."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from fairlead.reference.home import home_folder, user_reference_folder


def test_fairlead_home_names_the_folder(home: Path) -> None:
    assert home_folder() == home
    assert user_reference_folder() == home / "reference"


@pytest.mark.parametrize("unset", [True, False])
def test_without_fairlead_home_it_is_the_platforms_data_folder(monkeypatch: pytest.MonkeyPatch, unset: bool) -> None:
    if unset:
        monkeypatch.delenv("FAIRLEAD_HOME")
    else:
        monkeypatch.setenv("FAIRLEAD_HOME", "")
    assert home_folder() == Path(platformdirs.user_data_dir("fairlead", appauthor=False))


def test_asking_for_the_folder_does_not_make_it(home: Path) -> None:
    assert not home_folder().exists()
