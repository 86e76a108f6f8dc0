"""The one way in: each row's good and sector, by code, else by the product's words, else by the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import pyarrow as pa

from fairlead.classify.codes import codes_of, good_of_hs, sector_of_cpv, sector_of_good, sector_of_hs, sector_of_isic
from fairlead.classify.names import read_name
from fairlead.classify.terms import Entry
from fairlead.classify.words import Reading, read_words
from fairlead.model.schemas import CLASSIFICATION
from fairlead.model.vocabulary import PartyKind
from fairlead.reference import load_yaml

#: How sure a code makes a good, and a sector.
CODE_CONFIDENCE: Final = 0.95

_RECRUITMENT: Final = Entry("sector", "labour_recruitment")
_CACHED_LINES: Final = 100_000


@dataclass(frozen=True)
class _Line:
    """What a row says of what it sells."""

    hs: str | None
    cpv: str | None
    isic: str | None
    product: str | None
    name: str
    kind: str | None


def classify(rows: pa.Table) -> pa.Table:
    """Return a CLASSIFICATION row for each supplier row whose good or sector is known.

    A code given in the list decides; the product's words then add the good where the code shows only the
    sector. Without a code the words decide. The supplier's own name is read only where the list says
    nothing about the product. What cannot be recognised is left out: an unknown good is not guessed.
    """
    columns = ("row_id", "hs", "cpv", "isic", "product", "name", "kind")
    lines = zip(*(rows.column(column).to_pylist() for column in columns), strict=True)
    found = []
    for row_id, hs, cpv, isic, product, name, kind in lines:
        reading = _read(_Line(hs, cpv, isic, product, name or "", kind))
        if reading:
            found.append({"row_id": row_id, **reading})
    return pa.Table.from_pylist(found, schema=CLASSIFICATION)


@lru_cache(maxsize=_CACHED_LINES)
def _read(line: _Line) -> dict[str, object] | None:
    by_words = read_words(line.product) if line.product else None
    if by_code := _read_codes(line):
        refined = by_words if by_words and _refines(by_words.entry, by_code) else None
        return _row(refined or by_code, "code" if refined is None else "text", line)
    if by_words:
        return _row(by_words, "text", line)
    if line.product:
        return None
    if line.kind == PartyKind.LABOUR_PROVIDER:
        return _row(Reading(_RECRUITMENT, line.kind, CODE_CONFIDENCE), "code", line)
    by_name = read_name(line.name)
    return _row(by_name, "name", line) if by_name else None


def _read_codes(line: _Line) -> Reading | None:
    attempts = (
        (line.hs, good_of_hs),
        (line.hs, sector_of_hs),
        (line.cpv, sector_of_cpv),
        (line.isic, sector_of_isic),
    )
    for code, look_up in attempts:
        if code and (entry := look_up(code)):
            return Reading(entry, code, CODE_CONFIDENCE)
    return None


def _refines(words: Entry, by_code: Reading) -> bool:
    """Say whether the words name a variant of the code's good, or where the code shows a sector only, a good of it.

    A good that has a longer code than the one given is one of those that the code leaves open.
    """
    code = by_code.entry
    if words.level != "good":
        return False
    if code.level == "good":
        return words.key in _variants().get(code.key, ())
    longer = any(own.startswith(by_code.matched) for own in codes_of(words, "hs"))
    return longer or sector_of_good(words.key) == code.key


@cache
def _variants() -> Mapping[str, Sequence[str]]:
    """Return goods that share the codes of another and are made in another way, by that other good."""
    variants: Mapping[str, Sequence[str]] = load_yaml("product_words")["variants"]
    return variants


def _row(reading: Reading, basis: str, line: _Line) -> dict[str, object]:
    entry = reading.entry
    is_good = entry.level == "good"
    return {
        "good": entry.key if is_good else None,
        "hs": line.hs or (_only(codes_of(entry, "hs")) if is_good else None),
        "sector": sector_of_good(entry.key) if is_good else entry.key,
        "isic": line.isic or _only(codes_of(entry, "isic")),
        "basis": basis,
        "matched": reading.matched,
        "confidence": reading.confidence,
    }


def _only(codes: tuple[str, ...]) -> str | None:
    """Return the code where there is just one; several leave it open which is meant."""
    return codes[0] if len(codes) == 1 else None
