"""The work list, the suppliers without data, and the card of each supplier at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fairlead.language import Language
from fairlead.model.vocabulary import PartyKind
from fairlead.plan.table import StepKind, shipped_plan
from fairlead.report.beside import beside
from fairlead.report.case import Case, Row, spend_of
from fairlead.report.content import Beside, Detail, NoDataRow, Place, Step, StepGroup, WorkRow
from fairlead.report.owners import owners_of
from fairlead.report.ratings import Reasons, rating_of, tells
from fairlead.report.words import kind_word, step_word

#: How many reasons stand in a line of the work list; the card and the spreadsheet have them all.
MAIN_REASONS: Final = 3

#: How much of what a supplier supplies, in the list's own words, is shown.
_WORDS_SHOWN: Final = 90

_TOLD_KINDS: Final = frozenset({PartyKind.LABOUR_PROVIDER, PartyKind.PERSON, PartyKind.PUBLIC_BODY, PartyKind.VESSEL})


@dataclass(frozen=True)
class Suppliers:
    """What is known of the suppliers to be shown, gathered once."""

    parties: Mapping[str, Row]
    ratings: Mapping[str, Row]
    actions: Mapping[str, Sequence[Row]]
    deliveries: Mapping[str, Sequence[Row]]
    named_in: Mapping[str, Sequence[str]]
    rows: Mapping[str, Row]
    owners: Mapping[str, tuple[str, ...]]
    beside: Mapping[str, Beside]

    @classmethod
    def of(cls, language: Language, case: Case, ids: Sequence[str]) -> Suppliers:
        """Gather what belongs to the parties with these ids."""
        parties, deliveries = case.parties(ids), case.deliveries(ids)
        owners = owners_of(language, case, ids)
        named_in = case.named_in(parties)
        wanted = {one for row_ids in named_in.values() for one in row_ids}
        wanted |= {one for links in deliveries.values() for link in links for one in link["row_ids"] or ()}
        ratings = case.ratings(ids)
        flags = {one: beside(language, case, rating) for one, rating in ratings.items()}
        return cls(parties, ratings, case.actions(ids), deliveries, named_in, case.rows(wanted), owners, flags)


def work_rows(
    language: Language, suppliers: Suppliers, ids: Sequence[str], reasons: Reasons, *, detailed: int
) -> list[WorkRow]:
    """Return the lines of the work list for these parties in this order; the first `detailed` have a card."""
    return [
        _work_row(language, suppliers, party_id, reasons, place, detailed=place <= detailed)
        for place, party_id in enumerate(ids, start=1)
    ]


def _work_row(
    language: Language, suppliers: Suppliers, party_id: str, reasons: Reasons, place: int, *, detailed: bool
) -> WorkRow:
    party, row = suppliers.parties[party_id], suppliers.ratings[party_id]
    main = reasons.main_of(row, MAIN_REASONS)
    supplies = supplied(language, suppliers, party_id)
    country = language.country(party["country"])
    more = sum(tells(term) for term in row["terms"]) - len(main)
    rating = rating_of(language, row)
    return WorkRow(
        rank=language.number(place),
        anchor=party_id,
        name=party["name"],
        country=country or language.gettext("country not known"),
        supplies=supplies,
        about=about(language, suppliers, party_id),
        rating=rating,
        beside=suppliers.beside[party_id],
        reasons=main,
        more_reasons=language.ngettext("and {count} more", "and {count} more", more).format(count=language.number(more))
        if more > 0
        else "",
        next_step=next_step(language, suppliers.actions.get(party_id, ())),
        places=places_of(language, suppliers, party_id),
        search=" ".join([*party["names"], country, supplies, rating.word]).casefold(),
        detailed=detailed,
    )


def no_data_rows(language: Language, suppliers: Suppliers, ids: Sequence[str]) -> list[NoDataRow]:
    """Return the suppliers about whom too little is known, in the order of the ids."""
    made = []
    for party_id in ids:
        party = suppliers.parties[party_id]
        supplies, country = supplied(language, suppliers, party_id), language.country(party["country"])
        made.append(
            NoDataRow(
                anchor=party_id,
                name=party["name"],
                country=country or language.gettext("country not known"),
                supplies=supplies,
                about=about(language, suppliers, party_id),
                beside=suppliers.beside[party_id],
                missing=rating_of(language, suppliers.ratings[party_id]).missing,
                next_step=next_step(language, suppliers.actions.get(party_id, ())),
                places=places_of(language, suppliers, party_id),
                search=" ".join([*party["names"], country, supplies]).casefold(),
            )
        )
    return made


def details(
    language: Language, suppliers: Suppliers, ids: Sequence[str], rows: Sequence[WorkRow], reasons: Reasons
) -> list[Detail]:
    """Return the cards of these suppliers, whose lines in the work list are `rows`."""
    return [
        Detail(
            row=row,
            other_names=tuple(name for name in suppliers.parties[party_id]["names"] if name != row.name),
            identifiers=identifiers(language, suppliers.parties[party_id]),
            owners=suppliers.owners.get(party_id, ()),
            reasons=reasons.all_of(suppliers.ratings[party_id]),
            sentence=rating_sentence(language, row),
            steps=step_groups(language, suppliers.actions.get(party_id, ())),
        )
        for party_id, row in zip(ids, rows, strict=True)
    ]


def rating_sentence(language: Language, row: WorkRow) -> str:
    """Say in a sentence what the rating says, and what it would take to know more."""
    sentence = language.gettext(
        "Of workplaces about which the same is known, {low} to {high} would be expected to have at least one case of "
        "forced labour within a year."
    ).format(low=row.rating.low_text, high=row.rating.high_text)
    if row.rating.missing:
        sentence += " " + language.gettext("It would be surer if the list said: {missing}.").format(
            missing=row.rating.missing
        )
    return sentence


def supplied(language: Language, suppliers: Suppliers, party_id: str) -> str:
    """Return what a party supplies: in the list's own words, else the good or sector recognised."""
    deliveries = suppliers.deliveries.get(party_id, ())
    words = {suppliers.rows[one]["product"] for link in deliveries for one in link["row_ids"] if one in suppliers.rows}
    told = sorted({" ".join(word.split()) for word in words if word})
    if not told:
        told = sorted({language.good(link["good"]) for link in deliveries if link["good"]})
    if not told:
        told = sorted({language.sector(link["sector"]) for link in deliveries if link["sector"]})
    text = "; ".join(told)
    return text if len(text) <= _WORDS_SHOWN else text[:_WORDS_SHOWN].rsplit(" ", 1)[0] + " …"


def about(language: Language, suppliers: Suppliers, party_id: str) -> str:
    """Return what else is said of a party in a line: its kind, its tier, the spend in each currency."""
    party, deliveries = suppliers.parties[party_id], suppliers.deliveries.get(party_id, ())
    parts = [kind_word(language, party["kind"])] if party["kind"] in _TOLD_KINDS else []
    tiers = sorted({link["tier"] for link in deliveries if link["tier"] is not None})
    parts += [language.gettext("tier {tier}").format(tier=language.number(tier)) for tier in tiers]
    parts += [language.money(amount, currency or None) for currency, amount in spend_of(deliveries).items()]
    return " · ".join(parts)


def places_of(language: Language, suppliers: Suppliers, party_id: str) -> tuple[Place, ...]:
    """Return the rows in which a party is named, by file and sheet."""
    sheets: dict[str, list[int]] = {}
    for row_id in suppliers.named_in[party_id]:
        row = suppliers.rows.get(row_id)
        if row:
            sheets.setdefault(" · ".join(part for part in (row["file"], row["sheet"]) if part), []).append(row["row"])
    return tuple(
        Place(
            sheet,
            language.ngettext("row {rows}", "rows {rows}", len(rows)).format(
                rows=", ".join(str(number) for number in sorted(rows))
            ),
        )
        for sheet, rows in sorted(sheets.items())
    )


def identifiers(language: Language, party: Row) -> tuple[str, ...]:
    """Return a party's numbers, with a word where one does not pass its check."""
    failed = language.gettext("{number} (does not pass its check)")
    written = ((f"{one['scheme']} {one['value']}", one["valid"]) for one in party["identifiers"] or ())
    return tuple(failed.format(number=text) if valid is False else text for text, valid in written)


def next_step(language: Language, actions: Sequence[Row]) -> str:
    """Return the first thing to do, by the plan."""
    steps = [action for action in actions if action["kind"] == StepKind.STEP]
    return language.render(steps[0]["step"]) if steps else ""


def step_groups(language: Language, actions: Sequence[Row]) -> tuple[StepGroup, ...]:
    """Return the steps proposed for one supplier under their headings."""
    owners = shipped_plan().owners
    groups = []
    for kind in StepKind:
        steps = [_step(language, action, owners) for action in actions if action["kind"] == kind]
        if steps:
            groups.append(StepGroup(str(kind), step_word(language, kind), tuple(steps)))
    return tuple(groups)


def _step(language: Language, action: Mapping[str, Any], owners: Mapping[str, str]) -> Step:
    parts = []
    if action["kind"] in (StepKind.STEP, StepKind.DOCUMENT, StepKind.QUESTION):
        parts.append(language.gettext(owners.get(action["owner"], action["owner"] or "")))
        if action["due_days"] is not None:
            due = language.ngettext("within {days} day", "within {days} days", action["due_days"])
            parts.append(due.format(days=language.number(action["due_days"])))
        if action["kind"] == StepKind.STEP and action["proof_needed"]:
            proof = language.render(action["proof_needed"]).rstrip(".")
            parts.append(language.gettext("shown by: {proof}").format(proof=proof[:1].lower() + proof[1:]))
    return Step(language.render(action["step"]), " · ".join(part for part in parts if part))
