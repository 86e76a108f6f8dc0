"""One rating taken apart, in the reader's words: the page, the terminal and the picture are made from this."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.language import Language
from fairlead.model.assessment import Edition
from fairlead.report.beside import axes_lines, scale_lines
from fairlead.report.explained_content import Explained, PieceTold, QuestionTold, StageTold, StepTold
from fairlead.report.explained_words import fixed_words, group_word, stage_word
from fairlead.report.ratings import Reasons, interval, joined, share
from fairlead.report.scale import log_odds
from fairlead.report.words import NOT_SHOWN, band_word, missing_word, term_word
from fairlead.risk import shipped_parameters
from fairlead.risk.cards import Basis, Group
from fairlead.risk.explanation import Explanation
from fairlead.risk.forecast import Forecast
from fairlead.risk.pieces import Piece
from fairlead.risk.scale import Scale
from fairlead.risk.steps import StageResult, Step, StepKind

#: So many questions are told; more would not be asked at once.
QUESTIONS_TOLD: Final = 5

#: Groups whose steps are called by the title of their weightiest card.
_BY_CARD: Final = frozenset({Group.EVIDENCE, Group.MITIGATION, Group.LISTING, Group.BUYER, Group.IDENTITY})


def explained(
    language: Language,
    explanation: Explanation,
    questions: Sequence[Forecast],
    scale: Scale,
    *,
    name: str,
    country: str | None,
    editions: Sequence[Edition],
    notes: Sequence[str] = (),
) -> Explained:
    """Put one explanation into words, and beside it how many work there. `notes` are further sentences to show.

    `questions` come in their order; they are told where the rating is open, that is, where the answer is "find out".
    """
    words = _Words(language, Reasons.of(language, editions))
    bounds = None
    if explanation.p_low is not None and explanation.p_high is not None:
        bounds = (explanation.p_low, explanation.p_high)
    return Explained(
        language=language.code,
        name=name,
        subject_id=explanation.subject_id,
        about=words.about(country, explanation.as_of, explanation.model_version),
        rating=words.rating(explanation),
        range=interval(language, *bounds) if bounds else "",
        band=explanation.band or "no_data",
        interval=(log_odds(bounds[0]), log_odds(bounds[1])) if bounds else None,
        steps=tuple(words.step(step) for step in explanation.steps),
        stages=tuple(map(words.stage, explanation.stages, (0.0, *(one.log_odds for one in explanation.stages)))),
        sum=words.sum(explanation),
        axes=axes_lines(language, explanation.axes),
        scale=scale_lines(language, scale),
        buyer=words.buyer(explanation),
        questions_title=language.gettext("Find out: what would narrow the interval most"),
        questions=tuple(words.question(one) for one in questions[:QUESTIONS_TOLD] if explanation.find_out),
        uncounted=tuple(words.piece(piece) for piece in explanation.uncounted),
        notes=tuple(notes),
        fixed=fixed_words(language),
    )


def _shown(before: float, after: float) -> float:
    """Return the nats from one sum to the next as the rounded sums tell them: so the terms shown add up exactly."""
    return round(after, 2) - round(before, 2)


@dataclass(frozen=True)
class _Words:
    """Writes the parts of an explanation."""

    language: Language
    reasons: Reasons

    def about(self, country: str | None, as_of: date, model: str) -> str:
        text = self.language.gettext("As of {date}, by the model {model}.").format(
            date=self.language.date(as_of), model=model
        )
        return f"{self.language.country(country)}. {text}" if country else text

    def rating(self, explanation: Explanation) -> str:
        missing = joined(self.language, [missing_word(self.language, name) for name in explanation.missing])
        if explanation.p is None or explanation.p_low is None or explanation.p_high is None:
            return self.language.gettext("No data: too little is known to rate it. What is missing: {missing}.").format(
                missing=missing
            )
        text = self.language.gettext("{band}: {p}, with a 90% interval of {interval}.").format(
            band=band_word(self.language, explanation.band),
            p=share(self.language, explanation.p),
            interval=interval(self.language, explanation.p_low, explanation.p_high),
        )
        if explanation.find_out:
            line = next(one.from_p for one in reversed(shipped_parameters().bands) if one.action == "ask_now")
            text += " " + self.language.gettext(
                "Find out: the interval reaches over {line}, the line between what to ask now and what in turn."
            ).format(line=self.language.percent(line))
        if missing:
            text += " " + self.language.gettext("What is missing: {missing}.").format(missing=missing)
        return text

    def step(self, step: Step) -> StepTold:
        is_prior = step.kind is StepKind.PRIOR
        kind = "prior" if is_prior else "raises" if step.nats > 0 else "lowers" if step.nats < 0 else "none"
        return StepTold(
            kind=kind,
            name=self._name(step),
            factor=self.reasons.factor(step.nats) if not is_prior else "",
            nats=self.nats(_shown(step.before, step.after)),
            p=share(self.language, 1 / (1 + math.exp(-step.after))),
            before=step.before,
            after=step.after,
            stage=str(step.stage),
            note=self._note(step),
            pieces=tuple(self.piece(piece) for piece in step.pieces),
        )

    def nats(self, nats: float) -> str:
        """Write nats with their sign, such as +0.69."""
        text = self.language.number(round(abs(nats), 2), 2)
        return f"+{text}" if nats > 0 else f"−{text}" if nats < 0 else text

    def _name(self, step: Step) -> str:
        _ = self.language.gettext
        if step.kind is StepKind.PRIOR:
            return _("Starting point")
        if step.kind is StepKind.CEILING:
            return _("Ceiling for place, good and sector")
        if any(piece.hidden for piece in step.pieces):
            return term_word(self.language, NOT_SHOWN, "")
        if step.kind is StepKind.FLOOR:
            return _("Rule: a name on an import ban list")
        group = step.pieces[0].group
        name = _(step.pieces[0].title) if group in _BY_CARD else group_word(self.language, group)
        return _("The buyer's own: {name}").format(name=name) if step.buyers_own else name

    def _note(self, step: Step) -> str:
        _ = self.language.gettext
        if step.kind is StepKind.PRIOR:
            return _("Any workplace, from the ILO's global estimates and the assumptions of the method.")
        if step.kind is StepKind.CEILING:
            start, end = shipped_parameters().combine.context_ceiling
            return _(
                "Place, good and sector alone never reach the highest band: from {start} on they count less and less,"
                " and they end at {end}."
            ).format(start=self.language.percent(start), end=self.language.percent(end))
        if step.kind is StepKind.FLOOR and not any(piece.hidden for piece in step.pieces):
            return _(
                "No less than this while the listing is in force. It ends when the publisher removes the name; then the"
                " listing is evidence that halves in six years. The party can appeal to the publisher, and its answer"
                " stands beside the finding."
            )
        return ""

    def piece(self, piece: Piece) -> PieceTold:
        _ = self.language.gettext
        if piece.hidden:
            return PieceTold(
                self.language.render(piece.text), self.reasons.factor(piece.nats), self.nats(piece.nats), "", "", ""
            )
        bare = piece.citation == str(Basis.ELICITED)
        basis = _("Weight measured: {citation}") if piece.basis == "measured" else _("Weight elicited: {citation}")
        return PieceTold(
            text=self.language.render(piece.text),
            factor=self.reasons.factor(piece.nats),
            nats=self.nats(piece.nats),
            made_of=self.made_of(piece),
            source=self._source(piece),
            citation=_("Weight elicited.") if bare else basis.format(citation=piece.citation),
        )

    def made_of(self, piece: Piece) -> str:
        """Write the product that a piece's nats are: the card's logarithm and what is left of it, factor by factor."""
        _ = self.language.gettext
        if piece.floor:
            return _("at least {floor}").format(floor=self.language.percent(piece.floor))
        parts = [f"ln {self.language.number(piece.lr, 2)}"]
        for value, text in (
            (piece.reliability, _("{value} (reliability)")),
            (piece.confidence, _("{value} (confidence)")),
            (piece.decay, self._age(piece)),
            (piece.dependence, self._rank(piece)),
            (piece.cap, _("{value} (caps and rules)")),
        ):
            if abs(value - 1.0) > 1e-9:  # noqa: PLR2004
                parts.append(text.format(value=self.language.number(round(value, 3))))
        return " × ".join(parts)

    def _age(self, piece: Piece) -> str:
        _ = self.language.gettext
        if piece.age_years is None:
            return _("{value} (undated)")
        years = self.language.number(round(piece.age_years, 1), 1)
        return _("{value} ({years} years old)").format(years=years, value="{value}")

    def _rank(self, piece: Piece) -> str:
        _ = self.language.gettext
        if piece.rank_in_country > 1 or (piece.rank_in_country and piece.rank == 1):
            return _("{value} (number {rank} of its country)").format(rank=piece.rank_in_country, value="{value}")
        return _("{value} (number {rank} of its cluster)").format(rank=piece.rank, value="{value}")

    def _source(self, piece: Piece) -> str:
        parts = [self.reasons.source(piece.source, piece.edition)]
        if piece.locator and not piece.locator.startswith("row_"):
            parts.append(piece.locator)
        if piece.event_date and piece.event_date not in piece.locator.split():
            parts.append(self.language.date(piece.event_date))
        return ", ".join(parts)

    def stage(self, one: StageResult, before: float) -> StageTold:
        return StageTold(
            stage=str(one.stage),
            name=stage_word(self.language, one.stage),
            p=share(self.language, one.p),
            nats=self.nats(_shown(before, one.log_odds)),
            log_odds=one.log_odds,
        )

    def sum(self, explanation: Explanation) -> str:
        if explanation.log_odds is None or explanation.p is None:
            return ""
        parts = " ".join(self.nats(_shown(step.before, step.after)) for step in explanation.steps)
        total = self.nats(explanation.log_odds)
        return f"{parts} = {total} → {share(self.language, explanation.p)}"

    def buyer(self, explanation: Explanation) -> str:
        part = explanation.buyer
        if part is None:
            return ""
        text = self.language.gettext(
            "Of this the buyer causes {factor} ({nats} nats) by its own practice. Without it the rating would be"
            " {without} and not {p}. This part is the buyer's to mend."
        )
        return text.format(
            factor=self.reasons.factor(part.nats),
            nats=self.nats(part.nats),
            without=share(self.language, part.p_without),
            p=share(self.language, part.p),
        )

    def question(self, one: Forecast) -> QuestionTold:
        _ = self.language.gettext
        if one.is_field:
            ask = _("Find out {missing}.").format(missing=missing_word(self.language, one.key))
            answers = _("Then the rating would probably lie between {low} and {high}.")
        else:
            ask = _(one.ask)
            answers = _("If a problem is found: {high}; if not: {low}. A problem would be found with {chance}.")
        worth = _("The interval would be {narrows} narrower on average; {settles} that the question is settled.")
        if one.narrows < 0:
            worth = _("The interval would be {narrows} wider on average; {settles} that the question is settled.")
        return QuestionTold(
            ask=ask,
            answers=answers.format(
                high=share(self.language, one.p_if_found),
                low=share(self.language, one.p_if_clean),
                chance=share(self.language, one.p_found or 0.0),
            ),
            worth=worth.format(
                narrows=self.language.percent(round(abs(one.narrows), 3)), settles=share(self.language, one.settles)
            ),
        )
