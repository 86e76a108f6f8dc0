"""What `./run build` can build."""

from __future__ import annotations

import importlib

import pytest

from builders.__main__ import builds, main


@pytest.mark.parametrize("name", builds())
def test_everything_that_can_be_built_has_a_main(name: str) -> None:
    assert callable(importlib.import_module(f"builders.{name.replace('-', '_')}").main)


def test_the_reference_pack_its_page_and_the_catalogues_can_be_built() -> None:
    assert {"catalogues", "cli-reference", "reference", "reference-docs"} <= set(builds())


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["nothing"], 2), (["--help"], 0)])
def test_without_a_name_it_says_what_there_is(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    assert "reference-docs" in capsys.readouterr().err


def test_without_the_samples_it_says_how_to_name_them(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    absent = tmp_path_factory.mktemp("samples") / "absent"
    assert main(["reference", "--data", str(absent)]) == 2
    assert "--data" in capsys.readouterr().err
