"""Small parts of pictures: text that fits, the colours of marks, and the frame with title and description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import orjson

ASSETS: Final = Path(__file__).parent / "assets"
TEMPLATES: Final = Path(__file__).parent / "templates"
#: The colours that report and workbench share.
COLOURS: Final = ASSETS / "colours" / "colours.css"
#: The classes that pictures use, likewise shared.
PICTURES: Final = ASSETS / "pictures" / "pictures.css"

#: Marks that are filled with the hatching of "no data".
HATCHED: Final = frozenset({"unknown", "open", "no_data"})

_REGULAR: Final = "Inter-Regular"
SEMI_BOLD: Final = "Inter-SemiBold"
_ELSE: Final = 620  # thousandths of an em: a character that is not in the table


@cache
def _widths() -> Mapping[str, Mapping[str, int]]:
    widths: Mapping[str, Mapping[str, int]] = orjson.loads((ASSETS / "fonts" / "widths.json").read_bytes())
    return widths


def width(text: str, size: float, font: str = _REGULAR) -> float:
    """Return how wide a text is drawn, in the unit of `size`."""
    table = _widths()[font]
    return sum(table.get(character, _ELSE) for character in text) * size / 1000


def printable(text: str) -> bool:
    """Say whether the report's fonts have every character of a text."""
    return all(character in _widths()[_REGULAR] or character.isspace() or character == "\u200b" for character in text)


def fitted(text: str, size: float, space: float, font: str = _REGULAR) -> str:
    """Return the text, shortened with an ellipsis where it is wider than the space."""
    if width(text, size, font) <= space:
        return text
    table = _widths()[font]
    used, kept = table.get("…", _ELSE), 0
    for character in text:
        used += table.get(character, _ELSE)
        if used * size / 1000 > space:
            break
        kept += 1
    return text[:kept].rstrip(" ,.-·«“(") + "…"


def label(x: float, y: float, text: str, *, style: str = "label", anchor: str = "start") -> str:
    """Write one line of text into a picture; `style` is a class of the pictures' style sheet."""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:g}" y="{y:g}" class="{style}"{place}>{escape(text)}</text>'


def frame(
    name: str, width_: int, height: int, title: str, description: str, parts: Iterable[str], *, role: str = "img"
) -> str:
    """Return a whole picture that says what it shows to those who do not see it.

    `role` is "group" where its parts are links, which a picture of the role "img" would hide.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture {name}" viewBox="0 0 {width_} {height}" '
        f'role="{role}" aria-labelledby="{name}-picture-title {name}-picture-description">'
        f'<title id="{name}-picture-title">{escape(title)}</title>'
        f'<desc id="{name}-picture-description">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def hatch(name: str) -> str:
    """Return the pattern that stands for "no data" in a picture."""
    return (
        f'<defs><pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-ground"/>'
        '<rect width="1.6" height="6" class="hatch-line"/></pattern></defs>'
    )


def swatch(mark: str, name: str) -> str:
    """Return a mark of a legend as a picture of 28 by 16; who does not see it reads the text beside it."""
    pattern = hatch(f"legend-{name}") if name in HATCHED else ""
    start = '<svg xmlns="http://www.w3.org/2000/svg" class="swatch" viewBox="0 0 28 16" aria-hidden="true">'
    return f"{start}{pattern}{mark}</svg>"


_VARIABLE: Final = re.compile(r"var\(--([a-z-]+)\)")


@cache
def paper_colours() -> Mapping[str, str]:
    """Return the colours on paper by their names: those of the page in light mode, which stand first."""
    colours: dict[str, str] = {}
    for name, value in re.findall(r"--([a-z-]+):\s*([^;]+);", COLOURS.read_text(encoding="utf-8")):
        colours.setdefault(name, value)
    return colours


@cache
def _on_paper(sheets: tuple[Path, ...]) -> str:
    """Return style sheets with the colours of paper in place of the page's variables."""
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    return _VARIABLE.sub(lambda match: paper_colours()[match[1]], style)


def for_print(svg: str, *sheets: Path) -> str:
    """Return a picture that carries its own colours, as it is set in print or saved as a file.

    `sheets` are style sheets that it needs besides that of all pictures.
    """
    return svg.replace(">", f"><style>{_on_paper((PICTURES, *sheets))}</style>", 1)
