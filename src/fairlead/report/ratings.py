"""A rating in the reader's words: the interval, what is missing, and the terms as bars on the axis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel.lists import format_list

from fairlead.language import Language
from fairlead.model.assessment import Edition
from fairlead.report.content import Rating, Reason
from fairlead.report.scale import position, position_of_nats
from fairlead.report.words import NO_DATA, band_word, missing_word, term_word
from fairlead.risk import IMPORT_BAN_FLOOR, PRIOR, SUPPLIER_LIST, shipped_cards

#: Probabilities below this are written as "less than" it.
LEAST: Final = 0.001

#: Terms that move the odds by less (nats; about a quarter) are told in the card and not in the work list.
TELLING: Final = 0.25

_OWN: Final = "fairlead"


def rating_of(language: Language, row: Mapping[str, Any]) -> Rating:
    """Put one row of RATING into words and onto the axis."""
    missing = joined(language, [missing_word(language, name) for name in row["missing"] or ()])
    if not row["band"]:
        return Rating(NO_DATA, band_word(language, None), "", "", "", 0.0, 0.0, 0.0, False, missing)
    return Rating(
        band=row["band"],
        word=band_word(language, row["band"]),
        range=interval(language, row["p_low"], row["p_high"]),
        low_text=share(language, row["p_low"]),
        high_text=share(language, row["p_high"]),
        low=position(row["p_low"]),
        middle=position(row["p"]),
        high=position(row["p_high"]),
        find_out=bool(row["find_out"]),
        missing=missing,
    )


def tells(term: Mapping[str, Any]) -> bool:
    """Say whether a term is a reason: it moves the rating, or it is a listing that would."""
    moves = bool(term["nats"] != 0)
    return bool(term["name"] == IMPORT_BAN_FLOOR or (moves and term["name"] != PRIOR))


def share(language: Language, p: float) -> str:
    """Write a probability as far as it can be said: whole per cents, below one per cent one digit, never zero."""
    if p < LEAST:
        return f"<{language.percent(LEAST)}"
    return language.percent(round(p, 2) if p >= 0.01 else float(f"{p:.1g}"))  # noqa: PLR2004


def interval(language: Language, low: float, high: float) -> str:
    """Write an interval of probabilities, such as 8–35%."""
    first, last = share(language, low), share(language, high)
    return first if first == last else f"{_without_sign(language, first)}–{last}"


def _without_sign(language: Language, text: str) -> str:
    """Return a percentage without its sign, where the language writes the sign behind the number."""
    sign = str(language.locale.number_symbols["latn"]["percentSign"])
    return text.removesuffix(sign).rstrip()


def joined(language: Language, parts: Sequence[str]) -> str:
    """Join words as the language does: a, b and c."""
    return str(format_list(list(parts), locale=language.locale)) if parts else ""


@dataclass(frozen=True)
class Reasons:
    """Writes the terms of ratings.

    `editions` are the sources of the assessment by their ids, `titles` those of the evidence cards by their keys.
    """

    language: Language
    editions: Mapping[str, Edition]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, language: Language, editions: Sequence[Edition]) -> Reasons:
        """Return the writer for one assessment, with the cards of the reference pack."""
        titles = {key: card.title for key, card in shipped_cards().items()}
        return cls(language, {edition.source_id: edition for edition in editions}, titles)

    def all_of(self, row: Mapping[str, Any]) -> tuple[Reason, ...]:
        """Return every term in the order in which they add up, each from where the one before ended."""
        reasons, at = [], 0.0
        for term in row["terms"]:
            before, at = (at, at + term["nats"]) if term["name"] != PRIOR else (term["nats"], term["nats"])
            reasons.append(self._reason(term, before, at))
        return tuple(reasons)

    def main_of(self, row: Mapping[str, Any], count: int) -> tuple[Reason, ...]:
        """Return the terms that raise the rating most, the weightiest first; where none does, what lowers it most.

        A listing stands first, also where the rating would be as high without it.
        """
        pairs = zip(row["terms"], self.all_of(row), strict=True)
        weighed = [(term, reason) for term, reason in pairs if tells(term)]
        weighed.sort(key=lambda pair: (pair[0]["name"] != IMPORT_BAN_FLOOR, -pair[0]["nats"], pair[0]["name"]))
        telling = [pair for pair in weighed if pair[0]["nats"] >= TELLING or pair[0]["name"] == IMPORT_BAN_FLOOR]
        telling = telling or weighed[:1]
        return tuple(reason for _, reason in telling[:count])

    def _reason(self, term: Mapping[str, Any], before: float, after: float) -> Reason:
        is_prior = term["name"] == PRIOR
        factor = self.language.percent(1 / (1 + math.exp(-after))) if is_prior else self.factor(term["nats"])
        kind = PRIOR if is_prior else "raises" if term["nats"] > 0 else "lowers" if term["nats"] < 0 else "none"
        return Reason(
            name=term_word(self.language, term["name"], self.titles.get(term["name"], "")),
            text=self.language.render(term["text"]),
            factor=factor,
            source=self.source(term["source"], term["edition"]),
            start=0.0 if is_prior else position_of_nats(min(before, after)),
            end=position_of_nats(max(before, after)),
            kind=kind,
        )

    def factor(self, nats: float) -> str:
        """Write by what the odds are multiplied, such as ×2.4."""
        return self.language.factor(math.exp(nats))

    def source(self, source_id: str | None, edition: str | None) -> str:
        """Name a source with its edition."""
        if source_id == SUPPLIER_LIST:
            return self.language.gettext("Your supplier list")
        if source_id == _OWN or not source_id:
            return self.language.gettext("The method's own assumption")
        known = self.editions.get(source_id)
        title = known.title if known else source_id
        return f"{title}, {edition}" if edition and edition not in title else title
