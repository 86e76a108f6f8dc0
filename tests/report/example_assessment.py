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
from itertools import product
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

AS_OF = date(2026, 3, 31)
REGISTER = "реестр-поставщиков-2026.xlsx"
UPSTREAM = "upstream disclosure.csv"
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

Term = tuple[str, float, str, dict[str, str]]


def country(iso3: str, tier: str = "Tier 2", factor: float = 0.8) -> Term:
    return ("country_tip_tier", factor, "", {"country": iso3, "year": "2025", "tier": tier})


def law(iso3: str, factor: float = 1.25, quarter: str = "second quarter of countries") -> Term:
    return ("country_rule_of_law", factor, "", {"country": iso3, "year": "2024", "quarter": quarter})


def sector(key: str, factor: float = 1.6, exposure: str = "more often than on average") -> Term:
    return ("sector_exposure", factor, "", {"sector": key, "exposure": exposure})


def good(key: str, iso3: str, factor: float = 12.0) -> Term:
    return ("good_forced_labour_listed", factor, "", {"good": key, "country": iso3})


def elsewhere(key: str, count: int) -> Term:
    return ("good_listed_elsewhere", 2.6, "", {"good": key, "count": str(count)})


def upstream(key: str, origin: str, iso3: str) -> Term:
    return ("good_input_listed", 2.5, "same_country", {"good": key, "input": origin, "country": iso3})


def region(name: str, iso3: str) -> Term:
    return ("state_imposed_region", 6.0, "", {"region": name, "country": iso3})


def told(finding: str, factor: float, **values: str) -> Term:
    return (finding, factor, "", values)


@dataclass(frozen=True)
class Supplier:
    """One fictional supplier, as its rows and findings are laid out below."""

    name: str
    iso3: str | None = None
    words: str | None = None  # goods or services in the list's words
    good: str | None = None
    sector: str | None = None
    terms: tuple[Term, ...] = ()
    names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str, bool | None], ...] = ()
    tier: int | None = 1
    customer: str | None = None
    spend: tuple[str, str] | None = None
    workforce: tuple[str, ...] = ()
    provider: str | None = None
    parent: str | None = None
    city: str | None = None
    point: tuple[float, float] | None = None
    kind: str = "company"
    file: str = REGISTER
    sd: float = 0.9
    missing: tuple[str, ...] = ("workforce",)
    rows: int = 1
    in_list: bool = True


KZ = (country("KAZ"), law("KAZ", 1.1))
CN = (country("CHN", "Tier 3", 2.2), law("CHN", 1.2))
UZ = (country("UZB", "Tier 2", 0.8), law("UZB", 1.6, "weakest quarter of countries"))

HAND_MADE: tuple[Supplier, ...] = (
    Supplier(
        "ТОО «Шаңырақ Күн Энергетикасы»",
        "KAZ",
        "солнечные модули, монтаж",
        "solar_modules",
        "solar_manufacturing",
        (*KZ, elsewhere("solar_modules", 1), sector("solar_manufacturing", 2.5, "far more often than on average")),
        names=("Shanyrak Kun Energetikasy LLP", "«Шаңырақ Күн Энергетикасы» ЖШС"),
        identifiers=(("KZ-BIN", "620440001239", True),),
        spend=("412500000.00", "KZT"),
        city="Алматы",
        point=(43.24, 76.91),
        rows=3,
    ),
    Supplier(
        "Hexi Corridor Wafer Co., Ltd.",
        "CHN",
        "monocrystalline wafers",
        "solar_wafers",
        "solar_manufacturing",
        (*CN, upstream("solar_wafers", "polysilicon", "CHN"), sector("solar_manufacturing", 2.5)),
        tier=2,
        customer="ТОО «Шаңырақ Күн Энергетикасы»",
        city="Jiuquan",
        file=UPSTREAM,
    ),
    Supplier(
        "Tarim Basin Silicon Materials Co., Ltd.",
        "CHN",
        "polysilicon, solar grade",
        "polysilicon",
        "solar_manufacturing",
        (
            *CN,
            good("polysilicon", "CHN"),
            region("Xinjiang", "CHN"),
            told("context_ceiling", 0.42, ceiling="0.35"),
            told("listed_import_ban", 3.0),
            told("workforce_state_scheme", 1.8),
        ),
        names=("塔里木硅材料有限公司", "ТОО «Тарим Базин Силикон»"),
        tier=3,
        customer="Hexi Corridor Wafer Co., Ltd.",
        workforce=("state_scheme",),
        city="Korla",
        point=(41.73, 86.17),
        file=UPSTREAM,
        sd=0.7,
        missing=(),
        rows=2,
    ),
    Supplier(
        "“Aqbulaq Toqyma” tikelei jauapkershiligi shekteuli seriktestigi",
        "KAZ",
        "арнайы киім, жұмыс қолғаптары",
        "workwear",
        "garments",
        (*KZ, elsewhere("workwear", 5), sector("garments"), told("workforce_migrant", 2.0)),
        names=("«Ақбұлақ Тоқыма» жауапкершілігі шектеулі серіктестігі", "ТОО «Акбулак Токыма»"),
        identifiers=(("KZ-BIN", "630540003217", True),),
        spend=("98600400.00", "KZT"),
        workforce=("migrant",),
        provider="Orta Kadr Agency LLP",
        city="Шымкент",
        rows=2,
    ),
    Supplier(
        "Garagum Pamyk Egirme",
        "TKM",
        "cotton yarn",
        "thread_yarn",
        "textiles",
        (
            country("TKM", "Tier 3", 2.4),
            law("TKM", 1.2, "weakest quarter of countries"),
            upstream("thread_yarn", "cotton", "TKM"),
            sector("textiles"),
        ),
        tier=2,
        customer="“Aqbulaq Toqyma” tikelei jauapkershiligi shekteuli seriktestigi",
        city="Mary",
        file=UPSTREAM,
        sd=1.0,
    ),
    Supplier(
        "Lebap Cotton Collective",
        "TKM",
        "raw cotton",
        "cotton",
        "agriculture_crops",
        (country("TKM", "Tier 3", 2.4), good("cotton", "TKM", 16.0), sector("agriculture_crops")),
        tier=3,
        customer="Garagum Pamyk Egirme",
        file=UPSTREAM,
        sd=0.8,
    ),
    Supplier(
        "Toshrabot Paxta Klasteri MChJ",
        "UZB",
        "хлопковое волокно",
        "cotton",
        "agriculture_crops",
        (*UZ, elsewhere("cotton", 7), sector("agriculture_crops"), told("workforce_seasonal", 1.4)),
        tier=2,
        workforce=("seasonal",),
        file=UPSTREAM,
    ),
    Supplier(
        "ИП «Чистый двор Н.»",
        "KAZ",
        "уборка помещений и прилегающей территории",
        None,
        "cleaning",
        (*KZ, sector("cleaning"), told("workforce_agency", 1.6), told("labour_provider_used", 1.5)),
        spend=("18250000.50", "KZT"),
        workforce=("agency",),
        provider="Jumys Serik Recruitment",
        kind="person",
        missing=(),
    ),
    Supplier(
        "Общество с ограниченной ответственностью «Северстройкомплектмонтаж-Инжиниринг»",
        "RUS",
        "строительно-монтажные работы",
        None,
        "construction",
        (
            country("RUS", "Tier 3", 2.4),
            law("RUS", 1.5, "weakest quarter of countries"),
            sector("construction"),
            told("workforce_migrant", 2.0),
            told("workforce_tied_visa", 2.2),
            told("workforce_on_site_housing", 1.4),
        ),
        identifiers=(("RU-INN", "9800012345", False),),
        spend=("56200000.00", "RUB"),
        workforce=("migrant", "tied_visa", "on_site_housing"),
        provider="Orta Kadr Agency LLP",
        city="Омск",
        missing=(),
        rows=2,
    ),
    Supplier(
        "Sungai Jernih Glove Sdn Bhd",
        "MYS",
        "nitrile gloves",
        "rubber_gloves",
        "rubber_products",
        (
            country("MYS"),
            law("MYS", 0.6),
            good("rubber_gloves", "MYS"),
            sector("rubber_products"),
            told("workforce_migrant", 2.0),
            told("possible_import_ban_match", 1.3),
        ),
        spend=("84300.00", "USD"),
        workforce=("migrant",),
        provider="Bright Path Manpower Sdn Bhd",
        city="Ipoh",
        point=(4.6, 101.07),
        missing=(),
    ),
    Supplier(
        "Khulna Stitch & Thread Ltd",
        "BGD",
        "work jackets",
        "garments",
        "garments",
        (country("BGD"), law("BGD", 1.25), good("garments", "BGD"), sector("garments")),
        spend=("131900.00", "EUR"),
        city="Khulna",
    ),
    Supplier(
        "Kashi Brick Kiln Works",
        "IND",
        "clay bricks",
        "bricks",
        "bricks",
        (country("IND"), good("bricks", "IND", 15.0), sector("bricks", 2.5, "far more often than on average")),
        tier=2,
        customer="Общество с ограниченной ответственностью «Северстройкомплектмонтаж-Инжиниринг»",
        file=UPSTREAM,
    ),
    Supplier(
        "Nordlicht Wechselrichter GmbH",
        "DEU",
        "inverters",
        "solar_inverters",
        "electrical_equipment",
        (country("DEU", "Tier 1", 0.15), law("DEU", 0.4, "strongest quarter of countries"), sector("electronics", 1.0)),
        spend=("212000.00", "EUR"),
        city="Kassel",
        point=(51.31, 9.48),
        parent="Nordlicht Holding SE",
        missing=("workforce",),
    ),
    Supplier(
        "Fjordsky Advisory AS",
        "NOR",
        "audit services",
        None,
        "professional_services",
        (
            country("NOR", "Tier 2", 0.7),
            law("NOR", 0.1, "strongest quarter of countries"),
            sector("professional_services", 0.5, "less often than on average"),
        ),
        spend=("47500.00", "EUR"),
    ),
    Supplier("АО «Байтерек Логистика»", "KAZ", None, spend=("7340000.00", "KZT"), missing=("product", "workforce")),
    Supplier(
        "Global Trade Solutions", None, "various goods", spend=("12000.00", "USD"), missing=("country", "product")
    ),
    Supplier("ЖК Стройсервис", None, None, tier=None, missing=("country", "product", "workforce")),
    Supplier("Sunrise Components", "VNM", None, tier=2, file=UPSTREAM, missing=("product", "workforce")),
    Supplier("Ипотека Центр Снаб", None, None, spend=("930000.00", "KZT"), missing=("country", "product")),
    Supplier("Meridian Supply Co", None, "equipment", tier=2, file=UPSTREAM, missing=("country", "product")),
    Supplier(
        "Orta Kadr Agency LLP",
        "KAZ",
        kind="labour_provider",
        terms=(*KZ, sector("labour_recruitment", 2.5, "far more often than on average")),
        in_list=False,
    ),
    Supplier(
        "Jumys Serik Recruitment",
        "KAZ",
        kind="labour_provider",
        terms=(*KZ, sector("labour_recruitment", 2.5, "far more often than on average")),
        in_list=False,
    ),
    Supplier(
        "Bright Path Manpower Sdn Bhd",
        "MYS",
        kind="labour_provider",
        terms=(country("MYS"), sector("labour_recruitment", 2.5, "far more often than on average")),
        in_list=False,
    ),
    Supplier("Nordlicht Holding SE", None, in_list=False, missing=("country", "product", "workforce")),
)

_TRADES = (
    ("construction", None, "general construction works", 1.6, "KZT"),
    ("garments", "garments", "uniforms", 1.6, "USD"),
    ("catering", None, "питание в столовых", 1.6, "KZT"),
    ("it_services", None, "software support", 0.5, "EUR"),
    ("furniture", "furniture", "office furniture", 1.0, "KZT"),
    ("security", None, "охранные услуги", 1.0, "KZT"),
)
_PLACES = (
    ("KAZ", 0.8, 1.1),
    ("TUR", 0.8, 1.2),
    ("DEU", 0.15, 0.4),
    ("CHN", 2.2, 1.2),
    ("KGZ", 0.8, 1.6),
    ("SGP", 0.2, 0.1),
)
_FIRST = ("Altyn", "Borealis", "Седьмой", "Demir", "Есіл", "Falcon", "Gulnar", "Highland", "Iskra", "Jibek")
_SECOND = ("Trading", "Құрылыс", "Works", "Сервис", "Group", "Industries", "Жиһаз", "Partners")


def generated(count: int) -> list[Supplier]:
    """Return so many suppliers with invented names, the same in every run."""
    names = [f"{a} {b}" for a, b in product(_FIRST, _SECOND)]
    made = []
    for number in range(count):
        (key, thing, words, factor, currency), (iso3, tip, rule) = _TRADES[number % 6], _PLACES[(number // 3) % 6]
        name = names[number % len(names)] + (f" {number // len(names) + 1}" if number >= len(names) else "")
        terms: tuple[Term, ...] = (country(iso3, factor=tip), law(iso3, rule), sector(key, factor))
        made.append(
            Supplier(
                name,
                iso3,
                words,
                thing,
                key,
                terms,
                spend=(f"{(number * 7919) % 90000 + 1500}.00", currency) if number % 5 else None,
                identifiers=(("LEI", f"ZZZZ{number:016d}", True),) if number % 4 == 0 else (),
                tier=1 if number % 7 else 2,
                workforce=("migrant",) if number % 9 == 4 else (),
                missing=("workforce",),
            )
        )
    return made


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
                "row_ids": row_ids,
            }
        )
    _add_links(tables, supplier, own, row_ids)
    _add_rating(tables, supplier, own, cards)


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
