"""Tables of pairs of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlead.errors import NoHeaderFound, NothingToRead
from fairlead.model.vocabulary import PairKind
from fairlead.read.pairs import PairTable, read_kind, read_pairs


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "pairs.csv") -> PairTable:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return read_pairs(path)


def test_rows_keep_their_order_and_all_their_columns(tmp_path: Path) -> None:
    table = written(tmp_path, "id,left,right,kind,note\nb,Quillon,Harrow,company,x\na,Brook,Brook,person,\n")
    assert table.columns == ("id", "left", "right", "kind", "note")
    assert [pair.cells for pair in table.pairs] == [
        ("b", "Quillon", "Harrow", "company", "x"),
        ("a", "Brook", "Brook", "person", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_is_read(tmp_path: Path, encoding: str, sign: str) -> None:
    text = "".join(sign.join(row) + "\n" for row in (("ID", "Left", "RIGHT"), ("1", "Қуат Шығыс", "Quat Shygys")))
    (pair,) = written(tmp_path, text, encoding).pairs
    assert (pair.key, pair.left, pair.right, pair.kind) == ("1", "Қуат Шығыс", "Quat Shygys", PairKind.UNKNOWN)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    (pair,) = written(tmp_path, "kind,right,left,id\nvessel,Grey Heron 2,Grey Heron,7\n").pairs
    assert (pair.left, pair.right, pair.kind) == ("Grey Heron", "Grey Heron 2", PairKind.VESSEL)


def test_the_wrong_columns_are_an_error_that_says_what_is_absent_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoHeaderFound, match=r"pairs.csv: The table has no column “id” and no column “right”\. Head"):
        written(tmp_path, "name,left\nQuillon,Harrow\n")


def test_a_table_without_rows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead):
        written(tmp_path, "id,left,right,kind\n\n")


def test_repeated_and_absent_ids_are_kept_and_remarked(tmp_path: Path) -> None:
    table = written(tmp_path, "id,left,right\n1,a,b\n1,c,d\n,e,f\n2,g,h\n")
    assert [bool(pair.remarks) for pair in table.pairs] == [True, True, True, False]
    assert table.repeated == 2


def test_a_row_with_too_many_cells_is_rejected_with_its_cells(tmp_path: Path) -> None:
    table = written(tmp_path, "id,left,right\n1,Quillon, Ltd,Quillon\n2,Harrow,Harrow\n3,Brook,Brook\n")
    assert [pair.key for pair in table.pairs] == ["2", "3"]
    (rejected,) = table.rejected.to_pylist()
    assert (rejected["row"], rejected["cells"]) == (2, ["1", "Quillon", " Ltd", "Quillon"])


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("person", PairKind.PERSON),
        ("LegalEntity", PairKind.COMPANY),
        ("legalentity", PairKind.COMPANY),
        ("public_body", PairKind.COMPANY),
        ("PublicBody", PairKind.COMPANY),
        ("Organization", PairKind.COMPANY),
        ("VESSEL", PairKind.VESSEL),
        ("address", PairKind.ADDRESS),
        ("unknown", PairKind.UNKNOWN),
        ("", PairKind.UNKNOWN),
        ("starfish", None),
    ],
)
def test_the_usual_words_for_kinds_are_understood(word: str, kind: PairKind | None) -> None:
    assert read_kind(word) is kind


def test_an_unknown_kind_is_compared_as_of_any_kind_with_a_remark(tmp_path: Path) -> None:
    (pair,) = written(tmp_path, "id,left,right,kind\n1,Quillon,Quillon,starfish\n").pairs
    assert pair.kind is PairKind.UNKNOWN
    assert [remark.values["kind"] for remark in pair.remarks] == ["starfish"]
