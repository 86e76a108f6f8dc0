"""Fictional assessments to report on: a rich one, one without a usable row, one supplier, and as many as you like.

Parties, addresses, sums and numbers are invented. The ratings are added up here from the terms given, so that
no test of the report depends on the numbers of the risk model.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from fairlead.model.assessment import Assessment, Edition, InputFile
from fairlead.model.ids import BUYER_ID, content_id
from fairlead.model.message import Message
from fairlead.model.schemas import (
    ACTION,
    CLASSIFICATION,
    EVIDENCE,
    LINK,
    PARTY,
    RATING,
    REJECTED,
    REVIEW,
    ROW,
    SITE,
)
from fairlead.risk import shipped_cards
from tests.report.example_suppliers import HAND_MADE, REGISTER, UPSTREAM, Supplier, generated

AS_OF = date(2026, 3, 31)
OWN_LIST = "5f0c" * 16

BANDS = ((0.40, "very_high"), (0.15, "high"), (0.03, "elevated"), (0.005, "moderate"), (0.0, "low"))
SOURCES = {
    "country_tip_tier": ("us_tip_2025", "2025"),
    "country_rule_of_law": ("wgi", "2024"),
    "good_forced_labour_listed": ("us_dol_goods", "2022"),
    "good_listed_elsewhere": ("us_dol_goods", "2022"),
    "good_input_listed": ("us_dol_goods", "2022"),
    "state_imposed_region": ("us_uflpa", "Public Law 117-78"),
    "listed_import_ban": ("us_cbp", "2026-02"),
    "possible_import_ban_match": (OWN_LIST, ""),
}


@dataclass
class _Tables:
    rows: list[dict[str, Any]] = field(default_factory=list)
    classification: list[dict[str, Any]] = field(default_factory=list)
    parties: list[dict[str, Any]] = field(default_factory=list)
    sites: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)


def party_id(name: str) -> str:
    return content_id("pty", name)


def _add(tables: _Tables, supplier: Supplier, cards: Mapping[str, Any]) -> None:
    own = party_id(supplier.name)
    row_ids = _add_rows(tables, supplier) if supplier.in_list else []
    tables.parties.append(
        {
            "party_id": own,
            "kind": supplier.kind,
            "name": supplier.name,
            "names": sorted({supplier.name, *supplier.names}),
            "folded": supplier.name.casefold(),
            "country": supplier.iso3,
            "identifiers": [dict(zip(("scheme", "value", "valid"), one, strict=True)) for one in supplier.identifiers],
            "workforce": list(supplier.workforce),
            "row_ids": row_ids,
        }
    )
    if supplier.iso3 and supplier.in_list:
        place = supplier.point or (None, None)
        tables.sites.append(
            {
                "site_id": content_id("sit", own),
                "party_id": own,
                "kind": "factory",
                "city": supplier.city,
                "country": supplier.iso3,
                "latitude": place[0],
                "longitude": place[1],
                "workers": supplier.workers,
                "row_ids": row_ids,
            }
        )
    _add_links(tables, supplier, own, row_ids)
    tables.evidence += [_reported(own, finding, cards) for finding in supplier.reported]
    _add_rating(tables, supplier, own, cards)


def _reported(own: str, finding: str, cards: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "evidence_id": content_id("evd", own, finding, "reported"),
        "subject_kind": "party",
        "subject_id": own,
        "finding": finding,
        "polarity": "supports",
        "asserted_by": "union",
        "event_date": "2026-01",
        "confidence": 1.0,
        "cluster_key": finding,
        "visibility": "public",
        "text": Message(cards[finding].statement).to_arrow(),
    }


def _add_rows(tables: _Tables, supplier: Supplier) -> list[str]:
    ids = []
    for number in range(supplier.rows):
        place = len(tables.rows) + 5
        row_id = content_id("row", supplier.file, str(place))
        ids.append(row_id)
        amount = Decimal(supplier.spend[0]) / supplier.rows if supplier.spend else None
        tables.rows.append(
            {
                "row_id": row_id,
                "file": supplier.file,
                "sheet": "Лист1" if supplier.file == REGISTER else "",
                "row": place,
                "name": (supplier.name, *supplier.names)[number % (1 + len(supplier.names))],
                "country": supplier.iso3,
                "city": supplier.city,
                "product": supplier.words,
                "identifiers": [
                    dict(zip(("scheme", "value", "valid"), one, strict=True)) for one in supplier.identifiers
                ],
                "latitude": supplier.point[0] if supplier.point else None,
                "longitude": supplier.point[1] if supplier.point else None,
                "spend": amount.quantize(Decimal("0.0001")) if amount is not None else None,
                "currency": supplier.spend[1] if supplier.spend else None,
                "tier": supplier.tier,
                "workers": supplier.workers,
            }
        )
        if supplier.sector:
            tables.classification.append(
                {
                    "row_id": row_id,
                    "good": supplier.good,
                    "sector": supplier.sector,
                    "basis": "text",
                    "matched": supplier.words,
                    "confidence": 0.9,
                }
            )
    return ids


def _add_links(tables: _Tables, supplier: Supplier, own: str, row_ids: list[str]) -> None:
    def link(giver: str, receiver: str | None, kind: str, **more: Any) -> None:
        identity = content_id("lnk", giver, receiver or "", kind)
        tables.links.append(
            {"link_id": identity, "from_id": giver, "to_id": receiver, "kind": kind, "row_ids": row_ids, **more}
        )

    if supplier.in_list:
        first = supplier.tier is None or supplier.tier == 1
        receiver = party_id(supplier.customer) if supplier.customer else BUYER_ID if first else None
        link(
            own,
            receiver,
            "supplies",
            good=supplier.good,
            sector=supplier.sector,
            tier=supplier.tier,
            spend=Decimal(supplier.spend[0]) if supplier.spend else None,
            currency=supplier.spend[1] if supplier.spend else None,
        )
    if supplier.provider:
        link(party_id(supplier.provider), own, "recruits_for")
    if supplier.parent:
        link(party_id(supplier.parent), own, "owns")


def _add_rating(tables: _Tables, supplier: Supplier, own: str, cards: Mapping[str, Any]) -> None:
    terms = [_prior()] if supplier.terms else []
    for finding, factor, level, values in supplier.terms:
        terms.append(_term(tables, own, finding, factor, level, values, cards))
    log_odds = sum(term["nats"] for term in terms)

    def p(nats: float) -> float:
        return 1 / (1 + math.exp(-nats))

    middle, low, high = p(log_odds), p(log_odds - 1.645 * supplier.sd), p(log_odds + 1.645 * supplier.sd)
    band = next(name for least, name in BANDS if middle >= least)
    assessed = bool(terms)
    tables.ratings.append(
        {
            "subject_id": own,
            "as_of": AS_OF.isoformat(),
            "p": middle if assessed else None,
            "p_low": low if assessed else None,
            "p_high": high if assessed else None,
            "band": band if assessed else None,
            "find_out": assessed and (low < 0.15 <= high),
            "data": "assessed" if assessed else "no_data",
            "missing": list(supplier.missing),
            "terms": terms,
            "model_version": "prior-1+example",
            "reference_editions": [],
        }
    )


def _prior() -> dict[str, Any]:
    text = Message(
        "Starting point for any workplace, from the ILO's global estimates and the assumptions of the method:"
        " {start:percent}. With odds {factor:factor} lower or higher at the start, the estimate would be"
        " {low:percent} or {high:percent}.",
        {"start": "0.0127", "factor": "2.72", "low": "0.0047", "high": "0.034"},
    )
    return {
        "name": "prior",
        "nats": math.log(0.0127 / 0.9873),
        "sd": 0.6,
        "evidence_ids": [],
        "source": "fairlead",
        "edition": "1",
        "text": text.to_arrow(),
    }


def _term(
    tables: _Tables,
    own: str,
    finding: str,
    factor: float,
    level: str,
    values: Mapping[str, str],
    cards: Mapping[str, Any],
) -> dict[str, Any]:
    card = cards.get(finding)
    source, edition = SOURCES.get(finding, ("fairlead" if not card else "supplier_list", "" if card else "1"))
    if finding == "sector_exposure":
        source, edition = "fairlead", "1"
    template = "Held at {ceiling:percent}: place, good and sector alone never reach the highest band."
    if card:
        template = card.levels[level].statement if level else card.statement
    text = Message(template, values).to_arrow()
    evidence_ids = []
    if card:
        evidence_ids = [content_id("evd", own, finding, *values.values())]
        tables.evidence.append(
            {
                "evidence_id": evidence_ids[0],
                "subject_kind": "party",
                "subject_id": own,
                "finding": finding,
                "indicator": card.indicators[0] if card.indicators else None,
                "polarity": "supports",
                "value": level,
                "source_id": source,
                "edition": edition,
                "locator": "row 12",
                "asserted_by": "buyer" if source == "supplier_list" else "public_list",
                "confidence": 1.0,
                "cluster_key": str(card.group),
                "visibility": "public",
                "text": text,
            }
        )
    return {
        "name": finding,
        "nats": math.log(factor),
        "sd": 0.4,
        "evidence_ids": evidence_ids,
        "source": source,
        "edition": edition,
        "text": text,
    }


_STEPS = (
    (
        "step",
        "Speak with the supplier before you decide anything. Say what you know and from where, and ask for its answer.",
        "The letter or minutes, and the supplier's answer.",
        "buyer",
        14,
    ),
    (
        "step",
        "Make sure that workers know of a channel for complaints outside the company, in their languages, "
        "and that using it brings no harm.",
        "Workers, asked off-site, can say how to reach the channel.",
        "buyer_and_supplier",
        60,
    ),
    (
        "document",
        "An extract from the company register with number, address, owners and directors.",
        "The document, read by a person who can judge it.",
        "supplier",
        14,
    ),
    (
        "question",
        "How were the workers recruited, by whom, and what did each of them pay to anybody for the job?",
        "The answer in writing, with figures and dates.",
        "buyer",
        30,
    ),
    (
        "presence",
        "Workers are spoken with away from the workplace and housing, in their own time, paid for that time, "
        "and free to say no.",
        None,
        "buyer",
        None,
    ),
    (
        "avoid",
        "Do not end the contract as a first answer. Workers would lose their wages, "
        "and you would lose the means to help.",
        None,
        "buyer",
        None,
    ),
)


def _actions(tables: _Tables, top: int = 20) -> list[dict[str, Any]]:
    rated = sorted((r for r in tables.ratings if r["p"] is not None), key=lambda r: (-r["p"], r["subject_id"]))
    unrated = [r for r in tables.ratings if r["p"] is None][:3]
    return [
        {
            "action_id": content_id("act", rating["subject_id"], text),
            "subject_id": rating["subject_id"],
            "finding": "every_supplier" if rating["p"] is not None else "no_data",
            "kind": kind,
            "step": Message(text).to_arrow(),
            "owner": owner,
            "due_days": due,
            "proof_needed": Message(proof).to_arrow() if proof else None,
            "cost_bearer": owner,
            "state": "proposed",
        }
        for rating in (*rated[:top], *unrated)
        for kind, text, proof, owner, due in _STEPS
    ]


def _set_aside(
    place: str, row: int | None, column: str, template: str, cells: Sequence[str] = (), **values: str
) -> Any:
    return {
        "file": place,
        "sheet": "Лист1" if place == REGISTER else "",
        "row": row,
        "column": column,
        "reason": Message(template, values).to_arrow(),
        "cells": list(cells),
    }


_REJECTED = (
    _set_aside(REGISTER, 41, "", "The row adds up others.", ["", "ИТОГО по разделу 1", "", "618 950 400,50"]),
    _set_aside(REGISTER, 42, "", "The row repeats the headings.", ["№", "Наименование поставщика", "БИН", "Сумма"]),
    _set_aside(REGISTER, 66, "Наименование поставщика", "The row has no name.", ["37", "—", "", "1 200 000,00"]),
    _set_aside(UPSTREAM, 19, "", "The row is a note and no supplier.", ["* as disclosed by tier 1 in 2025"]),
)

_REMARKS = (
    _set_aside(
        REGISTER,
        13,
        "ИНН",
        "{value} is not a right number of the scheme {scheme}: its form or check digit is wrong.",
        ["9", "ООО «Северстройкомплектмонтаж-Инжиниринг»", "9800012345"],
        value="9800012345",
        scheme="RU-INN",
    ),
    _set_aside(
        REGISTER,
        22,
        "Сумма, тенге",
        "“{value}” is not an amount that can be read.",
        ["18", "x", "по факту"],
        value="по факту",
    ),
    _set_aside(UPSTREAM, None, "", "The sheet is hidden and was not read; unhide it if it lists suppliers."),
)


def _editions() -> tuple[Edition, ...]:
    def edition(
        source_id: str, title: str, publisher: str, year: str, licence: str, url: str, checked: bool
    ) -> Edition:
        return Edition(source_id, title, publisher, year, licence, url, checked)

    dol = "https://www.dol.gov/agencies/ilab/reports/child-labor/list-of-goods"
    return (
        edition("fairlead", "The project's own tables", "Fairlead", "1", "Apache-2.0", "", True),
        edition(
            "us_dol_goods",
            "List of Goods Produced by Child Labor or Forced Labor",
            "US Department of Labor",
            "2022",
            "US public domain",
            dol,
            True,
        ),
        edition(
            "us_tip_2025",
            "Trafficking in Persons Report 2025",
            "US Department of State",
            "2025",
            "US public domain",
            "https://www.state.gov/reports/2025-trafficking-in-persons-report/",
            False,
        ),
        edition(
            "us_uflpa",
            "Uyghur Forced Labor Prevention Act",
            "US Congress",
            "Public Law 117-78",
            "US public domain",
            "",
            False,
        ),
        edition(
            "wgi",
            "Worldwide Governance Indicators",
            "World Bank",
            "2024",
            "CC-BY-4.0",
            "https://www.worldbank.org/en/publication/worldwide-governance-indicators",
            True,
        ),
        edition(OWN_LIST, "import-ban-list.csv", "", "", "", "", False),
    )


def _table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema, order: str | None = None) -> pa.Table:
    empty = dict.fromkeys(schema.names)
    lists = {f.name: [] for f in schema if pa.types.is_list(f.type)}
    table = pa.Table.from_pylist([{**empty, **lists, **row} for row in rows], schema=schema)
    return table.sort_by(order) if order else table


def assessment_of(
    suppliers: Sequence[Supplier], *, rejected: Sequence[Any] = (), remarks: Sequence[Any] = ()
) -> Assessment:
    """Lay suppliers out as the tables of an assessment."""
    tables, cards = _Tables(), shipped_cards()
    for supplier in suppliers:
        _add(tables, supplier, cards)
    pairs = [supplier.name for supplier in suppliers if supplier.in_list]
    reviews = [(pairs[0], pairs[3]), (pairs[1], pairs[2])] if len(pairs) > 3 else []
    files = sorted({row["file"] for row in tables.rows} | {row["file"] for row in rejected})
    return Assessment(
        as_of=AS_OF,
        program_version="0.1.0",
        model_version="prior-1+example",
        inputs=(*(_input(name, tables.rows, rejected) for name in files),),
        editions=_editions() if suppliers else (),
        rows=_table(tables.rows, ROW),
        rejected=_table(rejected, REJECTED),
        remarks=_table(remarks, REJECTED),
        classification=_table(tables.classification, CLASSIFICATION),
        parties=_table(tables.parties, PARTY, "party_id"),
        sites=_table(tables.sites, SITE, "site_id"),
        links=_table(tables.links, LINK, "link_id"),
        review=_table([_review(left, right) for left, right in reviews], REVIEW),
        evidence=_table(tables.evidence, EVIDENCE, "evidence_id"),
        ratings=_table(sorted(tables.ratings, key=lambda rating: rating["subject_id"]), RATING),
        actions=_table(_actions(tables), ACTION),
        options={"as_of": AS_OF.isoformat()},
    )


def _input(name: str, rows: Sequence[Mapping[str, Any]], rejected: Sequence[Any]) -> InputFile:
    used = sum(row["file"] == name for row in rows)
    lost = sum(row["file"] == name for row in rejected)
    return InputFile(name, (content_id("row", name)[4:] * 4), "suppliers", used + lost, used, lost)


def _review(left: str, right: str) -> dict[str, Any]:
    return {
        "left_party_id": party_id(left),
        "right_party_id": party_id(right),
        "left_row_id": "row_0",
        "right_row_id": "row_1",
        "left_name": left,
        "right_name": right,
        "probability": 0.71,
        "reason": Message("Same name in the same city, but different addresses").to_arrow(),
    }


def rich() -> Assessment:
    """A rich case of about sixty suppliers: tiers, labour providers, an owner, a list hit, several currencies."""
    return assessment_of([*HAND_MADE, *generated(38)], rejected=_REJECTED, remarks=_REMARKS)


def empty() -> Assessment:
    """A case in which no row could be used."""
    return assessment_of([], rejected=_REJECTED)


def single() -> Assessment:
    """A case of one supplier."""
    return assessment_of(HAND_MADE[:1])


def large(count: int) -> Assessment:
    """A case of very many suppliers."""
    return assessment_of([*HAND_MADE, *generated(count - len(HAND_MADE))], rejected=_REJECTED, remarks=_REMARKS)
