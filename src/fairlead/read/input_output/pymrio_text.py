"""EXIOBASE 3, and any other table in the text format of pymrio: A or Z, Y and x as text, with two rows of headings."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fairlead.errors import InvalidTable, Where
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, coefficients_of, output_of, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_of
from fairlead.read.input_output.text import TextMatrix, read_text_matrix
from fairlead.read.input_output.years import agreed_year, file_of, year_in

_COEFFICIENTS: Final = r"A\.txt"
_FLOWS: Final = r"Z\.txt|trade_flows_Z\.txt"
_FINAL_DEMAND: Final = r"Y\.txt|final?d?_demand_Y\.txt"
_OUTPUT: Final = r"x\.txt"
_FACTORS: Final = r"F\.txt|factor_input\.txt"
_LABOUR: Final = re.compile(r"compensation of employees", re.IGNORECASE)
_LABEL_COLUMNS: Final = 2


def is_pymrio_text(parts: Parts) -> bool:
    """Say whether the files are those of a table in pymrio's text format."""
    return bool(parts.find(f"{_COEFFICIENTS}|{_FLOWS}") and parts.find(_FINAL_DEMAND))


def read_pymrio_text(parts: Parts, year: int | None = None) -> InputOutputTable:
    """Read a table from A.txt or Z.txt, Y.txt and, where it is there, x.txt; labour from F.txt where it tells of it.

    Without x.txt, as in the first archives of EXIOBASE 3, output is what is sold: x = sum_j Z_ij + sum_k Y_ik, or with
    A the sum of x = y + Ay + AAy + ... The edition is that of the metadata, the year that of the folder or archive;
    `year` chooses where several tables lie under the path.
    Raises InvalidTable when a file is missing or the sizes do not fit, OptionError when a year has to be chosen.
    """
    table, found_year = _one_table(parts, year)
    coefficient_files, flow_files = table.find(_COEFFICIENTS), table.find(_FLOWS)
    demand_files, output_files = table.find(_FINAL_DEMAND), table.find(_OUTPUT)
    name = (coefficient_files or flow_files)[0]
    if not demand_files:
        raise InvalidTable("has no final demand (Y.txt) beside it.", where=Where(file=name), do=_WHOLE_FOLDER)
    matrix = read_text_matrix(table, name, single=bool(coefficient_files))
    labels = _labels(matrix, name)
    final_demand = _same_rows(read_text_matrix(table, demand_files[0]), labels, demand_files[0]).sum(axis=1)
    if output_files:
        output = _same_rows(read_text_matrix(table, output_files[0]), labels, output_files[0])[:, 0]
    elif coefficient_files:
        output = output_of(matrix.values, final_demand, parts.file)
    else:
        output = matrix.values.sum(axis=1) + final_demand
    scheme = scheme_of(tuple(dict.fromkeys(labels.industries)))
    origin = Origin(
        file=parts.file,
        scheme=scheme.name,
        sha256=parts.sha256([name, demand_files[0], *output_files[:1]]),
        licence=scheme.licence,
        edition=str(_metadata(table).get("version") or scheme.edition),
        year=agreed_year(year, found_year, parts.file),
        unit=scheme.unit,
    )
    coefficients = matrix.values if coefficient_files else coefficients_of(matrix.values, output)
    return table_from(coefficients, output, final_demand, labels, origin, labour=_labour(table, labels))


_WHOLE_FOLDER: Final = "Give the whole archive or folder as published."


def _one_table(parts: Parts, year: int | None) -> tuple[Parts, int | None]:
    """Return the files of the table to read, and its year: those of one folder, where several tables lie in several."""
    folders = {
        folder: year_in(*reversed(PurePosixPath(folder).parts), parts.file)
        for folder in (PurePosixPath(name).parent.as_posix() for name in parts.find(f"{_COEFFICIENTS}|{_FLOWS}"))
    }
    folder = file_of(folders, year, parts.file)
    inside = [name for name in parts.names if PurePosixPath(name).is_relative_to(folder)]
    return replace(parts, names=inside), folders[folder]


def _labels(matrix: TextMatrix, name: str) -> Labels:
    rows = [label[:_LABEL_COLUMNS] for label in matrix.rows]
    if any(len(label) < _LABEL_COLUMNS for label in rows):
        raise InvalidTable("has no labels of region and sector on the left.", where=Where(file=name))
    if rows != [tuple(label[:_LABEL_COLUMNS]) for label in matrix.columns]:
        raise InvalidTable("names other industries in its rows than in its columns.", where=Where(file=name))
    return Labels([label[0] for label in rows], [label[1] for label in rows])


def _same_rows(matrix: TextMatrix, labels: Labels, name: str) -> npt.NDArray[Any]:
    expected = list(zip(labels.regions, labels.industries, strict=True))
    if [label[:_LABEL_COLUMNS] for label in matrix.rows] != expected:
        raise InvalidTable("has other rows than the table of industries.", where=Where(file=name))
    return matrix.values


def _labour(parts: Parts, labels: Labels) -> Floats | None:
    """Return the compensation of employees of each cell, from the first file of factors that has rows of it."""
    expected = list(zip(labels.regions, labels.industries, strict=True))
    # an archive has many files of this name, most of them of emissions
    for name in sorted(parts.find(_FACTORS), key=lambda name: "factor" not in name.lower()):
        factors = read_text_matrix(parts, name)
        rows = [place for place, label in enumerate(factors.rows) if _LABOUR.search(label[0])]
        if rows and [tuple(label[:_LABEL_COLUMNS]) for label in factors.columns] == expected:
            return np.asarray(factors.values[rows].sum(axis=0), dtype=np.float64)
    return None


def _metadata(parts: Parts) -> dict[str, Any]:
    for name in parts.find(r"metadata\.json|file_parameters\.json"):
        with parts.open(name) as file:
            try:
                found = json.load(file)
            except ValueError:
                continue
        if isinstance(found, dict):
            return found
    return {}
