"""Tables of ours and theirs."""

from __future__ import annotations

import pytest

from benchmarks.identity.table import Column, Results, print_results, print_summary

COLUMNS = (Column("F1", goal=0.9, compared=True), Column("alarms", "share", goal=0.003, less=True))


def test_a_table_has_the_ratio_of_ours_to_theirs_and_the_goal(capsys: pytest.CaptureFixture[str]) -> None:
    print_results("task", COLUMNS, [("Fairlead", [0.9, 0.002])], [("peer", [0.6, 0.01])], Results())
    assert capsys.readouterr().out.split("\n")[:5] == [
        "| method | F1 | alarms | ours / theirs |",
        "| --- | ---: | ---: | ---: |",
        "| **Fairlead** | 0.900 | 0.20% |  |",
        "| peer | 0.600 | 1.00% | 1.50 |",
        "| *goal* | 0.900 | at most 0.30% |  |",
    ]


def test_the_summary_names_the_best_peer_and_says_whether_the_goal_is_reached(
    capsys: pytest.CaptureFixture[str],
) -> None:
    results = Results()
    peers = [("weak", [0.6, 0.001]), ("strong", [0.95, 0.02])]
    print_results("task", COLUMNS, [("Fairlead", [0.9, 0.004])], peers, results)
    capsys.readouterr()
    print_summary(results)
    assert capsys.readouterr().out.split("\n")[2:4] == [
        "| task | F1 | 0.900 | 0.950 (strong) | 0.95 | 0.900 | yes |",
        "| task | alarms | 0.40% | 0.10% (weak) | 4.00 | at most 0.30% | no |",
    ]


def test_without_peers_there_is_a_goal_but_no_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    results = Results()
    print_results("task", COLUMNS, [("Fairlead", [0.9, "never"])], [], results)
    print_summary(results)
    assert "| task | alarms | never |  |  | at most 0.30% | no |" in capsys.readouterr().out
