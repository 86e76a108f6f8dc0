"""What the tables of this room rest on: places in instruments, or a judgement of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from fairlead.errors import InvalidReference, Where
from fairlead.remedy.tables import read_table

#: What stands in a table in place of sources where the project has judged by itself.
ELICITED: Final = "elicited"

Read = TypeVar("Read")


@dataclass(frozen=True)
class Instrument:
    """A treaty (binding on the States that ratified it) or a piece of guidance."""

    key: str
    title: str
    publisher: str
    binding: bool


@dataclass(frozen=True)
class Source:
    """A place in an instrument, such as principle 19."""

    instrument: Instrument
    at: str


def sources_of(entry: Mapping[str, Any]) -> tuple[Source, ...]:
    """Return what an entry of a table rests on; nothing where it is elicited.

    Raises KeyError or ValueError where it says neither, or names an instrument that is not there.
    """
    given = entry["rests_on"]
    if given == ELICITED:
        return ()
    if not given or isinstance(given, str):
        raise ValueError(f"it rests on “{given}”, which is neither a list of places nor the word {ELICITED}")
    return tuple(Source(_instrument(each["in"]), str(each["at"])) for each in given)


def _instrument(key: str) -> Instrument:
    entry = read_table("instruments")[key]
    return Instrument(key, entry["title"], entry["publisher"], bool(entry["binding"]))


def read_entry(file: str, name: str, read: Callable[..., Read], *given: Any) -> Read:
    """Return what `read` makes of a table's entry. Raises InvalidReference, with its name, where it cannot be read."""
    try:
        return read(*given)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidReference(f"the entry “{name}” cannot be read: {error!r}.", where=Where(file=file)) from error
