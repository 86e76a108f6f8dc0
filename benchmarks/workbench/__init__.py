"""The workbench under load: pages at a size that hurts (`./run bench workbench`), many people at once (`users`)."""

from __future__ import annotations


def main(quick: bool = False) -> None:
    """Fill a workbench and measure its pages; with `quick` a small one for a quarter of a minute."""
    from benchmarks.workbench.load import fill_and_measure

    fill_and_measure(quick)
