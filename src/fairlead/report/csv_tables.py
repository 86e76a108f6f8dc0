"""The CSV files: which columns they have and how their rows are made.

Headings and closed words are English in every language, so that programs can read them; reasons are sentences in
the reader's language. Several values in one cell are parted by " | ".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pyarrow as pa

from fairlead.report.ratings import tells
from fairlead.report.register import Register
from fairlead.report.texts import Texts
from fairlead.write.csv_file import plain_decimal
from fairlead.write.json_file import dumped
from fairlead.write.safe_cell import Value

SEPARATOR: Final = " | "

#: Digits after the point of a probability.
_DIGITS: Final = 6

#: Digits after the point of workers times probability.
_PEOPLE_DIGITS: Final = 3

PARTY_COLUMNS: Final = (
    "rank",
    "party_id",
    "name",
    "other_names",
    "kind",
    "legal_form",
    "country",
    "identifiers",
    "workforce",
    "goods",
    "sectors",
    "tier",
    "spend",
    "data",
    "band",
    "p",
    "p_low",
    "p_high",
    "find_out",
    "missing",
    "two_axes",
    "indicators",
    "workers",
    "workers_times_p",
    "workers_times_p_low",
    "workers_times_p_high",
    "reasons",
    "source_rows",
    "row_ids",
    "named_in_rows",
)

LINK_COLUMNS: Final = (
    "link_id",
    "from_id",
    "from_name",
    "to_id",
    "to_name",
    "kind",
    "tier",
    "good",
    "hs",
    "sector",
    "isic",
    "spend",
    "currency",
    "share",
    "from_date",
    "to_date",
    "source_rows",
    "row_ids",
    "stated_in",
)

SET_ASIDE_COLUMNS: Final = ("file", "sheet", "row", "column", "reason", "cells")


def party_cells(register: Register, texts: Texts) -> Iterator[Sequence[Value]]:
    """Yield the rows of parties.csv, in the order of the work list."""
    for entry in register.entries(register.case.order):
        party, rating = entry.party, entry.rating
        axes, scale = register.case.axes(party["party_id"]), register.case.scale(rating)
        yield (
            entry.place,
            party["party_id"],
            party["name"],
            _joined(name for name in party["names"] if name != party["name"]),
            party["kind"],
            party["legal_form"],
            party["country"],
            _joined(_identifier(one) for one in party["identifiers"] or ()),
            _joined(party["workforce"] or ()),
            _joined(sorted({link["good"] for link in entry.deliveries if link["good"]})),
            _joined(sorted({link["sector"] for link in entry.deliveries if link["sector"]})),
            entry.tier,
            _joined(f"{plain_decimal(amount)} {code}".strip() for code, amount in entry.spend.items()),
            rating["data"],
            rating["band"],
            _probability(rating["p"]),
            _probability(rating["p_low"]),
            _probability(rating["p_high"]),
            rating["find_out"],
            _joined(rating["missing"] or ()),
            str(axes.signs),
            _joined(map(str, axes.reported)),
            scale.workers,
            *(_people(value) for value in (scale.middle, scale.low, scale.high)),
            _joined(reasons(rating["terms"] or (), texts)),
            _joined(register.places(entry.party["row_ids"] or ())),
            _joined(entry.party["row_ids"] or ()),
            _joined(register.places(register.only_named_in(entry))),
        )


def reasons(terms: Iterable[Any], texts: Texts) -> Iterator[str]:
    """Yield the terms of a rating but the starting point, the weightiest first, each with its factor."""
    weighed = [term for term in terms if tells(term)]
    for term in sorted(weighed, key=lambda term: (-term["nats"], term["name"])):
        yield f"{texts.factor(term['nats'])} {texts(term['text'])}"


def link_cells(register: Register) -> Iterator[Sequence[Value]]:
    """Yield the rows of links.csv, in the order of their ids."""
    parties = register.case.assessment.parties
    names = dict(zip(parties["party_id"].to_pylist(), parties["name"].to_pylist(), strict=True))
    for batch in register.case.assessment.links.to_batches(max_chunksize=4096):
        for link in batch.to_pylist():
            sources = sorted(register.sources[one] for one in link["row_ids"] or () if one in register.sources)
            yield (
                link["link_id"],
                link["from_id"],
                names.get(link["from_id"]),
                link["to_id"],
                names.get(link["to_id"]),
                link["kind"],
                link["tier"],
                link["good"],
                link["product"],
                link["sector"],
                link["isic"],
                link["spend"],
                link["currency"],
                link["share"],
                link["from_date"],
                link["to_date"],
                _joined(f"{file}:{sheet}:{row}" for file, sheet, row in sources),
                _joined(link["row_ids"] or ()),
                _joined(link["locators"] or ()),
            )


def set_aside_cells(table: pa.Table, texts: Texts) -> Iterator[Sequence[Value]]:
    """Yield the rows of rejected.csv and remarks.csv; the original cells stand in one cell as a JSON list."""
    for batch in table.to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            cells = dumped(row["cells"] or []).decode("utf-8")
            yield (row["file"], row["sheet"], row["row"], row["column"], texts(row["reason"]), cells)


def _identifier(one: Any) -> str:
    state = {True: "", False: " (invalid)", None: ""}[one["valid"]]
    return f"{one['scheme'] or ''}:{one['value']}{state}"


def _probability(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _people(value: float | None) -> float | None:
    return None if value is None else round(value, _PEOPLE_DIGITS)


def _joined(parts: Iterable[str]) -> str:
    return SEPARATOR.join(parts)
