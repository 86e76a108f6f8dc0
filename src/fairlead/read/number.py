"""Plain numbers in a supplier list: tiers, workers, coordinates."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_ORDINALS: Final = {
    "первый": 1, "первого": 1, "второй": 2, "второго": 2, "третий": 3, "третьего": 3, "четвертый": 4, "пятый": 5,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "one": 1, "two": 2, "three": 3, "four": 4,
    "premier": 1, "première": 1, "deuxième": 2, "second niveau": 2, "troisième": 3, "quatrième": 4,
    "бірінші": 1, "екінші": 2, "үшінші": 3, "төртінші": 4, "direct": 1, "прямой": 1, "тікелей": 1,
}  # fmt: skip
_TIER_WORDS: Final = re.compile(
    r"\b(tier|t|level|lvl|уровень|уровня|ур|ярус|звено|эшелон|деңгей|деңгейі|дәреже|niveau|rang|n|supplier|поставщик|"
    r"fournisseur|жеткізуші)\b|(?<=\d)[-–]?(st|nd|rd|th|й|ый|ой|го|er|ère|e|ème|ші|шi|інші|нші)\b|№|[-–_.:#()°]",
    re.I,
)
_HIGHEST_TIER: Final = 9
_WORKERS: Final = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f\u2009.,'’][0-9]{3})+|[0-9]+(?:[.,]0+)?")
_PEOPLE: Final = re.compile(
    r"\b(чел(овек(а)?|\.)?|workers?|employees?|people|persons?|staff|pax|hc|fte|работник(ов|а|и)?|сотрудник(ов|а|и)?|"
    r"рабоч(их|ие)|адам|жұмысшы|қызметкер|personnes?|salari[ée]s?|employ[ée]s?|ouvriers?|travailleurs)\b\.?",
    re.I,
)
_MOST_WORKERS: Final = 5_000_000
_DMS: Final = re.compile(
    r"([0-9]{1,3})\s*[°ºd˚]\s*(?:([0-9]{1,2}(?:[.,][0-9]+)?)\s*[′'’`m]\s*)?"
    r"(?:([0-9]{1,2}(?:[.,][0-9]+)?)\s*(?:[″\"”s]|''|’’|′′))?",
    re.I,
)
_SOUTH_WEST: Final = re.compile(r"(?<![a-zа-я])(s|w|o|ю\.?\s?ш\.?|з\.?\s?д\.?|south|west|sud|ouest)(?![a-zа-я])", re.I)
_DECIMAL: Final = re.compile(r"[-−+]?[0-9]{1,3}(?:[.,][0-9]+)?")
_DEGREES: Final = r"([-−+]?[0-9]{1,3}(?:[.,][0-9]+)?)"
_PAIR: Final = re.compile(rf"\s*{_DEGREES}\s*(?:[;|]|,\s|\s|,(?=[-−]?[0-9]+\.))\s*{_DEGREES}\s*")


@lru_cache(maxsize=4096)
def read_tier(text: str) -> int | None:
    """Return the tier that a cell names ("Tier 1", "T2", "1-й уровень", "II", "second"), or None."""
    lower = text.strip().casefold()
    lower = re.sub(r"^(t|tier|n)(?=[0-9])", "", lower)
    rest = " ".join(_TIER_WORDS.sub(" ", re.sub(r"(?<=[0-9])[.,]0+$", "", lower)).split())
    if rest.isdigit() and rest.isascii():
        return int(rest) if 1 <= int(rest) <= _HIGHEST_TIER else None
    return _ROMAN.get(rest) or _ORDINALS.get(rest)


@lru_cache(maxsize=65536)
def read_workers(text: str) -> int | None:
    """Return the number of workers, or None for a range, an estimate ("about 500", "500+") and what is no number.

    People are counted in whole numbers, so that "1,200" and "1.200" can only be 1200.
    """
    clean = " ".join(_PEOPLE.sub(" ", text).split())
    if not _WORKERS.fullmatch(clean):
        return None
    whole = re.sub(r"[.,]0+$", "", clean) if re.fullmatch(r"[0-9]+[.,]0{1,2}", clean) else clean
    digits = re.sub(r"[^0-9]", "", whole)
    return int(digits) if len(digits) < 8 and int(digits) <= _MOST_WORKERS else None  # noqa: PLR2004


@lru_cache(maxsize=200_000)
def read_coordinate(text: str, limit: float) -> float | None:
    """Return degrees from -limit to limit (90 for latitude, 180 for longitude), or None.

    Decimal degrees with a point or a comma, and degrees, minutes, seconds with a letter for the hemisphere.
    """
    clean = text.strip()
    sign = -1.0 if clean[:1] in ("-", "−") else 1.0
    if _DECIMAL.fullmatch(clean):
        degrees = float(clean.lstrip("-−+").replace(",", "."))
    else:
        match = _DMS.search(clean)
        plain = re.search(r"[0-9]{1,3}(?:[.,][0-9]+)?", clean)
        if match is not None:
            degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in match.groups())
            if minutes >= 60 or seconds >= 60:  # noqa: PLR2004 - sixty minutes are a degree
                return None
            degrees += minutes / 60 + seconds / 3600
        elif plain is not None and re.fullmatch(
            r"\s*[°º]?\s*([nsewcюзв]|с\.?\s?ш|ю\.?\s?ш|в\.?\s?д|з\.?\s?д)?\.?\s*", _around(clean, plain), re.I
        ):
            degrees = float(plain[0].replace(",", "."))
        else:
            return None
        if _SOUTH_WEST.search(clean):
            sign = -1.0
    value = sign * degrees
    return value if math.isfinite(value) and abs(value) <= limit else None


def read_pair(text: str) -> tuple[str, str] | None:
    """Cut a cell with both coordinates ("43.238, 76.945") into its two parts, or return None."""
    match = _PAIR.fullmatch(text.strip().strip("()[]"))
    return (match[1], match[2]) if match else None


def _around(text: str, match: re.Match[str]) -> str:
    return text[: match.start()].strip("-−+ ") + text[match.end() :]
