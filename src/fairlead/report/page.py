"""The report as one HTML file that needs nothing else: no network, no other file."""

from __future__ import annotations

import base64
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fairlead.report.content import Report
from fairlead.report.scale import zones
from fairlead.report.svg import ASSETS, COLOURS, PICTURES, TEMPLATES

_WEIGHTS: Final = {400: "Inter-Regular", 600: "Inter-SemiBold"}

#: Sections in their order: the anchor, and the key of the word in the table of contents.
SECTIONS: Final = (
    ("work-list", "work_list"),
    ("no-data", "no_data"),
    ("map", "map"),
    ("tiers", "tiers_short"),
    ("coverage", "coverage"),
    ("details", "details_short"),
    ("sources", "sources"),
    ("set-aside", "set_aside"),
    ("limits", "limits_short"),
)


def page(report: Report, ticks: tuple[tuple[float, str], ...]) -> str:
    """Return the report as HTML; `ticks` are the places (0 to 1) and words of the bands' edges on the axis."""
    return (
        environment()
        .get_template("report.html")
        .render(
            report=report,
            zones=zones(),
            ticks=ticks,
            style=style(),
            script=(TEMPLATES / "report.js").read_text(encoding="utf-8"),
            sections=[(anchor, report.labels[key]) for anchor, key in SECTIONS],
        )
    )


@cache
def environment() -> Environment:
    """Return what renders the templates of this folder; a value that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    """Return the fonts and style sheets, and the bands as the background of the waterfalls."""
    sheets = (COLOURS, PICTURES, TEMPLATES / "report.css")
    return "\n".join([*_faces(), *(sheet.read_text(encoding="utf-8") for sheet in sheets), _zone_background()])


def _faces() -> list[str]:
    faces = []
    for weight, name in _WEIGHTS.items():
        data = base64.b64encode((ASSETS / "fonts" / f"{name}.woff2").read_bytes()).decode("ascii")
        faces.append(
            f"@font-face{{font-family:Inter;font-weight:{weight};font-display:block;"
            f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
        )
    return faces


def _zone_background() -> str:
    """Return the faint zones of the bands behind the bars of a waterfall, as a gradient with hard edges."""
    stops = []
    for zone in zones():
        colour = f"color-mix(in srgb, var(--{zone.band.replace('_', '-')}) 9%, transparent)"
        stops += [f"{colour} {zone.start * 100:.2f}%", f"{colour} {zone.end * 100 - 0.25:.2f}%"]
        stops += [f"var(--paper) {zone.end * 100 - 0.25:.2f}%", f"var(--paper) {zone.end * 100:.2f}%"]
    return f":root{{--zones:linear-gradient(to right,{','.join(stops)})}}"
