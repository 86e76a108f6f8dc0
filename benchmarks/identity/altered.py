"""Names of listed companies altered by rules, as they come back in supplier lists."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Final

#: Legal forms at the end of a name, as OFAC writes them.
_FORM: Final = re.compile(
    r"[,\s]+(CO\.?,?\s*LTD\.?|COMPANY LIMITED|LIMITED LIABILITY COMPANY|PRIVATE LIMITED|PVT\.? LTD\.?|LIMITED|LTD\.?"
    r"|LLC|L\.L\.C\.?|JSC|OJSC|INC\.?|CORPORATION|CORP\.?|COMPANY|CO\.?|S\.?A\.?|GMBH|S\.?A\.? DE C\.?V\.?|FZE|FZCO"
    r"|PJSC|OOO|AO)$",
    re.IGNORECASE,
)
_OTHER_FORM: Final = {
    "LIMITED": "Ltd.", "LTD": "Limited", "LTD.": "Limited", "CO., LTD.": "Company Limited",
    "CO. LTD.": "Company Limited", "COMPANY LIMITED": "Co., Ltd.", "LLC": "Limited Liability Company",
    "LIMITED LIABILITY COMPANY": "LLC", "CORPORATION": "Corp.", "CORP.": "Corporation", "COMPANY": "Co.",
    "CO.": "Company", "JSC": "Joint Stock Company", "INC.": "Incorporated", "INC": "Incorporated",
}  # fmt: skip
_SHORT: Final = {
    "INTERNATIONAL": "Intl", "MANUFACTURING": "Mfg", "INDUSTRIES": "Inds", "INDUSTRIAL": "Indl", "TRADING": "Trdg",
    "ENGINEERING": "Engg", "TECHNOLOGY": "Tech", "TECHNOLOGIES": "Tech", "SERVICES": "Svcs", "DEVELOPMENT": "Dev",
    "GENERAL": "Gen", "COMMERCIAL": "Comm", "ORGANIZATION": "Org", "PETROLEUM": "Petr", "INVESTMENT": "Inv",
    "COMPANY": "Co", "GROUP": "Grp", "TRANSPORT": "Transp", "CONSTRUCTION": "Constr", "ELECTRONICS": "Elec",
}  # fmt: skip
#: Spellings that change where a name is romanised by another system or by ear; each is taken where it first applies.
_SPELLINGS: Final = (
    ("KH", "H"), ("ZH", "J"), ("OU", "U"), ("EE", "I"), ("Q", "K"), ("YA", "IA"), ("YU", "IU"), ("TS", "C"),
    ("AE", "E"), ("DJ", "J"), ("EY", "EI"), ("OO", "U"), ("AL-", "EL-"), ("IY", "Y"), ("W", "V"), ("PH", "F"),
)  # fmt: skip
_LEAST_LETTERS: Final = 5

Alteration = Callable[[str, random.Random], str]


def form_left_out(name: str, _: random.Random) -> str:
    return _FORM.sub("", name)


def form_otherwise(name: str, _: random.Random) -> str:
    found = _FORM.search(name)
    other = _OTHER_FORM.get(re.sub(r"\s+", " ", found[1].upper()), "") if found else ""
    return f"{_FORM.sub('', name)} {other}" if other else name


def typing_error(name: str, draw: random.Random) -> str:
    words = [word for word in name.split() if word.isalpha() and len(word) >= _LEAST_LETTERS]
    if not words:
        return name
    word = words[0]
    at = draw.randrange(1, len(word) - 1)
    wrong = (word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :])[draw.randrange(2)]
    return name.replace(word, wrong, 1)


def abbreviated(name: str, _: random.Random) -> str:
    return " ".join(_SHORT.get(word.strip(",.").upper(), word) for word in name.split())


def other_spelling(name: str, _: random.Random) -> str:
    for one, other in _SPELLINGS:
        if one in name.upper():
            return re.sub(re.escape(one), other, name, count=1, flags=re.IGNORECASE)
    return name


def words_joined(name: str, _: random.Random) -> str:
    first, _, rest = name.partition(" ")
    return first + rest if " " in _FORM.sub("", name) else name


def words_turned(name: str, _: random.Random) -> str:
    words = _FORM.sub("", name).split()
    return " ".join([*words[1:], words[0]])


def country_added(name: str, draw: random.Random) -> str:
    return f"{_FORM.sub('', name)} ({('Dubai', 'Hong Kong', 'Moscow', 'Istanbul')[draw.randrange(4)]})"


ALTERATIONS: Final[Mapping[str, Alteration]] = {
    "legal form left out": form_left_out,
    "legal form written otherwise": form_otherwise,
    "typing error": typing_error,
    "words abbreviated": abbreviated,
    "spelled otherwise": other_spelling,
    "first two words joined": words_joined,
    "first word last": words_turned,
    "a place added in brackets": country_added,
}


def can_be_altered(name: str) -> bool:
    """Whether a name has two words of some length beside its legal form; the marks of an aircraft have not."""
    words = [word for word in _FORM.sub("", name).split() if word.isalpha() and len(word) >= _LEAST_LETTERS - 1]
    return len(words) > 1


def altered(name: str, turn: int, draw: random.Random) -> tuple[str, str]:
    """Return the name altered by the first rule from `turn` on that changes it, in capitals and small letters."""
    rules = list(ALTERATIONS)
    for rule in (*rules[turn % len(rules) :], *rules[: turn % len(rules)]):
        other = ALTERATIONS[rule](name, draw).strip(" ,")
        if other and other.upper() != name.upper():
            return rule, other.title()
    return rules[0], name.title()
