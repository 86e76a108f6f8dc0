"""Compiles the catalogues of the pages: the project keeps readable .po files, Django reads .mo files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

SOURCES: Final = Path(__file__).parents[1] / "locale"
DOMAIN: Final = "django"


def compiled_catalogues(home: Path) -> Path:
    """Return a folder of .mo files made from the .po files in `SOURCES`; it is made anew when one has changed."""
    files = sorted(SOURCES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
    folder = home / "cache" / f"locale-{digest}"
    for source in files:
        target = folder / source.relative_to(SOURCES).with_suffix(".mo")
        if not target.exists():
            _compile(source, target)
    return folder


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only at the first start
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as file:
        catalogue = read_po(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(target)
