"""Tables of results: a row for Fairlead, a row for every peer, what ours is to theirs, and the goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

Figure = float | str | None

FORMATS: Final[dict[str, Callable[[float], str]]] = {
    "score": lambda figure: f"{figure:.3f}",
    "share": lambda figure: f"{figure:.2%}",
    "fine share": lambda figure: f"{figure:.4f}",
    "count": lambda figure: f"{figure:,.0f}",
    "seconds": lambda figure: f"{figure:,.1f}",
}


@dataclass(frozen=True)
class Column:
    """A column of figures; `goal` is what Fairlead should reach, `less` that less is better."""

    name: str
    form: str = "score"
    goal: float | None = None
    less: bool = False
    compared: bool = False


@dataclass(frozen=True)
class Outcome:
    """One line of the summary: what was measured, ours, the best peer with its name, and the goal."""

    task: str
    column: Column
    ours: Figure
    best: Figure
    peer: str


@dataclass
class Results:
    """What the sections found, for the summary."""

    outcomes: list[Outcome] = field(default_factory=list)


def print_results(
    task: str,
    columns: Sequence[Column],
    ours: Sequence[tuple[str, Sequence[Figure]]],
    peers: Sequence[tuple[str, Sequence[Figure]]],
    results: Results,
) -> None:
    """Print a table; the first row of `ours` is what users get and what ratios and goals are about."""
    main = next((place for place, column in enumerate(columns) if column.compared), None)
    _, figures = ours[0]
    heading = ["method", *(column.name for column in columns), *([] if main is None else ["ours / theirs"])]
    print(f"| {' | '.join(heading)} |\n| --- {'| ---: ' * (len(heading) - 1)}|")
    for name, own in (*((f"**{name}**", own) for name, own in ours), *peers):
        cells = [shown(column, figure) for column, figure in zip(columns, own, strict=True)]
        if main is not None:
            cells.append("" if (name, own) not in peers else ratio(figures[main], own[main]))
        print(f"| {' | '.join([name, *cells])} |")
    if any(column.goal is not None for column in columns):
        goals = ["" if column.goal is None else goal(column) for column in columns]
        print(f"| {' | '.join(['*goal*', *goals, *([] if main is None else [''])])} |")
    print()
    for place, column in enumerate(columns):
        if column.goal is not None or column.compared:
            best, peer = best_of(column, [(own[place], name) for name, own in peers])
            results.outcomes.append(Outcome(task, column, figures[place], best, peer))


def print_summary(results: Results) -> None:
    """Print one line for every goal: ours, the best peer, what ours is to it, and whether the goal is reached."""
    print("| task | measure | Fairlead | best peer in this run | ours / theirs | goal | reached |")
    print("| --- | --- | ---: | --- | ---: | ---: | --- |")
    for outcome in results.outcomes:
        column = outcome.column
        best = f"{shown(column, outcome.best)} ({outcome.peer})" if outcome.peer else ""
        reached = "" if column.goal is None else "yes" if is_reached(column, outcome.ours) else "no"
        cells = (
            outcome.task,
            column.name,
            shown(column, outcome.ours),
            best,
            ratio(outcome.ours, outcome.best),
            "" if column.goal is None else goal(column),
            reached,
        )
        print(f"| {' | '.join(cells)} |")
    print()


def shown(column: Column, figure: Figure) -> str:
    """Return a figure as its column shows it."""
    return "" if figure is None else figure if isinstance(figure, str) else FORMATS[column.form](figure)


def ratio(ours: Figure, theirs: Figure) -> str:
    """Return ours divided by theirs, empty where one is missing or theirs is nothing."""
    if not isinstance(ours, int | float) or not isinstance(theirs, int | float) or not theirs:
        return ""
    return f"{ours / theirs:.2f}"


def goal(column: Column) -> str:
    """Return the goal of a column in words."""
    return f"{'at most ' if column.less else ''}{shown(column, column.goal)}"


def is_reached(column: Column, ours: Figure) -> bool:
    """Whether a figure, as it is shown, reaches its column's goal."""
    if not isinstance(ours, int | float) or column.goal is None:
        return False
    return ours <= column.goal if column.less else ours >= column.goal


def best_of(column: Column, figures: Sequence[tuple[Figure, str]]) -> tuple[Figure, str]:
    """Return the best figure among the peers, and whose it is."""
    known = [(figure, name) for figure, name in figures if isinstance(figure, int | float)]
    if not known:
        return None, ""
    return (min if column.less else max)(known, key=lambda one: one[0])
