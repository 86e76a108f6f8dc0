"""A sentence that can still be put into another language: an English template and its values.

Rooms below the report never write finished prose. They return a `Message`; the report renders it in
the reader's language. The placeholder's format says what the value is, so that a country code becomes
the country's name and a date the reader's date: `message("{good:good} from {country:country}",
good="cotton", country="TKM")`.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

#: The formats a placeholder may have; `fairlead.language` knows how to write each.
PLACEHOLDER_FORMATS: Final = frozenset(
    {"", "country", "good", "sector", "date", "number", "percent", "money", "factor", "term"}
)


@dataclass(frozen=True)
class Message:
    """An English template and the values of its placeholders, all of them text."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English, its codes as they stand: for errors and logs, which need no catalogue."""
        return _ENGLISH.vformat(self.template, (), self.values)

    def to_arrow(self) -> dict[str, object]:
        """Return the value that a column of `MESSAGE_TYPE` takes."""
        return {"template": self.template, "values": sorted(self.values.items())}

    @classmethod
    def from_arrow(cls, value: Mapping[str, object]) -> Message:
        """Read back what `to_arrow` made."""
        return cls(str(value["template"]), dict(value["values"] or ()))  # type: ignore[call-overload]


def message(template: str, **values: str) -> Message:
    """Make a message; the catalogue extraction finds templates by this function's name."""
    return Message(template, values)


class _English(string.Formatter):
    """Puts values in as they are, and numbers with commas."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return f"{Decimal(value):,}" if format_spec == "number" else str(value)


_ENGLISH: Final = _English()
