"""Rules that make two writings of the same supplier or facility."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from benchmarks.pairs.draw import Draw, Pair, Side
from benchmarks.pairs.romanise import without_marks, written_in
from benchmarks.pairs.words import Reading
from benchmarks.pairs.written import Site, Supplier, spelling, spellings_of, word, written_name

_PUNCTUATION: Final = re.compile(r"[«»\"“”.]")
_SHORTEST_MISTYPED: Final = 4
#: Rules that vary a facility's name and address as they vary a name.
ALSO_AT_A_SITE: Final = frozenset(
    {
        "marks_left_out",
        "other_digits",
        "abbreviated_trade",
        "typing_error",
        "two_romanisations",
        "other_letters",
        "translated",
    }
)


# The same supplier, its name only.


def legal_form_written_otherwise(draw: Draw) -> Pair | None:
    supplier, reading = draw.supplier(), draw.reading()
    spellings = len(spellings_of(supplier.form, reading))
    if spellings == 1:
        return None
    one, other = draw.two(range(spellings))
    left, right = (written_name(draw.language, supplier, reading, form=number) for number in (one, other))
    return draw.named(left, supplier, reading), draw.named(right, supplier, reading)


def legal_form_left_out(draw: Draw) -> Pair | None:
    supplier, reading = draw.supplier(), draw.reading()
    return draw.side(supplier, reading), _without_form(draw, supplier, reading)


def legal_form_moved(draw: Draw) -> Pair | None:
    """In Russian and Kazakh the form may stand on either side; elsewhere its place is fixed."""
    supplier, reading = draw.supplier("plain"), draw.any(_with_letters)
    if reading is None or draw.native.script != "Cyrillic":
        return None
    form = spelling(supplier.form, reading, 0)
    rest = written_name(draw.language, supplier, reading, form=None)
    form = written_in(form, reading.system) if reading.words == "native" and reading.system else form
    whole = written_name(draw.language, supplier, reading)
    other = f"{rest}, {form}" if whole.startswith(form) else f"{form} {rest}"
    return draw.named(whole, supplier, reading), draw.named(other, supplier, reading)


def upper_case(draw: Draw) -> Pair | None:
    supplier, reading = draw.supplier(), draw.any(_with_letters)
    if reading is None:
        return None
    left = draw.side(supplier, reading)
    return left, replace(left, name=_capitals(left.name))


def marks_left_out(draw: Draw, *, at_a_site: bool = False) -> Pair | None:
    supplier = draw.supplier()
    left, right = draw.language.readings.get("native"), draw.language.readings.get("without_marks")
    if "pinyin_with_tones" in draw.language.readings:
        left, right = draw.language.readings["pinyin_with_tones"], draw.language.readings["pinyin"]
    return _in_readings(draw, supplier, left, right, at_a_site=at_a_site)


def other_digits(draw: Draw, *, at_a_site: bool = False) -> Pair | None:
    digits = draw.language.readings.get("native_digits")
    return _in_readings(draw, draw.supplier("numbered"), draw.native, digits, at_a_site=at_a_site)


def simplified_and_traditional(draw: Draw) -> Pair | None:
    return _in_readings(draw, draw.supplier(), draw.native, draw.language.readings.get("traditional"))


def abbreviated_trade(draw: Draw, *, at_a_site: bool = False) -> Pair | None:
    supplier = draw.supplier()
    if not supplier.trade.short:
        return None
    site = draw.site(supplier.place) if at_a_site else None
    short = written_name(draw.language, supplier, draw.native, short=True)
    return draw.side(supplier, draw.native, site), draw.named(short, supplier, draw.native, site, "short")


def typing_error(draw: Draw, *, at_a_site: bool = False) -> Pair | None:
    supplier, reading = draw.supplier(), draw.any(_with_letters)
    if reading is None:
        return None
    site = draw.site(supplier.place) if at_a_site else None
    left, right = draw.side(supplier, reading, site), draw.side(supplier, reading, site, "short")
    brand = max(_brand(supplier, reading).split(), key=len)
    return left, replace(right, name=right.name.replace(brand, _mistyped(brand, draw), 1))


def joined_words(draw: Draw) -> Pair | None:
    supplier, reading = draw.supplier(), draw.any(_with_letters)
    brand = _brand(supplier, reading) if reading else ""
    if reading is None or len(brand.split()) != 2 or "-" in brand:
        return None
    left, (first, second) = draw.side(supplier, reading), brand.split()
    return left, replace(left, name=left.name.replace(brand, first + second.lower(), 1))


def place_moved(draw: Draw) -> Pair | None:
    supplier, reading = draw.supplier("placed"), draw.reading()
    left, plain = draw.side(supplier, reading), draw.side(replace(supplier, shape="plain"), reading)
    if reading.script == "Han" or draw.language.language == "Chinese":  # the plain name begins with the place
        return (left, plain) if reading.words.startswith("english") else None
    place = written_in(word(supplier.place, reading, "place"), reading.system) if reading.system else ""
    return left, replace(plain, name=f"{plain.name} ({place or word(supplier.place, reading, 'place')})")


def look_alike_letters(draw: Draw) -> Pair | None:
    if draw.native.script != "Cyrillic":
        return None
    supplier = draw.supplier()
    left = draw.side(supplier, draw.native)
    brand = supplier.brand.native
    return left, replace(
        left, name=left.name.replace(brand, written_in(brand, "look_alike_letters"), 1), script="mixed"
    )


def two_romanisations(draw: Draw, *, at_a_site: bool = False) -> Pair | None:
    readings = draw.readings(_romanised)
    if draw.native in readings or len(readings) < 2:
        return None
    return _in_readings(draw, draw.supplier(), *draw.two(readings), at_a_site=at_a_site)


def both_scripts(draw: Draw) -> Pair | None:
    supplier = draw.supplier()
    other = draw.any(lambda reading: reading.script == "Latin" and _translated(reading))
    if other is None or draw.native.script == "Latin":
        return None
    one, both = draw.side(supplier, draw.one([draw.native, other])), draw.side(supplier, draw.native)
    return one, replace(both, name=f"{both.name} ({draw.side(supplier, other).name})", script="mixed")


def other_letters(draw: Draw, *, at_a_site: bool = False) -> Pair | None:
    reading = draw.any(lambda one: _romanised(one) and one.name != "native") if draw.native.script != "Latin" else None
    return _in_readings(draw, draw.supplier(), draw.native, reading, at_a_site=at_a_site)


def translated(draw: Draw, *, at_a_site: bool = False) -> Pair | None:
    return _in_readings(draw, draw.supplier(), draw.native, draw.any(_translated), at_a_site=at_a_site)


# The same facility, name and address.


def address_abbreviated(draw: Draw) -> Pair | None:
    return _at_one_site(draw, "full", "short")


def address_turned(draw: Draw) -> Pair | None:
    return _at_one_site(draw, draw.one(["full", "short"]), "turned")


def address_without_area(draw: Draw) -> Pair | None:
    return _at_one_site(draw, draw.one(["full", "turned"]), "sparse")


def name_shortened(draw: Draw) -> Pair | None:
    supplier, reading = draw.supplier(), draw.reading()
    site = draw.site(supplier.place)
    return draw.side(supplier, reading, site), _without_form(draw, supplier, reading, site, "short")


def upper_case_at_a_site(draw: Draw) -> Pair | None:
    supplier, reading = draw.supplier(), draw.any(_with_letters)
    if reading is None:
        return None
    site = draw.site(supplier.place)
    left, right = draw.side(supplier, reading, site), draw.side(supplier, reading, site, "turned")
    return left, replace(right, name=_capitals(right.name), address=_capitals(right.address))


def _romanised(reading: Reading) -> bool:
    return reading.script == "Latin" and not reading.words.startswith("english") and reading.system != "without_marks"


def _translated(reading: Reading) -> bool:
    return reading.words.startswith("english") or reading.name == "russian"


def _with_letters(reading: Reading) -> bool:
    return reading.script in {"Latin", "Cyrillic"}


def _in_readings(
    draw: Draw, supplier: Supplier, left: Reading | None, right: Reading | None, *, at_a_site: bool = False
) -> Pair | None:
    if left is None or right is None:
        return None
    site = draw.site(supplier.place) if at_a_site else None
    return draw.side(supplier, left, site), draw.side(supplier, right, site, draw.one(["full", "short", "turned"]))


def _at_one_site(draw: Draw, left: str, right: str) -> Pair:
    supplier, reading = draw.supplier(), draw.reading()
    site = draw.site(supplier.place)
    return draw.side(supplier, reading, site, left), draw.side(supplier, reading, site, right)


def _without_form(
    draw: Draw, supplier: Supplier, reading: Reading, site: Site | None = None, style: str = "full"
) -> Side:
    return draw.named(written_name(draw.language, supplier, reading, form=None), supplier, reading, site, style)


def _brand(supplier: Supplier, reading: Reading) -> str:
    brand = word(supplier.brand, reading, "brand")
    return written_in(brand, reading.system) if reading.words == "native" and reading.system else brand


def _mistyped(brand: str, draw: Draw) -> str:
    if len(brand) < _SHORTEST_MISTYPED:
        return brand
    at = 1 + draw.random.randrange(len(brand) - 2)
    return draw.one(
        [
            brand[:at] + brand[at + 1 :],
            brand[:at] + brand[at] + brand[at:],
            brand[:at] + brand[at + 1] + brand[at] + brand[at + 2 :],
        ]
    )


def _capitals(text: str) -> str:
    return _PUNCTUATION.sub("", without_marks(text) if text.isascii() or "ı" in text or "ş" in text else text).upper()
