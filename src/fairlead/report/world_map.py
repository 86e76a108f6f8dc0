"""The world map: where the suppliers are, and where those are that were rated elevated or higher."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Final

import orjson

from fairlead.language import Language
from fairlead.model.vocabulary import Band
from fairlead.report.case import Case
from fairlead.report.content import CountryRow, LegendEntry, Picture
from fairlead.report.ratings import joined
from fairlead.report.svg import ASSETS, frame, hatch, label, swatch, width

#: Bands that are counted as "elevated or higher".
RAISED: Final = frozenset({Band.VERY_HIGH, Band.HIGH, Band.ELEVATED})

#: Classes of the number of suppliers in a country: the highest number of each but the last.
CLASSES: Final = (1, 5, 20)

_COUNTRIES_NAMED: Final = 3
_LARGEST_CIRCLE: Final = 46.0
_SMALLEST_CIRCLE: Final = 18.0

#: The size of the numbers in the circles, as in pictures.css, and the room left around them.
_NUMBER_SIZE: Final = 27.0
_NUMBER_MARGIN: Final = 7.0
_DOT: Final = 7
_PUSHES: Final = 12


@dataclass
class CountryCount:
    """How many suppliers a country has: all, those rated elevated or higher, and those without data."""

    iso3: str
    all: int = 0
    raised: int = 0
    no_data: int = 0


def counted(case: Case) -> tuple[list[CountryCount], int]:
    """Count the suppliers of each country, most first, and those whose country is not known."""
    counts: dict[str, CountryCount] = {}
    unknown = 0
    parties = case.assessment.parties.select(["party_id", "country"])
    shown = set(case.order)
    for party_id, iso3 in zip(parties["party_id"].to_pylist(), parties["country"].to_pylist(), strict=True):
        if party_id not in shown:
            continue
        if not iso3:
            unknown += 1
            continue
        count = counts.setdefault(iso3, CountryCount(iso3))
        band = case.bands[party_id]
        count.all += 1
        count.raised += band in RAISED
        count.no_data += band is None
    return sorted(counts.values(), key=lambda one: (-one.raised, -one.all, one.iso3)), unknown


def country_rows(language: Language, counts: Sequence[CountryCount]) -> tuple[CountryRow, ...]:
    """Return the countries of the map in words."""
    return tuple(
        CountryRow(
            language.country(one.iso3),
            language.number(one.all),
            language.number(one.raised) if one.all > one.no_data else language.gettext("no data"),
            language.number(one.no_data),
        )
        for one in counts
    )


def world_map(
    language: Language,
    counts: Sequence[CountryCount],
    unknown: int,
    *,
    address: Callable[[str], str] | None = None,
) -> Picture:
    """Draw the map. `address` gives where a click on a country leads, by its code; without it nothing is a link."""
    title = _title(language, counts)
    drawing = world()
    by_code = {one.iso3: one for one in counts}
    parts = [hatch("map"), f'<path d="{drawing["edge"]}" class="sea"/>']
    parts.append(f'<path d="{drawing["others"]}" class="land"/>')
    for code, shape in drawing["countries"].items():
        shown = _country(code, shape, by_code.get(code), language)
        parts.append(_linked(shown, address(code)) if address and code in by_code else shown)
    parts += _circles(language, counts, drawing["countries"])
    notes = [projection_note(language)]
    if unknown:
        text = language.ngettext(
            "{count} supplier is not on the map: its country is not known.",
            "{count} suppliers are not on the map: their country is not known.",
            unknown,
        )
        notes.insert(0, text.format(count=language.number(unknown)))
    description = language.gettext("World map of the suppliers' countries. The table beneath says the same in numbers.")
    svg = ""
    if counts or unknown:
        role = "group" if address else "img"
        svg = frame("map", drawing["width"], drawing["height"], title, description, parts, role=role)
    return Picture(title, description, svg, _legend(language), tuple(notes))


def projection_note(language: Language) -> str:
    """Return the sentence that stands under every map: how it is projected, and what its lines do not say."""
    return language.gettext(
        "Equal Earth projection: equal areas are drawn equal. The lines are those of Natural Earth and say nothing "
        "about the status of a territory."
    )


def _linked(shape: str, address: str) -> str:
    return f'<a href="{escape(address)}">{shape}</a>'


@cache
def world() -> Mapping[str, Any]:
    """Return the drawing of the world: its size, its edge, land without a code, and by ISO 3166-1 alpha-3 each country.

    A country has an SVG path (empty where it is drawn within another), the place of its dot and whether it is small.
    """
    drawing: Mapping[str, Any] = orjson.loads((ASSETS / "map" / "world.json").read_bytes())
    return drawing


def _title(language: Language, counts: Sequence[CountryCount]) -> str:
    raised = sum(one.raised for one in counts)
    if not counts:
        return language.gettext("No supplier's country is known")
    if not raised:
        text = language.ngettext(
            "The suppliers are in {count} country; none is rated elevated or higher",
            "The suppliers are in {count} countries; none is rated elevated or higher",
            len(counts),
        )
        return text.format(count=language.number(len(counts)))
    first = [one for one in counts if one.raised][:_COUNTRIES_NAMED]
    return language.gettext("Rated elevated or higher: {part} of {all} are in {countries}").format(
        part=language.number(sum(one.raised for one in first)),
        all=language.number(raised),
        countries=joined(language, [language.country(one.iso3) for one in first]),
    )


def _class_of(count: CountryCount) -> str:
    if count.no_data == count.all:
        return "unknown"
    return f"class-{1 + sum(count.all > most for most in CLASSES)}"


def _country(code: str, shape: Mapping[str, Any], count: CountryCount | None, language: Language) -> str:
    style = f"land {_class_of(count)}" if count else "land"
    told = ""
    if count:
        text = language.ngettext("{country}: {count} supplier", "{country}: {count} suppliers", count.all)
        words = text.format(country=language.country(code), count=language.number(count.all))
        told = f"<title>{escape(words)}</title>"
    drawn = f'<path d="{shape["path"]}" class="{style}">{told}</path>' if shape["path"] else ""
    if shape["small"] and count:
        drawn += f'<circle cx="{shape["x"]}" cy="{shape["y"]}" r="{_DOT}" class="{style} dot">{told}</circle>'
    return drawn


def _circles(language: Language, counts: Sequence[CountryCount], shapes: Mapping[str, Any]) -> list[str]:
    """Draw a circle for the suppliers rated elevated or higher; its area goes with their number."""
    most = max((one.raised for one in counts), default=0)
    circles = []
    for one in counts:
        if one.raised and one.iso3 in shapes:
            shape, number = shapes[one.iso3], language.number(one.raised)
            room = width(number, _NUMBER_SIZE) / 2 + _NUMBER_MARGIN
            circles.append(_Circle(shape["x"], shape["y"], max(room, _radius(one.raised, most)), number))
    _part(circles)
    return [
        f'<circle cx="{one.x:.1f}" cy="{one.y:.1f}" r="{one.radius:.1f}" class="raised"/>'
        + label(one.x, one.y + 10, one.number, style="raised-number", anchor="middle")
        for one in circles
    ]


@dataclass
class _Circle:
    x: float
    y: float
    radius: float
    number: str


def _radius(count: int, most: int) -> float:
    """Return a radius whose square goes with the count; the largest circle grows with what there is to show."""
    largest = _LARGEST_CIRCLE * min(1.0, 0.5 + most / 24)
    return max(_SMALLEST_CIRCLE, largest * math.sqrt(count / most))


def _part(circles: Sequence[_Circle]) -> None:
    """Push circles that overlap apart, each by half of what they overlap, a few times over."""
    for _ in range(_PUSHES):
        for place, one in enumerate(circles):
            for other in circles[place + 1 :]:
                dx, dy = other.x - one.x, other.y - one.y
                distance = math.hypot(dx, dy) or 1.0
                overlap = (one.radius + other.radius + 2 - distance) / 2
                if overlap > 0:
                    one.x, one.y = one.x - dx / distance * overlap, one.y - dy / distance * overlap
                    other.x, other.y = other.x + dx / distance * overlap, other.y + dy / distance * overlap


def _legend(language: Language) -> tuple[LegendEntry, ...]:
    ranges = ["1", f"2–{CLASSES[1]}", f"{CLASSES[1] + 1}–{CLASSES[2]}", f"{CLASSES[2] + 1}+"]
    texts = [language.gettext("Suppliers in a country: {range}").format(range=ranges[0]), *ranges[1:]]
    boxes = [(f"class-{place}", text) for place, text in enumerate(texts, start=1)]
    boxes.append(("unknown", language.gettext("no data on any of them")))
    entries = [
        LegendEntry(swatch(f'<rect x="1" y="1" width="26" height="14" class="land {style} box"/>', style), text)
        for style, text in boxes
    ]
    circle = swatch('<circle cx="14" cy="8" r="7" class="raised"/>', "raised")
    return (*entries, LegendEntry(circle, language.gettext("of them rated elevated or higher")))
