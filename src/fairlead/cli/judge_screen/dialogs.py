"""Small windows over the screen: one line to write, something to confirm, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

KEYS = (
    ("s", "same: one supplier"),
    ("d", "different: two suppliers"),
    ("u", "unsure: stays in review, with your name"),
    ("z", "undo your last judgement"),
    ("r", "write a reason, then decide"),
    ("n  →  ↓", "next pair"),
    ("p  ←  ↑", "previous pair"),
    ("PgDn PgUp", "what does not fit on the screen"),
    ("f", "show open, judged or all pairs"),
    ("/", "search for words in names and numbers"),
    ("t", "light or dark"),
    ("?", "this help"),
    ("q", "leave; everything is saved already"),
)


class LineDialog(ModalScreen[str | None]):
    """Asks for one line; gives the text, or None where the person leaves with escape."""

    BINDINGS = [("escape", "leave", "Leave")]  # noqa: RUF012  (as Textual has it)

    def __init__(self, title: str, *, value: str = "", needed: bool = False) -> None:
        super().__init__()
        self._title, self._value, self._needed = title, value, needed

    def compose(self) -> ComposeResult:
        """Lay out the title and the line."""
        with Vertical(classes="dialog"):
            yield Static(Text(self._title, "bold"))
            yield Input(value=self._value)
            yield Static(Text("enter: done   escape: leave"), classes="muted", id="line-help")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the text; an empty one is not enough where a text is needed."""
        text = event.value.strip()
        if self._needed and not text:
            self.query_one("#line-help", Static).update(Text("A reason is needed here. escape: leave"))
            return
        self.dismiss(text)

    def action_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)


class ConfirmDialog(ModalScreen[bool]):
    """Says what is at stake and asks whether to go on."""

    BINDINGS = [("y", "answer(True)", "Yes"), ("escape", "answer(False)", "No"), ("n", "answer(False)", "No")]  # noqa: RUF012

    def __init__(self, title: str, lines: Sequence[str], yes: str) -> None:
        super().__init__()
        self._title, self._lines, self._yes = title, lines, yes

    def compose(self) -> ComposeResult:
        """Lay out what there is to know and the two keys."""
        with Vertical(classes="dialog"):
            yield Static(Text(self._title, "bold"))
            yield Static(Text("\n".join(self._lines)))
            yield Static(Text(f"y: {self._yes}   escape: leave it"), classes="muted")

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)


class HelpDialog(ModalScreen[None]):
    """Shows the keys and what the words mean."""

    BINDINGS = [("escape,question_mark,q,enter", "leave", "Leave")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Lay out the keys."""
        text = Text()
        text.append("Keys\n", "bold")
        for key, meaning in KEYS:
            text.append(f"{key:<11}", "bold")
            text.append(f"{meaning}\n")
        text.append("\nUnderlined words are not in the other record, in any script.\n")
        text.append("Same carries over: a = b and b = c make a = c.")
        with Vertical(classes="dialog"):
            yield Static(text)
            yield Static(Text("escape: back"), classes="muted")

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
