"""Tables that nobody publishes as a file: kept by hand in inputs/, and given their source's edition and licence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.load import Row


def _rows_of(name: str) -> Callable[[Files], Iterable[Row]]:
    return lambda _: read_input(name)


BUILDERS: Final = (
    Builder("cpv_isic4", ("cpv", "isic", "rank"), (), _rows_of("cpv_isic4")),
    Builder("indicator_axes", ("indicator", "axis", "basis"), (), _rows_of("indicator_axes")),
    Builder("indicators", ("indicator", "number", "name"), (), _rows_of("indicators")),
    Builder(
        "state_imposed",
        ("iso3", "region", "region_terms", "good", "from_year", "to_year", "basis"),
        (),
        _rows_of("state_imposed"),
    ),
    Builder("first_processed", ("good", "raw_good", "basis"), (), _rows_of("first_processed")),
    Builder("labour_process", ("good", "process", "basis"), (), _rows_of("labour_process")),
    Builder(
        "tied_permits",
        ("iso3", "sectors", "reach", "from_year", "to_year", "basis"),
        (),
        _rows_of("tied_permits"),
    ),
)
