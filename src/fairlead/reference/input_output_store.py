"""Keeps the user's input-output tables under FAIRLEAD_HOME, each in a folder of its own, whole or not at all."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
from scipy import sparse

from fairlead.errors import InvalidReference, NoTableAdded, UpdateFailed, Where
from fairlead.model.input_output import Corrections, InputOutputTable
from fairlead.reference.home import user_reference_folder

_FOLDER: Final = "io"
_ABOUT: Final = "table.json"
_ARRAYS: Final = ("indptr", "indices", "data", "region", "industry", "output", "final_demand")
_TEXTS: Final = ("scheme", "year", "edition", "unit", "licence", "sha256", "regions", "industries")


@dataclass(frozen=True)
class KeptTable:
    """What is known of a table without reading it: its name, codes, year, edition, unit, terms, hash and size."""

    name: str
    scheme: str
    year: int | None
    edition: str
    unit: str
    licence: str
    sha256: str
    regions: int
    industries: int


def input_output_folder() -> Path:
    """Return the folder in which the tables are kept; it may not exist yet."""
    return user_reference_folder() / _FOLDER


def keep_table(table: InputOutputTable) -> Path:
    """Store a table and return its folder; an earlier table of the same name is replaced when all is written.

    Raises UpdateFailed when the folder cannot be written to.
    """
    folder = input_output_folder()
    target = folder / table.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
        try:
            _write(partial, table)
            _put_in_place(partial, target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        raise UpdateFailed(
            f"{folder} cannot be written to ({error.strerror}).", do="The tables in use are unchanged."
        ) from error
    return target


def _put_in_place(partial: Path, target: Path) -> None:
    with _moved_away(target):
        partial.rename(target)


@contextmanager
def _moved_away(target: Path) -> Iterator[None]:
    """Move what lies at the target away; bring it back when what follows fails."""
    if not target.exists():
        yield
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=target.parent)) / target.name
    target.rename(old)
    try:
        yield
    except OSError:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def _write(folder: Path, table: InputOutputTable) -> None:
    inputs = table.inputs
    arrays: dict[str, Any] = {"indptr": inputs.indptr, "indices": inputs.indices, "data": inputs.data}
    arrays |= {name: getattr(table, name) for name in ("region", "industry", "output", "final_demand")}
    if table.labour is not None:
        arrays["labour"] = table.labour
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
    about = {name: getattr(table, name) for name in _TEXTS} | {"corrections": dataclasses.asdict(table.corrections)}
    (folder / _ABOUT).write_bytes(orjson.dumps(about, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2))


def kept_tables() -> tuple[KeptTable, ...]:
    """Return what tables there are, by name. Raises InvalidReference when a description is damaged."""
    return tuple(_kept(path.parent) for path in sorted(input_output_folder().glob(f"[!.]*/{_ABOUT}")))


def _kept(folder: Path) -> KeptTable:
    about = _about(folder)
    texts = {name: about[name] for name in ("scheme", "year", "edition", "unit", "licence", "sha256")}
    return KeptTable(folder.name, **texts, regions=len(about["regions"]), industries=len(about["industries"]))


def _about(folder: Path) -> Mapping[str, Any]:
    where = Where(file=f"{folder.name}/{_ABOUT}")
    try:
        about = orjson.loads((folder / _ABOUT).read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise InvalidReference(f"cannot be read ({error}).", where=where, do="Add the table again.") from error
    if not isinstance(about, dict) or set(_TEXTS) - set(about):
        raise InvalidReference("is not a table's description.", where=where, do="Add the table again.")
    return about


def chosen_table(name: str | None = None, year: int | None = None) -> str:
    """Return the name of the table to use: the one named, else of those of the year, or of all, the newest.

    Of several of the same year the one with the most industries is taken. Raises NoTableAdded when there is none.
    """
    tables = kept_tables()
    if not tables:
        raise NoTableAdded(
            "No input-output table has been added.",
            do="Download one (docs/how-to/look-beyond-mapped-tiers.md says where) and add it with "
            "`fairlead reference add io FILE`.",
        )
    fitting = [one for one in tables if name in (None, one.name, one.scheme) and year in (None, one.year)]
    if not fitting:
        asked = " ".join(filter(None, (name, f"of {year}" if year else "")))
        raise NoTableAdded(
            f"There is no input-output table {asked}.", do=f"Those added are {', '.join(one.name for one in tables)}."
        )
    return max(fitting, key=lambda one: (one.year or 0, one.regions * one.industries, one.name)).name


def load_table(name: str) -> InputOutputTable:
    """Return a stored table.

    Raises NoTableAdded when there is no such table, InvalidReference when its files are damaged.
    """
    folder = input_output_folder() / name
    if not (folder / _ABOUT).is_file():
        raise NoTableAdded(
            f"There is no input-output table {name}.", do="`fairlead reference add io --list` lists them."
        )
    about = _about(folder)
    try:
        arrays = {one: np.load(folder / f"{one}.npy", allow_pickle=False) for one in _ARRAYS}
        labour = np.load(folder / "labour.npy", allow_pickle=False) if (folder / "labour.npy").is_file() else None
        count = len(arrays["output"])
        inputs = sparse.csr_matrix(
            (arrays["data"], arrays["indices"], arrays["indptr"]), shape=(count, count), copy=False
        )
    except (OSError, ValueError) as error:
        raise InvalidReference(
            f"cannot be read ({error}).", where=Where(file=name), do="Add the table again."
        ) from error
    return InputOutputTable(
        scheme=about["scheme"],
        year=about["year"],
        edition=about["edition"],
        unit=about["unit"],
        licence=about["licence"],
        sha256=about["sha256"],
        regions=tuple(about["regions"]),
        industries=tuple(about["industries"]),
        region=arrays["region"],
        industry=arrays["industry"],
        inputs=inputs,
        output=arrays["output"],
        final_demand=arrays["final_demand"],
        labour=labour,
        corrections=Corrections(**about.get("corrections", {})),
    )
