"""What an archive holds: by which version it was made, from which kind of database, and the hash of every file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import orjson

from fairlead.errors import UnreadableFile, Where

#: The number of this layout; an archive with a higher one is refused.
LAYOUT: Final = 1
NAME: Final = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """One file of an archive."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """The last member of an archive. `database` is the name of the member that holds the database.

    `kind` is sqlite, postgresql or portable; `migrations` names those that were applied, such as parties.0001_initial.
    """

    layout: int
    program_version: str
    kind: str
    database: str
    migrations: tuple[str, ...]
    files: Mapping[str, Entry]

    def to_bytes(self) -> bytes:
        """Return it as JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def from_bytes(content: bytes, archive: str) -> Manifest:
    """Read a manifest back. Raises UnreadableFile where it is none, or one of a later layout."""
    try:
        read = orjson.loads(content)
        files = {name: Entry(**entry) for name, entry in read.pop("files").items()}
        manifest = Manifest(**{**read, "files": files, "migrations": tuple(read["migrations"])})
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile("is no backup of Fairlead.", where=Where(file=archive)) from error
    if manifest.layout > LAYOUT:
        raise UnreadableFile(
            "was made by a later version of Fairlead.", where=Where(file=archive), do="Install that version first."
        )
    return manifest
