"""Parquet files are read like any other list."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairlead.errors import FileTooLarge, UnreadableFile
from fairlead.read import list_files, parquet, read_sheets, read_suppliers
from fairlead.read.sheet import Number


def written(path: Path, columns: dict[str, list[object]]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def test_the_columns_of_the_schema_are_the_headings_and_values_are_written_as_text(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {
        "name": ["Қарлығаш", None],
        "workers": [12, None],
        "spend": [Decimal("10.50"), Decimal("3")],
        "share": [0.25, float("nan")],
        "since": [datetime.date(2021, 6, 24), None],
        "seen": [datetime.datetime(2021, 6, 24), datetime.datetime(2021, 6, 24, 8, 30)],  # noqa: DTZ001
        "closed": [True, False],
    }
    (sheet,) = read_sheets(written(tmp_path / "list.parquet", columns))
    assert sheet.rows[0] == list(columns)
    assert sheet.rows[1] == ["Қарлығаш", "12", "10.50", "0.25", "2021-06-24", "2021-06-24", "true"]
    assert sheet.rows[2] == ["", "", "3.00", "", "", "2021-06-24T08:30:00", "false"]
    assert isinstance(sheet.rows[1][1], Number)


def test_a_list_in_parquet_gives_the_rows_that_it_gives_in_csv(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {"id": ["a", "b"], "name": ["Acme LLP", "Bela"], "country": ["Kenya", "Peru"]}
    lines = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    (tmp_path / "list.csv").write_text("\n".join(lines))
    one, other = (
        read_suppliers([path]).rows.drop_columns(["row_id", "file"])
        for path in (written(tmp_path / "list.parquet", columns), tmp_path / "list.csv")
    )
    assert one.equals(other)


def test_columns_of_lists_and_structures_are_named_and_not_used(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {"name": ["Acme"], "address": [["Abay 1", "Abay 2"]], "country": [{"iso": "KZ"}]}
    result = read_suppliers([written(tmp_path / "list.parquet", columns)])
    assert result.rows.num_rows == 1
    said = {remark["column"]: dict(remark["reason"]["values"])["kind"] for remark in result.remarks.to_pylist()}
    assert sorted(said) == ["address", "country"]
    assert said["address"].startswith("list<")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    whole = written(tmp_path / "list.parquet", {"name": ["Acme"] * 100}).read_bytes()
    for name, content in (("cut.parquet", whole[: len(whole) // 2]), ("only.csv", b"PAR1" + bytes(50))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableFile, match=name):
            list(read_sheets(tmp_path / name))


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MAX_CELLS", 3)
    with pytest.raises(FileTooLarge, match="4 rows"):
        list(read_sheets(written(tmp_path / "list.parquet", {"name": ["Acme"] * 4})))


def test_a_folder_s_parquet_files_are_lists(tmp_path: Path) -> None:
    path = written(tmp_path / "list.parquet", {"name": ["Acme"]})
    assert list_files([tmp_path]) == (path,)
