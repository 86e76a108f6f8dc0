"""Puts new files in the place of old ones, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def replace_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder, made when it is not there, so that each appears whole and all or none change.

    Everything is written beside its place first; when a later step fails, what was moved in is moved out again.
    Raises OSError when the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = {name: _content(folder / name) for name in contents}
    try:
        for name, content in contents.items():
            _write_whole(folder / f".{name}.new", content)
        for name in contents:
            (folder / f".{name}.new").replace(folder / name)
    except OSError:
        for name, earlier in before.items():
            _restore(folder / name, earlier)
        raise
    finally:
        for name in contents:
            (folder / f".{name}.new").unlink(missing_ok=True)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _write_whole(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _restore(path: Path, content: bytes | None) -> None:
    if content == _content(path):
        return
    if content is None:
        path.unlink()
    else:
        _write_whole(path, content)
