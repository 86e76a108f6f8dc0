"""Reads supplier lists: every format, its columns, countries, identifiers and amounts; nothing is lost."""

from fairlead.read.columns import recognise
from fairlead.read.country import find_country
from fairlead.read.identifier import Identifier, read_identifier
from fairlead.read.mapping import ColumnMapping, ColumnUse, SheetMapping, read_mapping, write_mapping
from fairlead.read.sheet import Sheet
from fairlead.read.sheets import list_files, read_sheets
from fairlead.read.suppliers import ReadResult, read_suppliers

__all__ = [
    "ColumnMapping",
    "ColumnUse",
    "Identifier",
    "ReadResult",
    "Sheet",
    "SheetMapping",
    "find_country",
    "list_files",
    "read_identifier",
    "read_mapping",
    "read_sheets",
    "read_suppliers",
    "recognise",
    "write_mapping",
]
