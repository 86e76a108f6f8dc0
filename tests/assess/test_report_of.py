"""A report made later from what was kept: the bytes of a report made at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fairlead.assess import assess
from fairlead.assess.report_of import report_of_folder
from fairlead.errors import NothingToRead, OptionError, UnreadableFile
from fairlead.language import Language
from fairlead.model.assessment import SNAPSHOT, TABLES, Assessment
from fairlead.model.schemas import MERGED_ID
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.report import write_report
from fairlead.write import write_snapshot
from tests.report import example_assessment

AS_OF = date(2026, 3, 31)
LIST = "name,country,product,workforce\nLebap Dokma,Turkmenistan,cotton yarn,migrant\nAral Balyk,Kazakhstan,fish,\n"


def files(folder: Path, *, but: tuple[str, ...] = ()) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in but}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    merged = MERGED_ID.empty_table()
    return replace(example_assessment.single(), merged_ids=merged)


@pytest.fixture(scope="module")
def kept(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("snapshot")
    write_snapshot(assessment, folder)
    return folder


def test_a_snapshot_comes_back_as_it_was(assessment: Assessment, kept: Path) -> None:
    after = read_assessment(kept)
    for name in TABLES:
        assert getattr(after, name).to_pylist() == getattr(assessment, name).to_pylist(), name
        assert getattr(after, name).schema == TABLES[name]
    assert (after.inputs, after.editions, after.options) == (
        assessment.inputs,
        assessment.editions,
        assessment.options,
    )
    assert after.merged_ids is not None


def test_only_the_tables_that_are_asked_for_are_read(kept: Path) -> None:
    part = read_assessment(kept, OF_RATINGS)
    assert (part.ratings.num_rows, part.rows.num_rows) == (1, 0)


def test_the_same_assessment_is_kept_in_the_same_bytes(assessment: Assessment, kept: Path, tmp_path: Path) -> None:
    write_snapshot(assessment, tmp_path)
    assert files(tmp_path) == files(kept)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_report_of_a_snapshot_has_the_bytes_of_one_made_at_once(
    assessment: Assessment, kept: Path, tmp_path: Path, language: str
) -> None:
    (tmp_path / "at once").mkdir()
    write_report(assessment, tmp_path / "at once", Language(language), pdf=language == "ru")
    report_of_folder(kept, out=tmp_path / "later", language=language, pdf=language == "ru")
    assert files(tmp_path / "later") == files(tmp_path / "at once")


def test_the_report_of_a_folder_of_results_has_the_bytes_of_assess_in_that_language(tmp_path: Path) -> None:
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text(LIST, encoding="utf-8")
    assess([suppliers], out=tmp_path / "english", as_of=AS_OF, pdf=False)
    assess([suppliers], out=tmp_path / "russian", as_of=AS_OF, language="ru", pdf=False)
    report_of_folder(tmp_path / "english", out=tmp_path / "later", language="ru", pdf=False)
    assert files(tmp_path / "later") == files(tmp_path / "russian")


def test_a_snapshot_that_was_not_written_to_its_end_is_none(kept: Path, tmp_path: Path) -> None:
    for name, content in files(kept, but=(SNAPSHOT,)).items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(NothingToRead):
        read_assessment(tmp_path)


def test_a_table_that_was_changed_later_is_refused(assessment: Assessment, tmp_path: Path) -> None:
    write_snapshot(assessment, tmp_path)
    other = replace(assessment, ratings=assessment.ratings.slice(0, 0))
    (tmp_path / "other").mkdir()
    write_snapshot(other, tmp_path / "other")
    name = "snapshot.ratings.parquet"
    (tmp_path / name).write_bytes((tmp_path / "other" / name).read_bytes())
    with pytest.raises(UnreadableFile, match="not the one that was written"):
        read_assessment(tmp_path)


def test_a_snapshot_of_another_version_is_refused(assessment: Assessment, tmp_path: Path) -> None:
    write_snapshot(assessment, tmp_path)
    path = tmp_path / SNAPSHOT
    path.write_bytes(path.read_bytes().replace(b'"snapshot_version":"1"', b'"snapshot_version":"9"'))
    with pytest.raises(UnreadableFile, match="version"):
        read_assessment(tmp_path)


def test_the_folder_itself_is_refused_as_the_place_of_the_report(kept: Path) -> None:
    with pytest.raises(OptionError):
        report_of_folder(kept, out=kept)


def test_a_failed_report_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToRead):
        report_of_folder(tmp_path / "empty", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
