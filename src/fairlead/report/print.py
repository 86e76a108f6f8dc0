"""The report for print: a tagged PDF (PDF/UA-1) set by Typst from the same content as the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from html import escape
from typing import Any, Final

import orjson
import typst
from anyascii import anyascii

from fairlead.errors import ReportError
from fairlead.model.message import message
from fairlead.report.content import Picture, Report
from fairlead.report.scale import zones
from fairlead.report.svg import ASSETS, TEMPLATES, for_print, paper_colours, printable

#: The standard that the PDF keeps to; it has the reader's language, a title, tags and texts for pictures.
STANDARD: Final = "ua-1"


def printed(report: Report, ticks: tuple[tuple[float, str], ...], romanised: str) -> bytes:
    """Return the report as a PDF, the same bytes for the same content.

    `romanised` is the sentence added where letters that the fonts lack were written in Latin letters.
    Raises ReportError when Typst cannot set it.
    """
    content = asdict(replace(report, map=_picture(report.map), tiers=_picture(report.tiers)))
    written = _written(content)
    if written != content or not printable(report.map.svg + report.tiers.svg):
        written["footer"] = [*written["footer"], romanised]
    data = {
        "report": {**written, "short_title": "Fairlead"},
        "zones": [asdict(zone) for zone in zones()],
        "ticks": ticks,
        "colours": paper_colours(),
    }
    try:
        return bytes(
            typst.compile(
                TEMPLATES / "report.typ",
                root=TEMPLATES,
                font_paths=[ASSETS / "fonts"],
                ignore_system_fonts=True,
                sys_inputs={"report": orjson.dumps(data).decode("utf-8")},
                pdf_standards=[STANDARD],
            )
        )
    except RuntimeError as error:
        raise ReportError(
            message("The PDF could not be set ({reason}).", reason=str(error)), do=message("Run again with --no-pdf.")
        ) from error


def _picture(picture: Picture) -> Picture:
    if not picture.svg:
        return picture
    legend = tuple(replace(entry, svg=for_print(entry.svg)) for entry in picture.legend)
    # ＆ becomes &, which must not stand bare in a drawing.
    return replace(picture, svg=_in_latin(for_print(picture.svg), written=escape), legend=legend)


def _in_latin(text: str, *, written: Callable[[str], str] = str) -> str:
    """Return a text with the letters that the fonts lack in Latin letters, as `written` spells them."""
    if printable(text):
        return text
    return "".join(letter if printable(letter) else written(anyascii(letter)) for letter in text)


def _written(value: Any) -> Any:
    """Return a value with the letters that the fonts lack written in Latin letters."""
    if isinstance(value, str):
        return _in_latin(value)
    if isinstance(value, dict):
        return {key: _written(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_written(one) for one in value)
    return value
