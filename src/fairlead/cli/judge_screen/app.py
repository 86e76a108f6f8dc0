"""The screen itself: what is shown, and what each key does."""

from __future__ import annotations

from typing import Final

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.theme import Theme
from textual.widgets import Static

from fairlead.cli.judge_screen.dialogs import ConfirmDialog, HelpDialog, LineDialog
from fairlead.cli.judge_screen.pair_text import doubt_text, records_table, said_text
from fairlead.cli.judge_screen.session import Session, Shown
from fairlead.errors import FairleadError
from fairlead.model.vocabulary import Decision

_LIGHT: Final = Theme(
    name="fairlead-light",
    primary="#0b6e6e",
    foreground="#1d2430",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#efece4",
    accent="#0b6e6e",
    dark=False,
)
_DARK: Final = Theme(
    name="fairlead-dark",
    primary="#4fb3b3",
    foreground="#e8e6e1",
    background="#14181f",
    surface="#14181f",
    panel="#222834",
    accent="#4fb3b3",
    dark=True,
)

_KEY_LINES: Final = (
    (("s", "same"), ("d", "different"), ("u", "unsure"), ("z", "undo"), ("r", "reason")),
    (("n", "next"), ("p", "previous"), ("f", "filter"), ("/", "search"), ("?", "help"), ("q", "quit")),
)

_NEXT: Final[dict[Shown, Shown]] = {Shown.OPEN: Shown.JUDGED, Shown.JUDGED: Shown.ALL, Shown.ALL: Shown.OPEN}


class JudgeApp(App[None]):
    """Goes through the pairs of a session; every decision is in the file before the next pair is shown."""

    CSS_PATH = "screen.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [  # noqa: RUF012  (as Textual has it)
        Binding("s", "judge('same')", "same"),
        Binding("d", "judge('different')", "different"),
        Binding("u", "judge('unsure')", "unsure"),
        Binding("z", "undo", "undo"),
        Binding("r", "reason", "reason"),
        Binding("n,right,down", "move(1)", "next"),
        Binding("p,left,up", "move(-1)", "previous"),
        Binding("f", "filter", "filter"),
        Binding("slash", "search", "search"),
        Binding("t", "light_or_dark", "light or dark"),
        Binding("question_mark", "help", "help"),
        Binding("q", "quit", "quit"),
        Binding("pagedown", "scroll(1)", "further down", show=False),
        Binding("pageup", "scroll(-1)", "further up", show=False),
        Binding("escape", "clear_search", "clear the search", show=False),
    ]

    def __init__(self, session: Session, *, file: str, reason_required: bool = False) -> None:
        super().__init__()
        self.session = session
        self.file = file
        self.reason_required = reason_required
        self.shown = Shown.OPEN
        self.search = ""
        self.reason = ""
        self.note = ""
        self._places = session.places(self.shown)
        self._at = 0

    @property
    def place(self) -> int | None:
        """The place of the pair on the screen among all pairs; None where there is none to show."""
        return self._places[self._at] if self._places else None

    def compose(self) -> ComposeResult:
        """Lay out head, the two records, what speaks for it, what was said, and the keys."""
        with Horizontal(id="head"):
            yield Static(id="title")
            yield Static(id="user")
        yield Static(id="progress")
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="records")
            yield Static(id="doubt")
            yield Static(id="said")
        with Vertical(id="foot"):
            yield Static(id="note")
            yield Static(_keys(), id="keys")

    def on_mount(self) -> None:
        """Put on the colours and show the first pair."""
        self.register_theme(_LIGHT)
        self.register_theme(_DARK)
        self.theme = _DARK.name
        self._show()

    def _show(self) -> None:
        total, decided = len(self.session.pairs), self.session.decided
        self._write("title", Text(f"Doubtful pairs · {self.file}", "bold"))
        self._write("user", Text(f"you are {self.session.user}", justify="right"))
        here = f"Pair {self._at + 1} of {len(self._places)}" if self._places else "No pair"
        filled = round(20 * decided / total) if total else 0
        search = f" · search “{self.search}” (escape clears)" if self.search else ""
        bar = "━" * filled + "─" * (20 - filled)
        self._write("progress", Text(f"{here} · {self.shown}{search}   {bar} {decided} of {total} judged"))
        place = self.place
        for part in ("records", "doubt"):
            self.query_one(f"#{part}").display = place is not None
        if place is None:
            self._write("said", self._nothing())
        else:
            pair = self.session.pairs[place]
            self.query_one("#records", Static).update(records_table(pair))
            self._write("doubt", doubt_text(pair))
            self._write("said", said_text(self.session.state(place), self.reason))
        self._write("note", Text(self.note))
        self.query_one("#body").scroll_home(animate=False)

    def _write(self, part: str, text: Text) -> None:
        self.query_one(f"#{part}", Static).update(text)

    def _nothing(self) -> Text:
        """Return what to do where no pair is left to show."""
        if not self.session.pairs:
            return Text(f"{self.file} has no doubtful pairs. There is nothing to decide: press q to leave.")
        if self.search:
            return Text(f"No {self.shown} pair has “{self.search}”. Press escape to see all of them again.")
        if self.shown is Shown.OPEN:
            return Text(
                f"All {len(self.session.pairs)} pairs are judged.\n\nPress f to look through them, z to undo your last "
                "judgement, q to leave. Give the file of judgements to the next run with --judgements."
            )
        return Text("No pair is settled: nobody has judged, or judgements contradict each other. Press f to see them.")

    def _go_through(self, keep: int | None) -> None:
        """Choose the pairs anew; stay at the place `keep`, or go to the next one after it."""
        self._places = self.session.places(self.shown, self.search)
        later = [at for at, place in enumerate(self._places) if keep is not None and place >= keep]
        self._at = later[0] if later else max(0, len(self._places) - 1) if keep is not None else 0
        self._show()

    def action_move(self, steps: int) -> None:
        """Go to the next or the previous pair; the last and the first are the ends."""
        self.note, self.reason = "", ""
        if self._places:
            self._at = min(max(self._at + steps, 0), len(self._places) - 1)
        self._show()

    def action_judge(self, decision: str) -> None:
        """Decide the pair; ask for a reason where one is required, and before a contradiction is entered."""
        if self.place is None:
            return
        if self.reason_required and not self.reason:
            self._ask_reason(Decision(decision))
            return
        self._judge(Decision(decision))

    def _ask_reason(self, then: Decision | None) -> None:
        title = f"Why {then}?" if then else "Your reason; then press s, d or u"

        def written(text: str | None) -> None:
            if text is None:
                return
            self.reason = text
            if then:
                self._judge(then)
            else:
                self._show()

        self.push_screen(LineDialog(title, value=self.reason, needed=then is not None), written)

    def _judge(self, decision: Decision) -> None:
        place = self.place
        assert place is not None  # action_judge has looked
        try:
            found = self.session.contradictions(place, decision)
        except FairleadError as error:
            self._tell(str(error))
            return
        if not found:
            self._enter(place, decision)
            return
        lines = [f"• {one.in_short}" for contradiction in found for one in contradiction.judgements if one.event_id]

        def answered(go_on: bool | None) -> None:
            if go_on:
                self._enter(place, decision)

        self.push_screen(
            ConfirmDialog(
                f"“{decision}” contradicts what was judged before:",
                [*dict.fromkeys(lines), "", "Entered all the same, these pairs stay in review until one is undone."],
                "enter it all the same",
            ),
            answered,
        )

    def _enter(self, place: int, decision: Decision) -> None:
        try:
            self.session.judge(place, decision, self.reason)
        except FairleadError as error:
            self._tell(str(error))
            return
        pair = self.session.pairs[place]
        self.note = f"Saved: {pair.left.name} / {pair.right.name}: {decision}. z undoes it."
        self.reason = ""
        stays = self.shown is Shown.OPEN
        if self.shown is Shown.JUDGED and self.session.state(place).open:  # it contradicts: let it be seen
            self.shown, stays = Shown.ALL, True
        self._go_through(place if stays else place + 1)

    def action_undo(self) -> None:
        """Undo this person's last judgement and show its pair."""
        try:
            undone, place = self.session.undo_last()
        except FairleadError as error:
            self._tell(str(error))
            return
        self.note = f"Undone: {undone.in_short}."
        self.reason = ""
        if place is not None and place not in self.session.places(self.shown, self.search):
            self.shown, self.search = Shown.ALL, ""
        self._go_through(place)

    def action_reason(self) -> None:
        """Write a reason for the decision to come."""
        if self.place is not None:
            self._ask_reason(None)

    def action_filter(self) -> None:
        """Show the open pairs, the judged ones, or all."""
        self.note = ""
        self.shown = _NEXT[self.shown]
        self._go_through(self.place)

    def action_search(self) -> None:
        """Search names and numbers for words."""

        def written(text: str | None) -> None:
            if text is not None:
                self.search, self.note = text, ""
                self._go_through(None)

        self.push_screen(LineDialog("Search names and numbers for", value=self.search), written)

    def action_clear_search(self) -> None:
        """Show all pairs again."""
        if self.search:
            self.search = ""
            self._go_through(self.place)

    def action_light_or_dark(self) -> None:
        """Change between light and dark."""
        self.theme = _LIGHT.name if self.theme == _DARK.name else _DARK.name

    def action_scroll(self, pages: int) -> None:
        """Show what does not fit on the screen."""
        body = self.query_one("#body", VerticalScroll)
        body.scroll_relative(y=pages * max(1, body.size.height - 1), animate=False)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpDialog())

    def _tell(self, note: str) -> None:
        self.note = note
        self._show()


def _keys() -> Text:
    text = Text()
    for number, line in enumerate(_KEY_LINES):
        text.append("\n" if number else "")
        for key, meaning in line:
            text.append(f" {key} ", "bold reverse")
            text.append(f" {meaning}   ")
    return text
