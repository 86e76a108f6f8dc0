"""A pair as text for the screen: two records whose differing words are marked, what speaks for it, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from fairlead.cli.judge_screen.differences import Word, differences
from fairlead.cli.judge_screen.session import State
from fairlead.read.judgement_table import DoubtfulPair, PairSide
from fairlead.resolve.judgements import PersonJudgement

#: What is shown of a record, line by line: the label and the field.
_LINES: Final = (
    ("Name", "name"),
    ("Also", "other_names"),
    ("Address", "address"),
    ("City", "city"),
    ("Country", "country"),
    ("Numbers", "identifiers"),
)
_NOTHING: Final = "not in the list"

#: From here on a share would be rounded to 100%, which no doubtful pair has.
_ALMOST_ONE: Final = 0.995

#: Words that differ are underlined and bold, so that they show without colour too.
DIFFERS: Final = "bold underline"
MUTED: Final = "dim"


def records_table(pair: DoubtfulPair) -> Table:
    """Return both records side by side, line by line; a line that neither has is left out."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(overflow="fold", ratio=1)
    for label, field in _LINES:
        values = getattr(pair.left, field), getattr(pair.right, field)
        if any(values):
            marked = (
                _marked(words) if value else Text(_NOTHING, MUTED)
                for value, words in zip(values, differences(*values), strict=True)
            )
            table.add_row(Text(label, MUTED), *marked)
    table.add_row(Text("From", MUTED), *(Text(place(side), MUTED) for side in (pair.left, pair.right)))
    return table


def place(side: PairSide) -> str:
    """Return where the row stands, in words."""
    file, _, rest = side.place.partition(":")
    sheet, _, row = rest.rpartition(":")
    parts = [file, f"sheet {sheet}" if sheet else "", f"row {row}" if row else ""]
    return ", ".join(part for part in parts if part) or _NOTHING


def doubt_text(pair: DoubtfulPair) -> Text:
    """Return the probability and the sentence that says why a person is asked."""
    text = Text()
    if pair.probability is not None:
        filled = round(pair.probability * 10)
        share = f"{pair.probability:.0%}" if pair.probability < _ALMOST_ONE else "over 99%"
        text.append(f"{share} likely the same ", "bold")
        text.append("━" * filled + "─" * (10 - filled) + "\n", MUTED)
    text.append(pair.reason or "No reason is given.")
    if pair.left.key == pair.right.key:
        text.append("\nBoth rows say exactly the same: your answer holds for every row that says this.")
    return text


def said_text(state: State, reason: str) -> Text:
    """Return what was judged before, what follows from other judgements, and the reason written for this one."""
    text = Text()
    for one in state.on_it:
        _line(text, "Judged ", one)
    if state.follows_from:
        text.append(f"Follows: {state.decision}, from ", "bold")
        text.append(_joined(state.follows_from) + "\n")
    for found in state.contradictions:
        text.append("! Contradiction: ", "bold")
        text.append(f"{_joined(found.judgements)}. One has to be undone.\n")
    if reason:
        text.append("Your reason: ", "bold")
        text.append(f"{reason}\n")
    if not text.plain:
        text.append("Nobody has judged this pair yet.", MUTED)
    text.rstrip()
    return text


def _joined(judgements: Iterable[PersonJudgement]) -> str:
    return "; ".join(one.in_short for one in judgements)


def _line(text: Text, before: str, one: PersonJudgement) -> None:
    text.append(before)
    text.append(one.decision.value, "bold")
    text.append(f" by {one.user} on {one.time[:10]}" + (f": {one.reason}" if one.reason else "") + "\n")


def _marked(words: Sequence[Word]) -> Text:
    text = Text()
    for number, word in enumerate(words):
        text.append(" " if number else "")
        text.append(word.text, "" if word.shared else DIFFERS)
    return text
