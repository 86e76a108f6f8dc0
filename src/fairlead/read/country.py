"""Which country a word means, in four languages, by code or by a common other name; never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from babel import Locale
from babel.core import get_global

from fairlead.reference import load_csv

_LANGUAGES: Final = ("en", "ru", "kk", "fr")

#: Territory codes of the CLDR that are no countries: groupings, and islands with a reserved code.
_NO_COUNTRIES: Final = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})

#: Codes that the CLDR spells in another way than everybody who exchanges data about Kosovo.
_ALPHA2: Final = 2  # letters
_OWN_ALPHA3: Final = {"XK": "XKX"}

#: Kazakh letters and the Russian ones that are typed in their place.
_KAZAKH: Final = str.maketrans("әғқңөұүһіё", "агкноуухие")
_DOTTED_LETTERS: Final = re.compile(r"\b(?:\w\.\s?){2,}")
_NOT_LETTERS: Final = re.compile(r"[^\w]+")
_ARTICLES: Final = frozenset(
    {"the", "la", "le", "les", "l", "of", "de", "du", "d", "des", "and", "und", "et", "и", "в"}
)
_STATE_FORMS: Final = frozenset({"republic", "republique", "республика", "республикаси", "republika"})
_PART: Final = re.compile(r"[,;/()\[\]|]|\s[-–—]\s")
_CODE_LENGTHS: Final = (2, 3)

#: How an address in the United States shows, whose state of Georgia shares its name with a country.
_AMERICAN: Final = re.compile(
    r"\b(usa|u\.s\.a?\.?|united states|сша|ga\.?,?\s+3\d{4}(-\d{4})?|atlanta|savannah|augusta)\b", re.I
)
GEORGIA: Final = "GEO"

#: Last words that are a country only with the word before them, and words that make another place of the last one.
_ENDINGS: Final = frozenset({"georgia", "guinea", "congo", "ireland", "sudan", "korea", "man", "jersey", "islands"})
_NOT_BEFORE: Final = frozenset({"new", "nuevo", "nouveau", "little", "lake", "mount", "fort", "st", "west", "east"})
_GEORGIA_STATE: Final = "georgia"
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


@lru_cache(maxsize=65536)
def find_country(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the country that a text names, or None.

    Understood are the names in English, Russian, Kazakh and French, codes of two letters, three letters or three
    digits, and the aliases in reference/country_aliases.csv. Case, dots, articles and diacritics do not matter.
    Of a text in parts ("Almaty, Kazakhstan") the one part that names a country counts. A word that fits two
    countries ("Korea", "Congo") gives None, as does every word that is not known.
    """
    stripped = text.strip()
    code = _codes().get(stripped.upper())
    if code:
        return code
    key = country_key(stripped)
    names = _names()
    if key in names:
        return names[key] or None
    bare = " ".join(word for word in key.split() if word not in _STATE_FORMS)
    if bare != key and names.get(bare):
        return names[bare]
    parts = [part for part in _PART.split(stripped) if part.strip()]
    if len(parts) < 2:  # noqa: PLR2004 - one part is the whole
        return None
    return _only_country(parts)


def country_in_address(address: str) -> str | None:
    """Return the country that the last part of an address names in words, or None.

    An address in Cyrillic letters goes from the whole to the part as often, so there the first part counts too, with
    or without a postcode before it. Codes of two Latin letters are not taken, because they are as often a state or a
    unit; nor is "Georgia", which ends American addresses too.
    """
    parts = [part.strip(" .") for part in re.split(r"[,;\n]", address) if part.strip(" .")]
    if not parts:
        return None
    return _ending_in_country(parts) or _beginning_with_country(parts)


def _ending_in_country(parts: list[str]) -> str | None:
    names = _names()
    for text in (", ".join(parts[-2:]), parts[-1]):
        key = country_key(text)
        told = len(text) > 2 or _CYRILLIC.search(text)  # noqa: PLR2004 - a code of two letters
        if told and key != _GEORGIA_STATE and key in names:
            return names[key] or None
    words = re.split(r"[\s.]+", parts[-1])
    key = country_key(words[-1])
    if len(words) == 1 or len(words[-1]) <= 2 or key in _ENDINGS or words[-2].casefold() in _NOT_BEFORE:  # noqa: PLR2004
        return None
    return names.get(key) or None


def _beginning_with_country(parts: list[str]) -> str | None:
    first = next((part for part in parts if not part.isdigit()), "")
    return _names().get(country_key(first)) or None if _CYRILLIC.search(first) else None


def alpha2(country: str) -> str:
    """Return the code of two letters of a country given by its three; the three where there are no two."""
    return _alpha2().get(country, country)


def is_american(text: str) -> bool:
    """Whether an address, city or region shows that it is in the United States, whose Georgia is a state."""
    return _AMERICAN.search(text) is not None


def is_ambiguous(text: str) -> bool:
    """Whether the text is known to fit more than one country."""
    return _names().get(country_key(text)) == ""


def country_key(text: str) -> str:
    """Return a country's name as it is looked up: lower case, without dots, articles and diacritics."""
    dotted = _DOTTED_LETTERS.sub(lambda match: match[0].replace(".", "").replace(" ", "") + " ", text + " ")
    folded = unicodedata.normalize("NFKD", dotted.casefold().translate(_KAZAKH))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign)).replace("'", " ").replace("’", " ")
    words = _NOT_LETTERS.sub(" ", plain.replace("&", " ")).replace("saint ", "st ").split()
    kept = [word for word in words if word not in _ARTICLES]
    return " ".join(kept or words)


def _only_country(parts: list[str]) -> str | None:
    names = _names()
    known = [names[key] for part in parts if (key := country_key(part)) in names]
    return known[0] or None if len(set(known)) == 1 else None


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Return every ISO 3166-1 code, of two and three letters and three digits, with the three letters it means."""
    alpha3 = dict(_OWN_ALPHA3)
    codes: dict[str, str] = {}
    english = map(str, Locale(_LANGUAGES[0]).territories)
    countries = {code for code in english if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES}  # noqa: PLR2004
    aliases = sorted((str(alias), targets) for alias, targets in get_global("territory_aliases").items())
    for alias, targets in aliases:
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and alias not in _WITHDRAWN:  # noqa: PLR2004
            alpha3.setdefault(targets[0], alias)
    for alias, targets in aliases:
        if len(alias) == 3 and alias.isdigit() and len(targets) == 1 and targets[0] in countries:  # noqa: PLR2004
            codes[alias] = alpha3[targets[0]]
    for code in sorted(countries & alpha3.keys()):
        codes[code] = codes[alpha3[code]] = alpha3[code]
    return MappingProxyType(codes)


@lru_cache(maxsize=1)
def _alpha2() -> Mapping[str, str]:
    return MappingProxyType({alpha3: code for code, alpha3 in _codes().items() if len(code) == 2})  # noqa: PLR2004


#: Codes of three letters that were withdrawn or never were a country's.
_WITHDRAWN: Final = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "XKK", "QUU"})


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Return every name, as `country_key` spells it, with its country; the empty text where it fits several."""
    codes = _codes()
    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in sorted(Locale(language).territories.items()):
            if len(code) == 2 and code in codes:  # noqa: PLR2004 - a code of two letters is a country
                _add(names, name, codes[code])
    for row in load_csv("country_aliases"):
        names[country_key(row["alias"])] = row["iso3"]
    return MappingProxyType(names)


def _add(names: dict[str, str], name: str, country: str) -> None:
    for spelling in {name, *re.split(r"[()]", name)[:1]}:
        key = country_key(spelling)
        names[key] = country if names.get(key, country) == country else ""


def registered_in(identifiers: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the country whose register gave all the numbers that pass their check; None where there is no such one.

    A scheme is named after its country, such as KZ-BIN; an LEI or another scheme of no country says nothing.
    """
    prefixes = {str(number["scheme"]).partition("-") for number in identifiers if number["valid"]}
    found = {find_country(code) for code, dash, _ in prefixes if dash and len(code) == _ALPHA2}
    return found.pop() if len(found) == 1 else None
