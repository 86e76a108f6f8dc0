"""Draws one country of the map at its own size, with sites as dots."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from fairlead.report.equal_earth import drawn
from fairlead.report.world_map import world
from fairlead.web.site.templatetags import words

_WIDTH: Final = 640
_HEIGHT: Final = 400
#: A country that the map draws as a dot only is shown with so much sea around it.
_LEAST: Final = 24.0
_ROOM: Final = 0.08
_RING: Final = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")


@dataclass(frozen=True)
class Spot:
    """A site: longitude and latitude in degrees, what it is, and where a click leads."""

    longitude: float
    latitude: float
    told: str
    address: str


@dataclass(frozen=True)
class _Window:
    """The part of the map that is shown."""

    left: float
    top: float
    scale: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) * self.scale, (y - self.top) * self.scale


def draw_country(code: str, spots: Sequence[Spot]) -> str:
    """Return the picture of a country (ISO 3166-1 alpha-3); dots that lie outside it are shown where there is room."""
    countries = world()["countries"]
    window = _window(_points(countries[code]["path"]) or [(countries[code]["x"], countries[code]["y"])])
    name = words.country(code)
    title = _("Sites in %(country)s") % {"country": name}
    parts = [f'<title id="country-title">{escape(title)}</title>']
    parts.append(f'<rect width="{_WIDTH}" height="{_HEIGHT}" class="sea"/>')
    place = f'transform="scale({window.scale:.4f}) translate({-window.left:.2f} {-window.top:.2f})"'
    parts.append(f"<g {place}>")
    for other, shape in countries.items():
        if shape["path"]:
            style = "land class-1" if other == code else "land"
            parts.append(f'<path d="{shape["path"]}" class="{style}" vector-effect="non-scaling-stroke"/>')
    parts.append("</g>")
    if not countries[code]["path"]:
        x, y = window.at(countries[code]["x"], countries[code]["y"])
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="40" class="land class-1"/>')
    parts += _dots(spots, window)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture country" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group"'
        f' aria-labelledby="country-title">{"".join(parts)}</svg>'
    )


def _dots(spots: Iterable[Spot], window: _Window) -> Iterable[str]:
    for spot in spots:
        x, y = window.at(*drawn(spot.longitude, spot.latitude))
        told = escape(spot.told, quote=True)
        yield (
            f'<a href="{escape(spot.address, quote=True)}" aria-label="{told}"><title>{told}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" class="site"/></a>'
        )


def _points(path: str) -> list[tuple[float, float]]:
    """Return the corners of the largest ring of a path of the world map; a country's far islands do not count."""
    rings = []
    for x0, y0, steps in _RING.findall(path):
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        x, y = int(x0), int(y0)
        ring = [(float(x), float(y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((float(x), float(y)))
        rings.append(ring)
    return max(rings, key=_area, default=[])


def _area(ring: Sequence[tuple[float, float]]) -> float:
    return abs(math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])))


def _window(points: Sequence[tuple[float, float]]) -> _Window:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    across = max(max(xs) - min(xs), _LEAST) * (1 + 2 * _ROOM)
    down = max(max(ys) - min(ys), _LEAST * _HEIGHT / _WIDTH) * (1 + 2 * _ROOM)
    scale = min(_WIDTH / across, _HEIGHT / down)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return _Window(middle_x - _WIDTH / scale / 2, middle_y - _HEIGHT / scale / 2, scale)
