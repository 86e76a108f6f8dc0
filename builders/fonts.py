"""`./run build fonts`: make what pages need of the report's fonts from the TTF files that print uses.

For each TTF in `report/assets/fonts`: a WOFF2 with the letters of Latin, Cyrillic and Kazakh only, and the
width of every character, by which labels are fitted into pictures.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS: Final = Path(__file__).resolve().parents[1] / "src" / "fairlead" / "report" / "assets" / "fonts"

#: Latin with its extensions, Greek letters used in formulas are left out; Cyrillic with the Kazakh letters;
#: punctuation, superscripts, currency signs, the number sign, arrows, mathematical signs and simple shapes.
RANGES: Final = (
    (0x0020, 0x007E),
    (0x00A0, 0x024F),
    (0x02B0, 0x02DD),
    (0x0300, 0x0304),
    (0x0306, 0x030C),
    (0x0400, 0x052F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x2070, 0x208E),
    (0x20A0, 0x20BF),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
    (0x25A0, 0x25CF),
)


def characters() -> list[int]:
    """Return the code points of the ranges."""
    return [code for first, last in RANGES for code in range(first, last + 1)]


def subset(font: Path) -> bytes:
    """Return the font with the characters of the ranges only, as WOFF2; the same bytes in every run."""
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "tnum", "case"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    loaded = TTFont(font, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(loaded)
    loaded.flavor = "woff2"
    target = font.with_suffix(".woff2")
    loaded.save(target)
    return target.read_bytes()


def widths(font: Path) -> dict[str, int]:
    """Return the advance of each character of the ranges, in thousandths of the size of the type."""
    loaded = TTFont(font)
    names, advances, unit = loaded.getBestCmap(), loaded["hmtx"], loaded["head"].unitsPerEm
    return {chr(code): round(advances[names[code]][0] * 1000 / unit) for code in characters() if code in names}


def main(arguments: Sequence[str]) -> int:
    """Write the WOFF2 files and the table of widths beside the TTF files."""
    argparse.ArgumentParser(prog="./run build fonts", description=__doc__).parse_args(arguments)
    fonts = sorted(FONTS.glob("*.ttf"))
    for font in fonts:
        print(f"{font.stem}: {len(subset(font)):,} bytes of WOFF2")
    table = {font.stem: widths(font) for font in fonts}
    (FONTS / "widths.json").write_bytes(orjson.dumps(table, option=orjson.OPT_SORT_KEYS) + b"\n")
    return 0
