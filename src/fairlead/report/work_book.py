"""worklist.xlsx: the work list for working through, with those without data, steps, sources and rejected rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from fairlead.language import Language
from fairlead.plan.table import shipped_plan
from fairlead.report.annex import source_rows
from fairlead.report.beside import signs_word
from fairlead.report.case import Row
from fairlead.report.csv_tables import reasons, set_aside_cells
from fairlead.report.labels import labels
from fairlead.report.register import Entry, Register
from fairlead.report.svg import paper_colours
from fairlead.report.texts import Texts
from fairlead.report.words import BANDS, NO_DATA, band_word, kind_word, missing_word, step_word
from fairlead.write import Column, Fill, Sheet
from fairlead.write.safe_cell import Value

_PERCENT: Final = "0.0%"
_AMOUNT: Final = "#,##0.00"
_NUMBER: Final = "#,##0"
_PEOPLE: Final = "#,##0.0"

#: Reasons in one cell; parties.csv has all of them.
_REASONS: Final = 4


def sheets(register: Register, texts: Texts) -> list[Sheet]:
    """Return the sheets of the workbook."""
    language = texts.language
    words = labels(language)
    names = _names(register)
    assessment = register.case.assessment
    return [
        Sheet(words["work_list"], _known_columns(language, words), _rated(register, texts), frozen=2),
        Sheet(words["no_data"], _unrated_columns(language, words), _unrated(register, language)),
        Sheet(words["details"], _action_columns(words, language), _actions(register, texts, names)),
        Sheet(words["sources"], _source_columns(words), _sources(register, language)),
        Sheet(words["rejected"], _rejected_columns(words), set_aside_cells(assessment.rejected, texts)),
    ]


def _known_columns(language: Language, words: Mapping[str, str]) -> list[Column]:
    _ = language.gettext
    return [
        Column(words["rank"], 6, _NUMBER),
        Column(words["supplier"], 38, wrap=True),
        Column(words["band"], 20),
        Column(_("Lowest"), 11, _PERCENT),
        Column(_("Middle"), 11, _PERCENT),
        Column(_("Highest"), 11, _PERCENT),
        Column(words["find_out"], 13),
        Column(words["signs"], 24, wrap=True),
        Column(_("Workers"), 10, _NUMBER),
        Column(_("Workers × probability, lowest"), 13, _PEOPLE),
        Column(_("Workers × probability, middle"), 13, _PEOPLE),
        Column(_("Workers × probability, highest"), 13, _PEOPLE),
        Column(words["reasons"], 70, wrap=True),
        Column(words["country"], 18),
        Column(_("Goods and sectors"), 32, wrap=True),
        Column(_("Kind"), 16),
        Column(_("Tier"), 7, _NUMBER),
        Column(_("Spend"), 18, _AMOUNT),
        Column(_("Currency"), 10),
        Column(words["needed"], 30, wrap=True),
        Column(words["found_in"], 34, wrap=True),
    ]


def _rated(register: Register, texts: Texts) -> Iterator[Sequence[Value | Fill]]:
    language = texts.language
    fills = {band: _fill(language, band) for band in BANDS}
    for entry in register.entries(register.case.rated):
        rating, scale = entry.rating, register.case.scale(entry.rating)
        amount, currency = _spend(entry)
        yield (
            entry.place,
            entry.party["name"],
            fills[rating["band"]],
            rating["p_low"],
            rating["p"],
            rating["p_high"],
            language.gettext("find out") if rating["find_out"] else None,
            signs_word(language, register.case.axes(entry.party["party_id"]).signs),
            scale.workers,
            scale.low,
            scale.middle,
            scale.high,
            "\n".join(list(reasons(rating["terms"], texts))[:_REASONS]),
            language.country(entry.party["country"]),
            _supplies(entry, language),
            kind_word(language, entry.party["kind"]),
            entry.tier,
            amount,
            currency,
            _missing(language, rating),
            "\n".join(register.found_in(entry)),
        )


def _unrated_columns(language: Language, words: Mapping[str, str]) -> list[Column]:
    _ = language.gettext
    return [
        Column(words["supplier"], 38, wrap=True),
        Column(words["band"], 20),
        Column(words["needed"], 44, wrap=True),
        Column(words["signs"], 24, wrap=True),
        Column(_("Workers"), 10, _NUMBER),
        Column(words["country"], 18),
        Column(_("Goods and sectors"), 32, wrap=True),
        Column(_("Kind"), 16),
        Column(_("Spend"), 18, _AMOUNT),
        Column(_("Currency"), 10),
        Column(words["found_in"], 34, wrap=True),
    ]


def _unrated(register: Register, language: Language) -> Iterator[Sequence[Value | Fill]]:
    fill = _fill(language, NO_DATA)
    for entry in register.entries(register.case.unrated):
        amount, currency = _spend(entry)
        yield (
            entry.party["name"],
            fill,
            _missing(language, entry.rating),
            signs_word(language, register.case.axes(entry.party["party_id"]).signs),
            register.case.scale(entry.rating).workers,
            language.country(entry.party["country"]),
            _supplies(entry, language),
            kind_word(language, entry.party["kind"]),
            amount,
            currency,
            "\n".join(register.found_in(entry)),
        )


def _fill(language: Language, band: str) -> Fill:
    """Return a band's word on its colour; "no data" is hatched."""
    colours = paper_colours()
    if band == NO_DATA:
        return Fill(band_word(language, None), colours["hatch"][1:].upper(), colours["ink"][1:].upper(), "lightUp")
    key = band.replace("_", "-")
    return Fill(band_word(language, band), colours[key][1:].upper(), colours[f"on-{key}"][1:].upper())


def _spend(entry: Entry) -> tuple[Value, Value]:
    """Return the spend where it is in one currency; where it is in several the amounts in words."""
    totals = entry.spend
    if len(totals) == 1:
        ((currency, amount),) = totals.items()
        return amount, currency
    return ("; ".join(f"{amount:,.2f} {currency}" for currency, amount in totals.items()) or None), None


def _supplies(entry: Entry, language: Language) -> str:
    goods = sorted({language.good(link["good"]) for link in entry.deliveries if link["good"]})
    sectors = sorted({language.sector(link["sector"]) for link in entry.deliveries if link["sector"]})
    return "; ".join([*goods, *(sector for sector in sectors if sector not in goods)])


def _missing(language: Language, rating: Row) -> str:
    return "; ".join(missing_word(language, name) for name in rating["missing"] or ())


def _action_columns(words: Mapping[str, str], language: Language) -> list[Column]:
    _ = language.gettext
    return [
        Column(words["supplier"], 36, wrap=True),
        Column(_("Kind of step"), 22, wrap=True),
        Column(_("Step"), 70, wrap=True),
        Column(_("Whose"), 24, wrap=True),
        Column(_("Within days"), 10, _NUMBER),
        Column(_("Shown by"), 44, wrap=True),
        Column(_("Who bears the cost"), 24, wrap=True),
        Column(_("Done on"), 14),
    ]


def _actions(register: Register, texts: Texts, names: Mapping[str, str]) -> Iterator[Sequence[Value]]:
    owners, language = shipped_plan().owners, texts.language
    for action in register.case.assessment.actions.to_pylist():
        yield (
            names.get(action["subject_id"]),
            step_word(language, action["kind"]),
            texts(action["step"]),
            language.gettext(owners.get(action["owner"], action["owner"] or "")),
            action["due_days"],
            texts(action["proof_needed"]),
            language.gettext(owners.get(action["cost_bearer"], action["cost_bearer"] or "")),
            None,
        )


def _names(register: Register) -> Mapping[str, Any]:
    subjects = set(register.case.assessment.actions["subject_id"].to_pylist())
    return {party_id: party["name"] for party_id, party in register.case.parties(subjects).items()}


def _source_columns(words: Mapping[str, str]) -> list[Column]:
    return [
        Column(words["source"], 50, wrap=True),
        Column(words["publisher"], 36, wrap=True),
        Column(words["edition"], 18),
        Column(words["licence"], 20),
        Column(words["note"], 44, wrap=True),
        Column("URL", 60),
    ]


def _sources(register: Register, language: Language) -> Iterator[Sequence[Value]]:
    for row in source_rows(language, register.case.assessment):
        yield row.title, row.publisher, row.edition, row.licence, "; ".join(row.marks), row.url


def _rejected_columns(words: Mapping[str, str]) -> list[Column]:
    return [
        Column(words["file"], 34),
        Column(words["sheet"], 18),
        Column(words["row"], 8, _NUMBER),
        Column(words["column"], 24, wrap=True),
        Column(words["why_not"], 50, wrap=True),
        Column(words["cells"], 80),
    ]
