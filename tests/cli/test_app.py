"""The command line ends with a message and an exit code, never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairlead import __version__

#: Modules that take long to import and that `--help` must not need.
HEAVY = ("duckdb", "splink", "pyarrow", "openpyxl", "typst", "babel", "jinja2", "numpy")


def fairlead(*arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FAIRLEAD_HOME": str(home)} if home else None
    return subprocess.run(
        [sys.executable, "-m", "fairlead", *arguments], capture_output=True, text=True, check=False, env=environment
    )


def test_the_version_is_the_package_s() -> None:
    assert fairlead("--version").stdout.strip() == f"fairlead {__version__}"


def test_help_names_the_commands() -> None:
    printed = fairlead("--help").stdout
    assert "assess" in printed
    assert "reference" in printed


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['fairlead', '--help']\nfrom fairlead.cli import main\n"
        f"try:\n    main()\nexcept SystemExit:\n    pass\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip().endswith("[]")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.csv"], "nowhere.csv"),
        (["list.csv", "--lang", "de"], "Choose one of"),
        (["list.csv", "--mapping", "none.yaml"], "none.yaml"),
        (["list.csv", "--list", "none.csv"], "none.csv"),
        (["empty.csv"], "empty.csv"),
    ],
)
def test_wrong_input_ends_with_exit_code_two_and_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("Supplier,Country\nFictional Weaving Ltd,Kenya\n")
    (tmp_path / "empty.csv").write_text("")
    done = fairlead("assess", *arguments, "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("out/*"))


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    done = fairlead("assess", "list.csv", "--out", str(tmp_path), "--as-of", "yesterday")
    assert done.returncode == 2
    assert "yesterday" in done.stderr


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Supplier,Country\nFictional Weaving Ltd,Kenya\n")
    done = fairlead("assess", str(tmp_path / "list.csv"), "--out", str(tmp_path / "out"), "--no-pdf", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "out" / "report.html").exists()
