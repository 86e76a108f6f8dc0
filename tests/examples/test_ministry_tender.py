"""What `fairlead assess` makes of the example, held against what was written down by hand."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from fairlead.assess import assess
from fairlead.assess.spread import spread_folder
from fairlead.model.assessment import Assessment
from fairlead.risk import rank
from tests.examples.truth import FOLDER, LIST, Place, cells, expected, pairs_of, place, places, true_groups

AS_OF = date(2025, 10, 1)
TARGET = 0.95
FIRST = 30


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tender") / "out"


@pytest.fixture(scope="module")
def assessment(output: Path) -> Assessment:
    return assess([FOLDER], out=output, lists=[LIST], as_of=AS_OF, pdf=False)


@pytest.fixture(scope="module")
def place_of(assessment: Assessment) -> dict[str, Place]:
    """Where each row was read, by its id."""
    return {row["row_id"]: Place(row["file"], row["row"]) for row in assessment.rows.to_pylist()}


@pytest.fixture(scope="module")
def found_groups(assessment: Assessment, place_of: dict[str, Place]) -> list[set[Place]]:
    """The rows of each party."""
    return [{place_of[row_id] for row_id in row_ids} for row_ids in assessment.parties["row_ids"].to_pylist()]


@pytest.fixture(scope="module")
def party_of(assessment: Assessment, place_of: dict[str, Place]) -> dict[Place, str]:
    """The party of each row."""
    return {
        place_of[row_id]: party["party_id"] for party in assessment.parties.to_pylist() for row_id in party["row_ids"]
    }


def test_no_row_is_lost_and_none_counts_twice(assessment: Assessment) -> None:
    used = [Place(row["file"], row["row"]) for row in assessment.rows.to_pylist()]
    rejected = [Place(row["file"], row["row"]) for row in assessment.rejected.to_pylist()]
    assert len(used) == len(set(used))
    assert set(used).isdisjoint(rejected)
    assert {*used, *rejected} == set(cells())


def test_what_spreads_most_begins_where_labour_is_imposed_or_the_sector_is_known_for_it(
    assessment: Assessment, output: Path, tmp_path: Path
) -> None:
    spread = spread_folder(output, as_of=AS_OF, out=tmp_path)
    most = {row["party_id"]: row for row in spread.paths.to_pylist() if row["place"] == 1}
    first = [most[party] for party in spread.parties["party_id"].to_pylist()[:10]]
    country = dict(
        zip(assessment.parties["party_id"].to_pylist(), assessment.parties["country"].to_pylist(), strict=True)
    )
    assert all(path["origin_p"] > 0.15 for path in first)
    # Cotton of Turkmenistan and Xinjiang, polysilicon of Xinjiang; and fish of Thailand.
    assert sum(country[path["origin_id"]] in {"CHN", "TKM"} for path in first) >= 7


def test_the_rows_that_are_no_suppliers_are_rejected_and_no_others(assessment: Assessment) -> None:
    assert {Place(row["file"], row["row"]) for row in assessment.rejected.to_pylist()} == places("rejected")


def test_the_counts_of_each_input_file_add_up(assessment: Assessment) -> None:
    for file in assessment.inputs:
        assert file.rows_in == file.rows_used + file.rows_rejected, file.name


def test_every_row_belongs_to_exactly_one_supplier(
    assessment: Assessment, found_groups: list[set[Place]], place_of: dict[str, Place]
) -> None:
    assert sum(len(group) for group in found_groups) == assessment.rows.num_rows
    assert set().union(*found_groups) == set(place_of.values())


def test_duplicates_are_found_and_nothing_else_is_merged(found_groups: list[set[Place]]) -> None:
    truth, found = pairs_of(true_groups()), pairs_of(found_groups)
    missed, wrong = sorted(map(sorted, truth - found)), sorted(map(sorted, found - truth))
    assert len(truth & found) / len(truth) >= TARGET, missed
    assert len(truth & found) / len(found) >= TARGET, wrong


def test_pairs_that_are_alike_but_not_the_same_stay_apart(party_of: dict[Place, str]) -> None:
    for row in expected("distinct"):
        assert party_of[place(row, "left_")] != party_of[place(row, "right_")], row["why"]


def test_pairs_that_a_person_has_to_judge_are_offered_for_review(
    assessment: Assessment, party_of: dict[Place, str]
) -> None:
    offered = {frozenset((row["left_party_id"], row["right_party_id"])) for row in assessment.review.to_pylist()}
    for row in expected("distinct"):
        if "a person has to" in row["why"]:
            assert frozenset((party_of[place(row, "left_")], party_of[place(row, "right_")])) in offered, row["why"]


def test_every_bad_number_is_named_with_its_row_and_column(assessment: Assessment) -> None:
    named = {(Place(row["file"], row["row"]), row["column"]) for row in assessment.remarks.to_pylist()}
    for row in expected("bad_identifiers"):
        assert any(where == place(row) and row["column"] in column for where, column in named), row


def test_a_good_number_is_not_called_bad(assessment: Assessment) -> None:
    columns = {row["column"] for row in expected("bad_identifiers")}
    named = {
        Place(row["file"], row["row"])
        for row in assessment.remarks.to_pylist()
        if any(column in row["column"] for column in columns)
    }
    assert named == places("bad_identifiers")


def test_words_in_place_of_a_sum_are_set_aside_and_their_rows_kept(
    assessment: Assessment, place_of: dict[str, Place]
) -> None:
    named = {(Place(row["file"], row["row"]), row["column"]) for row in assessment.remarks.to_pylist()}
    for row in expected("set_aside"):
        assert (place(row), row["column"]) in named
        assert place(row) in place_of.values()


def test_suppliers_on_the_list_are_found_in_any_script(assessment: Assessment, party_of: dict[Place, str]) -> None:
    listed = _subjects(assessment, "listed_")
    for row in expected("list_hits"):
        assert party_of[place(row)] in listed, row


def test_a_resemblance_to_the_list_is_never_called_a_listing(
    assessment: Assessment, party_of: dict[Place, str]
) -> None:
    assert _subjects(assessment, "listed_") == {party_of[place(row)] for row in expected("list_hits")}


def test_the_suppliers_to_look_at_first_come_first(assessment: Assessment, party_of: dict[Place, str]) -> None:
    ranked = rank(assessment.ratings, assessment.evidence, assessment.links)
    places_taken = {row["name"]: ranked.index(party_of[place(row)]) + 1 for row in expected("first")}
    assert {name: number for name, number in places_taken.items() if number > FIRST} == {}


def test_where_nothing_is_known_the_answer_is_no_data(assessment: Assessment, party_of: dict[Place, str]) -> None:
    rating = {row["subject_id"]: row for row in assessment.ratings.to_pylist()}
    for row in expected("no_data"):
        found = rating[party_of[place(row)]]
        assert (found["data"], found["band"], found["p"]) == ("no_data", None, None), row


def test_two_runs_give_the_same_bytes(assessment: Assessment, output: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assess([FOLDER], out=again, lists=[LIST], as_of=AS_OF, pdf=False)
    assert assessment.rows.num_rows > 0
    assert _hashes(again) == _hashes(output)


def _subjects(assessment: Assessment, finding: str) -> set[str]:
    """Return whom the findings from the example's own list are about."""
    sha256 = hashlib.sha256(LIST.read_bytes()).hexdigest()
    return {
        row["subject_id"]
        for row in assessment.evidence.to_pylist()
        if row["finding"].startswith(finding) and sha256.startswith(row["source_id"].removeprefix("list_"))
    }


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
