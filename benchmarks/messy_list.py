"""A supplier list of any length with known duplicates and known traps, made up with a fixed seed.

Every supplier is fictional: its names are random syllables. A duplicate is the same supplier written in
another way (script, legal form, typing error, abbreviated address, with or without its number); a trap is
another supplier that looks like one that is already there.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any, Final

import pyarrow as pa

from fairlead.model.schemas import ROW

_LATIN_OF: Final = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True)) | {
    "х": "kh",
    "ш": "sh",
    "ж": "zh",
    "ч": "ch",
}
_SYLLABLES: Final = [c + v for c in "бвгджзклмнпрстфхшч" for v in "аеиоу"]
_TRADES: Final = (
    ("Сервис", "Service"), ("Строй", "Stroy"), ("Текстиль", "Textile"), ("Клининг", "Cleaning"), ("Солар", "Solar"),
    ("Трейд", "Trade"), ("Логистик", "Logistic"), ("Агро", "Agro"), ("Групп", "Group"), ("Пром", "Prom"),
)  # fmt: skip
_CITIES: Final = (
    ("KAZ", "Алматы", "Almaty"), ("KAZ", "Астана", "Astana"), ("KAZ", "Шымкент", "Shymkent"),
    ("KGZ", "Бишкек", "Bishkek"), ("UZB", "Ташкент", "Tashkent"), ("RUS", "Омск", "Omsk"),
)  # fmt: skip
_FORMS: Final = {
    "KAZ": ("ТОО", "ЖШС", "LLP"), "KGZ": ("ОсОО", "ОсОО", "LLC"), "UZB": ("МЧЖ", "ООО", "MCHJ"),
    "RUS": ("ООО", "ООО", "OOO"),
}  # fmt: skip


@dataclass(frozen=True)
class Supplier:
    """One supplier as it really is; `name`, `street` and `city` are (Cyrillic, Latin)."""

    name: tuple[str, str]
    street: tuple[str, str]
    house: int
    office: int | None
    city: tuple[str, str]
    country: str
    number: str | None


def messy_list(
    rows: int, *, seed: int = 11, duplicates: float = 0.05, traps: float = 0.03
) -> tuple[pa.Table, dict[str, int]]:
    """Return a ROW table and the true supplier of each row id.

    `duplicates` and `traps` are shares of the rows.
    """
    rng = random.Random(seed)
    suppliers: list[Supplier] = []
    table: list[dict[str, Any]] = []
    truth: dict[str, int] = {}
    while len(table) < rows:
        chance = rng.random() if suppliers else 1.0
        if chance < duplicates:
            which = rng.randrange(len(suppliers))
            row = _written_otherwise(suppliers[which], rng)
        else:
            trap = duplicates <= chance < duplicates + traps
            suppliers.append(_trap(rng.choice(suppliers), rng) if trap else _supplier(rng))
            which = len(suppliers) - 1
            row = _written(suppliers[which], rng.random() < 0.5)
        row_id = f"row_{len(table):07d}"
        truth[row_id] = which
        table.append({"row_id": row_id, "file": "messy.csv", "sheet": "", "row": len(table) + 2, **row})
    return pa.Table.from_pylist(table, schema=ROW), truth


def _word(rng: random.Random, syllables: int) -> tuple[str, str]:
    cyrillic = "".join(rng.choice(_SYLLABLES) for _ in range(syllables))
    return cyrillic.capitalize(), "".join(_LATIN_OF[letter] for letter in cyrillic).capitalize()


def _supplier(rng: random.Random) -> Supplier:
    own, trade = _word(rng, rng.randint(2, 4)), rng.choice(_TRADES)
    country, *city = rng.choice(_CITIES)
    return Supplier(
        name=(f"{own[0]} {trade[0]}", f"{own[1]} {trade[1]}"),
        street=_word(rng, rng.randint(2, 3)),
        house=rng.randint(1, 200),
        office=rng.randint(1, 90) if rng.random() < 0.3 else None,
        city=(city[0], city[1]),
        country=country,
        number=f"{rng.randrange(10**11, 10**12)}" if rng.random() < 0.6 else None,
    )


def _trap(like: Supplier, rng: random.Random) -> Supplier:
    """Another supplier: same name in another city, in another house, with another number, or a neighbour."""
    other = _supplier(rng)
    kind = rng.randrange(4)
    if kind == 0:
        return replace(other, name=like.name)
    if kind == 1:
        return replace(like, house=like.house + rng.randint(1, 9) * 2, number=other.number if like.number else None)
    if kind == 2:
        return replace(like, name=other.name, number=other.number)
    return replace(other, name=like.name, city=like.city, country=like.country)


def _written(supplier: Supplier, cyrillic: bool) -> dict[str, Any]:
    forms = _FORMS[supplier.country]
    side = 0 if cyrillic else 1
    name = f"{forms[0]} «{supplier.name[0]}»" if cyrillic else f"{supplier.name[1]} {forms[2]}"
    street, house = supplier.street[side], supplier.house
    address = f"ул. {street}, д. {house}" if cyrillic else f"{house} {street} street"
    if supplier.office:
        address += f", {'оф.' if cyrillic else 'office'} {supplier.office}"
    return _row(name, address, supplier.city[side], supplier)


def _row(name: str, address: str | None, city: str, supplier: Supplier) -> dict[str, Any]:
    number = [{"scheme": f"{supplier.country}-TAX", "value": supplier.number, "valid": True}] if supplier.number else []
    return {"name": name, "address": address, "city": city, "country": supplier.country, "identifiers": number}


def _written_otherwise(supplier: Supplier, rng: random.Random) -> dict[str, Any]:
    row = _written(supplier, rng.random() < 0.5)
    change = rng.randrange(5)
    if change == 0:
        row["name"] = row["name"].upper()
    elif change == 1:
        row["name"] = f"{supplier.name[0]}, {_FORMS[supplier.country][1]}"
        row["address"] = f"{supplier.street[0]} көшесі {supplier.house}"
    elif change == 2:
        row["name"] = _mistyped(row["name"], rng)
    elif change == 3:
        row["address"] = row["address"].replace("street", "st.").replace("ул. ", "улица ").replace("д. ", "")
    else:
        row["name"] = supplier.name[1]
    if rng.random() < 0.3 and row["address"]:
        row["identifiers"] = []
    return row


def _mistyped(text: str, rng: random.Random) -> str:
    """Swap two neighbouring letters, or leave one out, inside the longest word."""
    word = max(text.split(), key=len)
    at = rng.randrange(1, len(word) - 2)
    wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :] if rng.random() < 0.5 else word[:at] + word[at + 1 :]
    return text.replace(word, wrong)
