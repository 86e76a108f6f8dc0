"""A supplier list of any length, made up from word lists with a fixed seed."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Final

FIRST: Final = [
    "Alatau",
    "Baiterek",
    "Cedar",
    "Delta",
    "Ember",
    "Фаворит",
    "Green",
    "Horizon",
    "Исток",
    "Jade",
    "Kökjiek",
    "Lotus",
    "Меридиан",
    "Nomad",
    "Orion",
    "Polaris",
    "Кварц",
    "River",
    "Степной",
    "Tulpar",
]
SECOND: Final = [
    "Textile",
    "Solar",
    "Clean",
    "Build",
    "Steel",
    "Foods",
    "Logistic",
    "Energy",
    "Glass",
    "Cotton",
    "Tea",
    "Leather",
    "Paper",
    "Chem",
    "Agro",
    "Electro",
    "Stone",
    "Wood",
    "Fish",
    "Gold",
]
PLACES: Final = (
    ("KAZ", "Almaty", "ТОО"), ("KAZ", "Astana", "LLP"), ("CHN", "Ningbo", "Co., Ltd."), ("IND", "Tiruppur", "Pvt Ltd"),
    ("BGD", "Gazipur", "Ltd"), ("TUR", "Bursa", "A.Ş."), ("VNM", "Hai Phong", "JSC"), ("UZB", "Fergana", "MChJ"),
    ("MYS", "Klang", "Sdn Bhd"), ("DEU", "Leipzig", "GmbH"), ("USA", "Toledo", "Inc."), ("BRA", "Recife", "Ltda"),
)  # fmt: skip
PRODUCTS: Final = [
    "cotton workwear",
    "solar modules",
    "cleaning services",
    "construction works",
    "rubber gloves",
    "office furniture",
    "steel pipes",
    "bricks",
    "tea",
    "catering services",
    "bolts",
    "printing",
]
HEADINGS: Final = ("Supplier", "Address", "City", "Country", "Product", "Spend, USD", "Tier", "Workers")


def write_list(path: Path, rows: int, *, seed: int = 7, duplicates: float = 0.05) -> None:
    """Write a CSV of so many rows, of which the share `duplicates` repeats an earlier row with a changed spelling."""
    rng = random.Random(seed)
    made: list[list[str]] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(rows):
            row = _respelt(rng.choice(made)) if made and rng.random() < duplicates else _supplier(rng, number)
            made.append(row)
            writer.writerow(row)


def _supplier(rng: random.Random, number: int) -> list[str]:
    country, city, form = rng.choice(PLACES)
    name = f"{rng.choice(FIRST)} {rng.choice(SECOND)} {_word(rng)} {form}"
    address = f"{rng.randint(1, 400)} {_word(rng)} street"
    spend = f"{rng.lognormvariate(10, 2):.2f}"
    return [
        name,
        address,
        city,
        country,
        rng.choice(PRODUCTS),
        spend,
        str(rng.choice((1, 1, 1, 2, 3))),
        str(number % 900),
    ]


def _word(rng: random.Random) -> str:
    """A word that nobody has used before, so that a long list does not run out of names."""
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))).capitalize()


def _respelt(row: list[str]) -> list[str]:
    name, address, *rest = row
    return [name.upper(), address.replace("street", "str."), *rest]
