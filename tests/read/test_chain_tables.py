"""Parties, ratings and links of a folder: from Parquet or CSV, with holes and doubles named."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairlead.errors import UnreadableFile
from fairlead.read.chain_tables import read_chain_tables


def folder(path: Path, ids: list[str | None], p: list[float | None]) -> Path:
    pq.write_table(pa.table({"from_id": ["a"], "to_id": ["b"]}), path / "links.parquet")
    pq.write_table(pa.table({"subject_id": pa.array(ids, pa.string()), "p": p}), path / "ratings.parquet")
    return path


def test_without_a_table_of_parties_those_that_are_rated_are_the_parties(tmp_path: Path) -> None:
    found = read_chain_tables(folder(tmp_path, ["a", "b"], [0.4, None]))
    assert found.parties["party_id"].to_pylist() == ["a", "b"]
    assert found.ratings["p"].to_pylist() == [0.4, None]
    assert set(found.hashes) == {"links.parquet", "ratings.parquet"}


def test_a_table_in_csv_gives_parties_and_ratings_from_one_file(tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("party_id,name,p\na,Alpha,0.4\nb,,\n")
    (tmp_path / "links.csv").write_text("from_id,to_id\na,b\n")
    found = read_chain_tables(tmp_path)
    assert found.parties["name"].to_pylist() == ["Alpha", None]
    assert found.ratings.select(["p", "p_high"]).to_pylist() == [
        {"p": 0.4, "p_high": None},
        {"p": None, "p_high": None},
    ]
    assert found.links_file == "links.csv"


@pytest.mark.parametrize(
    ("ids", "p", "says"),
    [
        (["a", None], [0.4, 0.1], "ratings.parquet, row 2: A party has no id"),
        (["a", "a"], [0.4, 0.1], "ratings.parquet: A party stands in the table twice"),
        (["a", "b"], [0.4, float("nan")], "row 2, column “p”: A probability of nan cannot be"),
        (["a", "b"], [0.4, -0.1], "row 2, column “p”: A probability of -0.1 cannot be"),
    ],
)
def test_ratings_that_cannot_be_are_named_with_their_row(
    tmp_path: Path, ids: list[str | None], p: list[float | None], says: str
) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_chain_tables(folder(tmp_path, ids, p))
