"""An assessment that was written is read back as it was, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from fairlead.errors import NothingToRead, UnreadableFile
from fairlead.language import Language
from fairlead.model.assessment import DOCUMENT, TABLES
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.report import write_report
from tests.report import example_assessment


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    write_report(example_assessment.single(), folder, Language("en"), pdf=False)
    return folder


def test_every_table_comes_back_as_it_was_written(written: Path) -> None:
    before, after = example_assessment.single(), read_assessment(written)
    for name in TABLES:
        assert getattr(after, name).to_pylist() == getattr(before, name).to_pylist(), name
    assert (after.as_of, after.model_version, after.inputs) == (before.as_of, before.model_version, before.inputs)
    assert {edition.source_id for edition in after.editions} == {edition.source_id for edition in before.editions}


def test_only_the_tables_that_are_asked_for_are_filled(written: Path) -> None:
    part = read_assessment(written / DOCUMENT, OF_RATINGS)
    assert part.ratings.num_rows == 1
    assert part.rows.num_rows == 0


def test_a_folder_without_results_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="--out"):
        read_assessment(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "damaged"),
        (b"[]", "version"),
        (orjson.dumps({"schema_version": "2.0"}), "version “2.0”"),
        (orjson.dumps({"schema_version": "1.0", "as_of": "2026-03-31"}), "shape"),
    ],
)
def test_a_document_that_is_damaged_or_unknown_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / DOCUMENT).write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        read_assessment(tmp_path)
