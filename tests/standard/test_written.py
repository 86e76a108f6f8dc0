"""A standard written out holds all that was read, and law stands apart from guidance."""

from __future__ import annotations

from typing import Any

from fairlead.reference import load_yaml
from fairlead.standard import STANDARD_COLUMNS, adapt, changes_from, shipped_standard, standard_content, standard_rows
from fairlead.standard.load import CORE

STANDARD = shipped_standard()


def test_what_is_written_is_what_the_file_holds() -> None:
    given = {one["key"]: one for one in load_yaml(CORE)["provisions"]}
    made: dict[str, Any] = {one["key"]: one for one in standard_content(STANDARD)["provisions"]}
    assert set(given) <= set(made)
    for key, one in given.items():
        for field in ("title", "topic", "legal_minimum", "good_practice", "sources"):
            assert made[key].get(field) == one.get(field), (key, field)
        for before, after in zip(one["questions"], made[key]["questions"], strict=True):
            for field in ("key", "ask", "type", "options", "when", "proof"):
                assert after.get(field) == before.get(field), (key, before["key"], field)
            for effect, kept in zip(before.get("says", []), after.get("says", []), strict=True):
                assert kept == {"confidence": 1.0, **effect}


def test_own_words_and_a_raised_level_are_written() -> None:
    changes = [{"reword": "wages_paid", "own_words": "By the fifth."}, {"raise": "wages_paid"}]
    own = adapt(STANDARD, *changes_from({"name": "Ours", "changes": changes}, ""))
    [wages] = [one for one in standard_content(own)["provisions"] if one["key"] == "wages_paid"]
    assert (wages["own_words"], wages["required"]) == ("By the fifth.", "good_practice")
    assert standard_content(own)["version_hash"] == own.version


def test_each_question_is_a_row_and_binding_sources_stand_apart() -> None:
    rows = [dict(zip(STANDARD_COLUMNS, row, strict=True)) for row in standard_rows(STANDARD)]
    assert [row["question"] for row in rows] == list(STANDARD.questions)
    for row in rows:
        assert bool(row["binding_sources"]) or not row["legal_minimum"]
        assert "Convention" not in str(row["guidance"])
        assert "Dhaka" not in str(row["binding_sources"])
