"""Kinds of values that bodies hold, and how bodies are read: strictly, unknown fields refused."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

#: Text without the letter of code 0, which PostgreSQL does not keep.
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
ShortText = Annotated[str, StringConstraints(max_length=400, pattern=r"^[^\x00]*$")]
LongText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(description="ISO 3166-1 alpha-3")]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
    Field(description="A day, month or year, as precise as it is known: 2026-03-14, 2026-03 or 2026"),
]
WholeDay = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


def _in_digits(given: Any) -> Any:
    """Refuse 1.0, +1 and 1_0 in an address, which pydantic would take for 1 and 10: a record has one address."""
    if isinstance(given, str) and not (given.isascii() and given.isdigit()):
        raise ValueError("It is no whole number, written in digits.")
    return given


WholeNumber = Annotated[int, BeforeValidator(_in_digits)]
Number = Annotated[WholeNumber, Field(ge=1, le=2**53)]


class Given(BaseModel):
    """A body that a caller sends: a number is a number, a text a text, and what is not known is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
