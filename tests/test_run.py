"""The script `run` tells a newcomer what is missing instead of failing with a traceback."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "run"


@pytest.fixture
def run() -> ModuleType:
    loader = SourceFileLoader("run_script", str(SCRIPT))
    spec = importlib.util.spec_from_loader("run_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def without(*names: str) -> Callable[[str], object | None]:
    """A find_spec that does not find some modules, as on a machine that lacks them."""
    return lambda name: None if name in names else importlib.util.spec_from_loader(name, loader=None)


def test_without_the_module_venv_it_says_which_package_to_install(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path / "venv")
    monkeypatch.setattr("importlib.util.find_spec", without("venv"))
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.make_environment()


def test_without_ensurepip_and_pip_it_says_which_package_to_install(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path / "venv")
    monkeypatch.setattr("importlib.util.find_spec", without("ensurepip", "pip"))
    with pytest.raises(SystemExit, match="apt install python3-pip"):
        run.make_environment()


def test_without_ensurepip_the_pip_outside_fills_an_environment_that_has_none(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    monkeypatch.setattr(run, "VENV", tmp_path / "venv")
    monkeypatch.setattr(run, "PYTHON", python)
    monkeypatch.setattr("importlib.util.find_spec", without("ensurepip"))
    assert run.make_environment() == [sys.executable, "-m", "pip", "--python", str(python)]
    assert subprocess.run([python, "-c", "import pip"], check=False, capture_output=True).returncode == 1


def test_an_old_python_is_refused_with_the_version_that_is_needed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.version_info", (3, 10))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        run.main(["demo"])


def test_an_unknown_command_prints_what_there_is(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["nonsense"]) == 2
    assert "./run demo" in capsys.readouterr().out
