"""The example's files keep what its README promises, whatever Fairlead makes of them."""

from __future__ import annotations

import pytest
from stdnum import lei
from stdnum.cn import uscc
from stdnum.ru import inn
from stdnum.tr import vkn

from tests.examples.truth import FILES, FOLDER, LIST, Place, cells, expected, place, places, true_groups

#: The columns that hold numbers of registration, by file.
NUMBER_COLUMNS = {"register-2025.xlsx": [2], "regional-departments.csv": [1], "upstream-disclosure.csv": [2, 3]}
NAME_COLUMN = {"register-2025.xlsx": 1, "regional-departments.csv": 0, "upstream-disclosure.csv": 0}
WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


@pytest.fixture(scope="module")
def rows() -> dict[Place, list[str]]:
    return cells()


def is_bin(number: str) -> bool:
    """Whether a Kazakh BIN has a possible month and the right check digit."""
    if not (len(number) == 12 and number.isdigit() and 1 <= int(number[2:4]) <= 12):
        return False
    for weights in WEIGHTS:
        rest = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11
        if rest < 10:
            return rest == int(number[11])
    return False


def is_valid(number: str) -> bool:
    """Whether a number passes the check of one of the schemes that the example uses."""
    is_lei = len(number) == 20 and lei.is_valid(number)
    return is_lei or is_bin(number) or any(scheme.is_valid(number) for scheme in (inn, uscc, vkn))


def is_nobodys(number: str) -> bool:
    """Whether a number is of the sort that no register gives."""
    return (
        (len(number) == 12 and "60" <= number[:2] <= "69" and number[4] == "4")
        or (len(number) == 10 and number.startswith(("98", "009")))
        or (len(number) == 18 and number[8:12] == "XXXX")
        or number.startswith("ZZZZ")
    )


def numbers(rows: dict[Place, list[str]]) -> dict[Place, list[str]]:
    rejected = places("rejected")
    return {
        where: [row[column] for column in NUMBER_COLUMNS[where.file] if row[column]]
        for where, row in rows.items()
        if where not in rejected
    }


def test_every_row_of_truth_points_at_the_row_it_names(rows: dict[Place, list[str]]) -> None:
    for table in ("duplicates", "bad_identifiers", "no_data", "first", "list_hits", "list_no_hits"):
        for row in expected(table):
            assert rows[place(row)][NAME_COLUMN[row["file"]]] == row["name"], (table, row)
    for row in expected("distinct"):
        for side in ("left_", "right_"):
            where = place(row, side)
            assert rows[where][NAME_COLUMN[where.file]] == row[f"{side}name"], row


def test_only_the_numbers_named_in_the_truth_fail_their_check(rows: dict[Place, list[str]]) -> None:
    failing = {(where, number) for where, found in numbers(rows).items() for number in found if not is_valid(number)}
    assert failing == {(place(row), row["value"]) for row in expected("bad_identifiers")}


def test_no_valid_number_can_belong_to_anybody(rows: dict[Place, list[str]]) -> None:
    valid = [number for found in numbers(rows).values() for number in found if is_valid(number)]
    assert len(valid) > 200
    assert [number for number in valid if not is_nobodys(number)] == []


def test_a_number_occurs_twice_only_where_the_truth_says_one_supplier(rows: dict[Place, list[str]]) -> None:
    by_number: dict[str, set[Place]] = {}
    for where, found in numbers(rows).items():
        for number in found:
            by_number.setdefault(number, set()).add(where)
    repeated = [group for group in by_number.values() if len(group) > 1]
    assert repeated
    for group in repeated:
        assert any(group <= same for same in true_groups()), group


def test_the_shares_are_those_that_the_readme_gives(rows: dict[Place, list[str]]) -> None:
    usable = len(rows) - len(places("rejected"))
    repeats = sum(len(group) - 1 for group in true_groups())
    readme = (FOLDER / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    bad = len(expected("bad_identifiers"))
    assert f"Of {len(rows)} rows of data, {usable} name a supplier and {len(places('rejected'))} do not" in readme
    assert f"{repeats} rows ({repeats / usable:.1%}) repeat a supplier" in readme
    assert f"{bad} ({bad / usable:.1%}) carry a number that fails its check" in readme
    assert f"there are {usable - repeats} suppliers" in readme


def test_the_readme_tells_every_row_of_the_truth() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for table in ("duplicates", "bad_identifiers", "no_data", "first", "list_hits"):
        for row in expected(table):
            assert f"| {row['row']} |" in readme and row["name"] in readme, (table, row)


def test_the_folder_holds_only_the_supplier_files_at_its_top() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} == {*FILES, "README.md"}
    assert LIST.is_file()
