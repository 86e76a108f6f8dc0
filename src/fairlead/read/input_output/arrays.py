"""Tables kept as numpy arrays: flows Z, final demand F, output x, region codes c and industry codes i."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from fairlead.errors import InvalidTable, UnreadableFile, Where
from fairlead.model.input_output import InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, coefficients_of, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_of
from fairlead.read.input_output.years import agreed_year, year_in

_NEEDED = ("Z", "F", "x", "c", "i")


def is_arrays(parts: Parts) -> bool:
    """Say whether the path is a file of numpy arrays."""
    return parts.path.suffix.lower() == ".npz"


def read_arrays(parts: Parts, year: int | None = None) -> InputOutputTable:
    """Read a .npz file with Z (n x n), F (n x final uses), x (n), c (regions) and i (industries); n = len(c) len(i).

    Cells are ordered by region, then by industry. The year is that of the file's name where none is given.
    Raises InvalidTable when an array is missing or the sizes do not fit, UnreadableFile when it is no such file.
    """
    arrays = _arrays(parts)
    regions, industries = (tuple(map(str, arrays[name])) for name in ("c", "i"))
    labels = Labels(
        [region for region in regions for _ in industries], [industry for _ in regions for industry in industries]
    )
    output = np.asarray(arrays["x"], dtype=np.float64).ravel()
    flows = np.asarray(arrays["Z"])
    if flows.ndim != 2 or flows.shape[1] != len(output) or len(output) != len(labels.regions):  # noqa: PLR2004
        raise InvalidTable(
            f"has flows of {flows.shape}, output of {len(output)} and {len(regions)} regions of {len(industries)} "
            "industries; these do not fit.",
            where=Where(file=parts.file),
        )
    scheme = scheme_of(industries)
    origin = Origin(
        file=parts.file,
        scheme=scheme.name,
        sha256=parts.sha256(),
        licence=scheme.licence,
        edition=scheme.edition,
        year=agreed_year(year, year_in(parts.file), parts.file),
        unit=scheme.unit,
    )
    final_demand = np.asarray(arrays["F"], dtype=np.float64).reshape(len(output), -1).sum(axis=1)
    return table_from(coefficients_of(flows, output), output, final_demand, labels, origin)


def _arrays(parts: Parts) -> dict[str, npt.NDArray[Any]]:
    try:
        with np.load(parts.path, allow_pickle=False) as file:
            missing = [name for name in _NEEDED if name not in file.files]
            if missing:
                raise InvalidTable(
                    f"has no array {missing[0]}; needed are {', '.join(_NEEDED)}.", where=Where(file=parts.file)
                )
            return {name: file[name] for name in _NEEDED}
    except (OSError, ValueError, EOFError) as error:
        raise UnreadableFile(f"is no file of numpy arrays ({error}).", where=Where(file=parts.file)) from error
