"""The mapping of columns to fields: what was found, written so that a person can correct it and pass it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from fairlead.errors import MappingError, Where
from fairlead.model.vocabulary import Workforce
from fairlead.read.amount import Decimals
from fairlead.read.identifier_schemes import SCHEMES
from fairlead.read.sheet import column_index

IGNORED: Final = "ignored"

FieldName = Literal[
    "name",
    "other_names",
    "kind",
    "address",
    "city",
    "region",
    "country",
    "identifiers",
    "product",
    "hs",
    "cpv",
    "isic",
    "spend",
    "currency",
    "tier",
    "parent",
    "parent_share",
    "controller",
    "operator",
    "subcontracts_for",
    "customer",
    "workers",
    "workforce",
    "labour_provider",
    "site",
    "latitude",
    "longitude",
    "list_id",
    "postcode",
    "given_name",
    "surname",
    "birth_date",
    "birth_place",
    "gender",
    "occupation",
    "phone",
    "email",
    "personal_number",
    "ignored",
]

#: Fields that several columns of one sheet may serve.
MANY: Final = frozenset({"other_names", "address", "identifiers", "product", "workforce", IGNORED})

#: A sheet needs one of these; a given name and a surname together are a name.
_NAMES: Final = frozenset({"name", "given_name", "surname"})

_HEAD: Final = """\
# How Fairlead understood the columns. Correct what is wrong and pass the file back with --mapping.
#
#   field        one of: name, other_names, kind, address, city, region, country, identifiers, product, hs, cpv, isic,
#                spend, currency, tier, parent, parent_share, controller, operator, subcontracts_for, customer, workers,
#                workforce, labour_provider, site, latitude, longitude, list_id, postcode; of persons given_name,
#                surname, birth_date, birth_place, gender, occupation, phone, email, personal_number; or ignored
#   also         further fields that the same column serves, such as [country] for an address that ends in one
#   scheme       of identifiers: KZ-BIN, KZ-IIN, RU-INN, LEI, ...; TAX, REG, VAT where the row's country decides
#   currency     of spend: the ISO 4217 code for the whole column
#   decimals     of spend: comma (1.234,50) or point (1,234.50)
#   multiplier   of spend: 1000 where the column is in thousands
#   header_rows  the rows of the headings as the spreadsheet numbers them; [] where there are none
#   read         false leaves the sheet out
#
# Columns are found by their heading; the letter tells two with the same heading apart.
"""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnUse(_Strict):
    """What one column holds."""

    column: str
    heading: str = ""
    field: FieldName = IGNORED
    also: tuple[FieldName, ...] = ()
    scheme: str | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    decimals: Decimals | None = None
    multiplier: Annotated[int, Field(ge=1)] = 1
    workforce: Workforce | None = None

    @field_validator("column")
    @classmethod
    def _letter(cls, value: str) -> str:
        column_index(value)
        return value.upper()

    @field_validator("scheme")
    @classmethod
    def _known_scheme(cls, value: str | None) -> str | None:
        if value is not None and value not in SCHEMES:
            raise ValueError(f"{value} is not a scheme; known are {', '.join(sorted(SCHEMES))}")
        return value

    @property
    def index(self) -> int:
        """The column's place, counted from 0."""
        return column_index(self.column)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that the column serves."""
        return (self.field, *self.also)


class SheetMapping(_Strict):
    """How the columns of one sheet are used."""

    file: str
    sheet: str = ""
    read: bool = True
    header_rows: tuple[Annotated[int, Field(ge=1)], ...] = ()
    columns: tuple[ColumnUse, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> SheetMapping:
        seen: dict[str, str] = {}
        for use in self.columns:
            for field in use.fields:
                if field not in MANY and field in seen:
                    raise ValueError(
                        f"columns {seen[field]} and {use.column} are both {field}; one of them must be ignored"
                    )
                seen[field] = use.column
        letters = [use.column for use in self.columns]
        if len(set(letters)) != len(letters):
            raise ValueError("a column stands here twice")
        if self.read and not _NAMES.intersection(seen):
            raise ValueError("no column is the name")
        return self

    def uses(self, field: str) -> tuple[ColumnUse, ...]:
        """Return the columns that serve a field, from left to right."""
        return tuple(sorted((use for use in self.columns if field in use.fields), key=lambda use: use.index))


class ColumnMapping(_Strict):
    """How the columns of all sheets are used."""

    version: Literal[1] = 1
    sheets: tuple[SheetMapping, ...] = ()

    @field_validator("version", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdigit() else value

    def find(self, file: str, sheet: str) -> SheetMapping | None:
        """Return the part that is about a sheet, or None."""
        return next((part for part in self.sheets if part.file == file and part.sheet == sheet), None)


def write_mapping(mapping: ColumnMapping, path: Path) -> None:
    """Write a mapping as YAML, with a comment at the top that says how to correct it."""
    content = mapping.model_dump(mode="json", exclude_defaults=True) | {"version": mapping.version}
    ordered = {"version": content["version"], "sheets": content.get("sheets", [])}
    for sheet, part in zip(ordered["sheets"], mapping.sheets, strict=True):
        if part.read and not part.header_rows:
            sheet["header_rows"] = []
        for column, use in zip(sheet.get("columns", []), part.columns, strict=True):
            column["field"] = use.field
    text = yaml.dump(
        ordered, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False, indent=2
    )
    path.write_text(_HEAD + text, encoding="utf-8")


def read_mapping(path: Path) -> ColumnMapping:
    """Read a mapping that a person may have corrected.

    Raises MappingError, which names the line, where the file is not YAML or says something that cannot be.
    """
    where = Where(file=path.name)
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        _refuse_repeated_keys(node, path.name)
        content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text, lists and maps
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(
            "The mapping cannot be read: it is not there or not UTF-8.", where=where, do="Check its path."
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise MappingError(
            f"The mapping is not YAML: {error.problem or error.context}.",
            where=Where(file=path.name, row=mark.line + 1 if mark else None),
            do="Compare the line with its neighbours.",
        ) from error
    except yaml.YAMLError as error:
        raise MappingError("The mapping is not YAML.", where=where, do="Write it anew with fairlead assess.") from error
    except RecursionError as error:
        raise MappingError(
            "The mapping contains itself or too many levels.", where=where, do="Write it anew with fairlead assess."
        ) from error
    try:
        mapping = ColumnMapping.model_validate(content)
    except ValidationError as error:
        raise _named(error, node, path.name) from error
    _refuse_repeated_sheets(mapping, path.name)
    return mapping


class _Dumper(yaml.SafeDumper):
    """Writes short lists of plain values in one line and everything else below each other."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent list items under their key, as people do."""
        super().increase_indent(flow, False)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        """Write a list of plain values in one line."""
        plain = all(not isinstance(item, dict | list | tuple) for item in sequence)
        return super().represent_sequence(tag, sequence, flow_style=plain or flow_style)

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Write a text, in quotation marks where it holds signs that are not printed."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isprintable() else '"')


_Dumper.add_representer(str, _Dumper.represent_text)


def _refuse_repeated_keys(node: yaml.Node | None, file: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise MappingError(
                    f"The key “{key.value}” stands here twice.",
                    where=Where(file=file, row=key.start_mark.line + 1),
                    do="Delete one of the two lines.",
                )
            seen.add(key.value)
            _refuse_repeated_keys(value, file)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(item, file)


def _refuse_repeated_sheets(mapping: ColumnMapping, file: str) -> None:
    seen: set[tuple[str, str]] = set()
    for part in mapping.sheets:
        if (part.file, part.sheet) in seen:
            raise MappingError(
                f"The sheet “{part.sheet}” of {part.file} stands here twice.",
                where=Where(file=file),
                do="Delete one of the two.",
            )
        seen.add((part.file, part.sheet))


def _named(error: ValidationError, node: yaml.Node | None, file: str) -> MappingError:
    first = error.errors()[0]
    place = " / ".join(str(part) for part in first["loc"] if not isinstance(part, int))
    what = str(first["msg"]).removeprefix("Value error, ")
    return MappingError(
        f"{place or 'The mapping'}: {what}.",
        where=Where(file=file, row=_line(node, first["loc"])),
        do="Correct this line; the comment at the top of the file says what may stand there.",
    )


def _line(node: yaml.Node | None, place: Sequence[int | str]) -> int | None:
    """Return the line, from 1, on which the part of the document that an error is about begins."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    for part in place:
        below = _child(node, part)
        if below is None:
            break
        key, node = below
        line = key.start_mark.line + 1
    return line


def _child(node: yaml.Node, part: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), None)
    return None
