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
