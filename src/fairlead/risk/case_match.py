"""Which good and sector the words and codes of a case mean, and whether they contradict each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pyarrow as pa

from fairlead.classify import classify
from fairlead.model.message import Message, message
from fairlead.model.schemas import ROW
from fairlead.read.cases import Case
from fairlead.read.words import cell_key
from fairlead.reference import load_csv, load_yaml

#: How surely words have to be read before they can contradict a code, unless the product says nothing else.
_SURE: Final = 0.9
_CHAPTER: Final = 2
#: The last chapter of each section of the Harmonized System but the last: live animals (I) ends with 05.
_SECTION_ENDS: Final = (5, 14, 15, 24, 27, 38, 40, 43, 46, 49, 63, 67, 70, 71, 83, 85, 89, 92, 93, 96)

Reading = Mapping[str, Any]  # a row of CLASSIFICATION


@dataclass(frozen=True)
class CaseMatch:
    """What a case was read as: one reading for each thing it names, none where nothing is recognised."""

    found: tuple[Reading, ...]
    contradicts: bool
    sentences: tuple[Message, ...]

    @property
    def delivered(self) -> tuple[tuple[str | None, str | None], ...]:
        """Each good, where there is one, with its sector."""
        return tuple(dict.fromkeys((each["good"], each["sector"]) for each in self.found))

    def readings(self, row_id: str) -> Iterator[dict[str, Any]]:
        """Yield the readings as rows of CLASSIFICATION for a row."""
        for each in self.found:
            yield {**each, "row_id": row_id}


def match_cases(cases: Sequence[Case]) -> list[CaseMatch]:
    """Read the product of every case by its HS codes and words, and its sector's words where the product says nothing.

    Words refine a code where they name a good of the sector that the code shows, as in supplier lists. A code and
    words that are read surely, and have neither the sector nor the section of the Harmonized System nor an input in
    common, contradict each other.
    """
    asked: dict[str, dict[str, str | None]] = {}
    for place, case in enumerate(cases):
        asked |= {f"{place}:{number}": {"hs": code, "product": case.product} for number, code in enumerate(case.hs)}
        asked |= {f"{place}:code{number}": {"hs": code} for number, code in enumerate(case.hs)}
        asked[f"{place}:words"] = {"product": case.product}
        asked[f"{place}:sector"] = {"product": case.sector, "isic": _isic_of_broad(case.sector)}
    read = _classified(asked)
    return [_match(place, case, read) for place, case in enumerate(cases)]


def _classified(asked: Mapping[str, Mapping[str, str | None]]) -> dict[str, Reading]:
    rows = [{"row_id": key, "name": "", **said} for key, said in asked.items() if any(said.values())]
    table = pa.Table.from_pylist([{name: row.get(name) for name in ROW.names} for row in rows], schema=ROW)
    return {row["row_id"]: row for row in classify(table).to_pylist()}


def _match(place: int, case: Case, read: Mapping[str, Reading]) -> CaseMatch:
    words = read.get(f"{place}:words")
    by_code = [read[key] for number in range(len(case.hs)) if (key := f"{place}:code{number}") in read]
    if words and by_code and not any(_agree(words, code, case.product or "") for code in by_code):
        return CaseMatch((), True, (_contradiction(case, words, by_code[0]),))
    found = [read[key] for number in range(len(case.hs)) if (key := f"{place}:{number}") in read]
    found = found or [each for each in (words or read.get(f"{place}:sector"),) if each]
    distinct = {(each["good"], each["sector"]): each for each in reversed(found)}
    kept = tuple(reversed(distinct.values()))
    unknown = [message("The HS code {code} is not known.", code=code) for code in _unknown(place, case, read)]
    return CaseMatch(kept, False, (*map(_sentence, kept), *unknown))


def _unknown(place: int, case: Case, read: Mapping[str, Reading]) -> Iterator[str]:
    return (code for number, code in enumerate(case.hs) if f"{place}:code{number}" not in read)


def _agree(words: Reading, code: Reading, product: str) -> bool:
    """Whether the words and a code may mean the same, or the words are not read surely."""
    sure = words["confidence"] >= _SURE or words["matched"].casefold() == product.casefold()
    if not sure or words["good"] is None or words["sector"] == code["sector"]:
        return True
    ours, theirs = _sections(words), _sections(code)
    return not ours or not theirs or bool(ours & theirs or _family(words["good"]) & _family(code["good"]))


def _sections(each: Reading) -> set[int]:
    """Return the sections of the Harmonized System, from 0, of a reading's own code and of those of its good."""
    codes = _goods()[each["good"]][0] if each["good"] else ()
    return {bisect_left(_SECTION_ENDS, int(code[:_CHAPTER])) for code in (each["hs"] or "", *codes) if code}


def _family(good: str | None) -> set[str]:
    """Return a good and what it is made from."""
    return {good, *_goods()[good][1]} if good else set()


@cache
def _goods() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the HS codes and the inputs of every good."""
    return {row["good"]: (tuple(row["hs"].split()), tuple(row["inputs"].split())) for row in load_csv("goods")}


@cache
def _isic_of_sectors() -> Mapping[str, tuple[str, ...]]:
    return {row["sector"]: tuple(row["isic"].split()) for row in load_csv("sectors")}


def _isic_of_broad(sector: str | None) -> str | None:
    """Return the ISIC code of a sector that a word too broad for a product line means; None for every other word."""
    key = load_yaml("product_words")["broad_sectors"].get(cell_key(sector or ""))
    return _isic_of_sectors()[key][0] if key else None


def _contradiction(case: Case, words: Reading, code: Reading) -> Message:
    meant = code["good"]
    if meant:
        return message(
            "The HS code {code} ({meant:good}) and the product “{product}” contradict each other.",
            code=case.hs[0],
            meant=meant,
            product=case.product or "",
        )
    return message(
        "The HS code {code} ({meant:sector}) and the product “{product}” contradict each other.",
        code=case.hs[0],
        meant=code["sector"],
        product=case.product or "",
    )


def _sentence(each: Reading) -> Message:
    """Say as what a product or sector was read, and by which word or code."""
    isic = each["isic"] or ", ".join(_isic_of_sectors()[each["sector"]])
    values = {"matched": each["matched"], "sector": each["sector"], "isic": isic}
    if each["good"] is None:
        return message("Read as {sector:sector} (ISIC {isic}) by “{matched}”.", **values)
    return message(
        "Read as {good:good} (HS {hs}), {sector:sector} (ISIC {isic}), by “{matched}”.",
        good=each["good"],
        hs=each["hs"] or ", ".join(_goods()[each["good"]][0]) or "–",
        **values,
    )
