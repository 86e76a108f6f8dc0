"""The record of the benchmarks keeps what was not run."""

from __future__ import annotations

from benchmarks.record import recorded

HEADINGS = ("Whole assessments", "Who is who", "Goods and sectors")
BEFORE = """# Benchmarks

Words.

Machine: old, 2 processors.

## Whole assessments

| run |

### Part

## Gone

Nobody measures this any more.

## Goods and sectors

98%
"""


def test_only_the_sections_that_ran_are_replaced_and_all_stand_in_order() -> None:
    after = recorded(BEFORE, {"Who is who": "0.9"}, "Machine: new.", HEADINGS)
    assert [line for line in after.split("\n") if line.startswith("## ")] == [f"## {one}" for one in HEADINGS]
    assert "## Whole assessments\n\nMachine: old, 2 processors.\n\n| run |\n\n### Part\n" in after
    assert "## Who is who\n\nMachine: new.\n\n0.9\n" in after
    assert "Nobody" not in after


def test_recording_again_changes_nothing_else() -> None:
    once = recorded(BEFORE, {"Who is who": "0.9"}, "Machine: new.", HEADINGS)
    assert recorded(once, {"Who is who": "0.9"}, "Machine: new.", HEADINGS) == once


def test_a_record_can_begin_with_nothing() -> None:
    assert recorded("", {"Who is who": "0.9"}, "Machine: new.", HEADINGS).startswith("# Benchmarks\n")


def test_of_a_section_that_ran_in_part_the_other_parts_stay_with_their_machine() -> None:
    first = recorded("", {"Who is who": "### A\n\n1\n\n### B\n\n2\n\n### C\n\n3"}, "Machine: old.", HEADINGS)
    again = recorded(first, {"Who is who": "### A\n\n4\n\n### C\n\n5"}, "Machine: new.", HEADINGS, {"Who is who"})
    assert "## Who is who\n\nMachine: new.\n\n### A\n\n4\n\n### B\n\nMachine: old.\n\n2\n\n### C\n\n5\n" in again
    assert "### B" not in recorded(first, {"Who is who": "### A\n\n4"}, "Machine: new.", HEADINGS)


def test_a_section_that_ran_in_part_for_the_first_time_stands_alone() -> None:
    assert "### A" in recorded(BEFORE, {"Who is who": "### A\n\n4"}, "Machine: new.", HEADINGS, {"Who is who"})
