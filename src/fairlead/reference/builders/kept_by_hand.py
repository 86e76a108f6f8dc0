"""Tables that nobody publishes as a file: kept by hand in inputs/, and given their source's edition and licence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.load import Row


def _rows_of(name: str) -> Callable[[Files], Iterable[Row]]:
    return lambda _: read_input(name)


#: Both tables of labour imposed by a State have the same columns, and are read together.
_IMPOSED: Final = ("iso3", "region", "region_terms", "good", "from_year", "to_year", "basis")

BUILDERS: Final = (
    Builder("cpv_isic4", ("cpv", "isic", "rank"), (), _rows_of("cpv_isic4")),
    Builder("indicator_axes", ("indicator", "axis", "basis"), (), _rows_of("indicator_axes")),
    Builder("indicators", ("indicator", "number", "name"), (), _rows_of("indicators")),
    Builder("labour_inquiries", _IMPOSED, (), _rows_of("labour_inquiries")),
    Builder("state_imposed", _IMPOSED, (), _rows_of("state_imposed")),
    Builder("first_processed", ("good", "raw_good", "basis"), (), _rows_of("first_processed")),
    Builder("labour_process", ("good", "process", "basis"), (), _rows_of("labour_process")),
    Builder(
        "tied_permits",
        ("iso3", "sectors", "reach", "from_year", "to_year", "basis"),
        (),
        _rows_of("tied_permits"),
    ),
)
