"""EXIOBASE 3, and any other table in the text format of pymrio: A or Z, Y and x as text, with two rows of headings."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fairlead.errors import InvalidTable, Where
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, coefficients_of, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_of
from fairlead.read.input_output.text import TextMatrix, read_text_matrix

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

    With Z output is what is sold, x = sum_j Z_ij + sum_k Y_ik, where there is no x.txt; with A it is needed. The year
    and edition are those of the metadata or the folder's name where none is given.
    Raises InvalidTable when a file is missing or the sizes do not fit.
    """
    coefficient_files, flow_files = parts.find(_COEFFICIENTS), parts.find(_FLOWS)
    name = (coefficient_files or flow_files)[0]
    matrix = read_text_matrix(parts, name, single=bool(coefficient_files))
    labels = _labels(matrix, name)
    demand_file = parts.find(_FINAL_DEMAND)[0]
    final_demand = _same_rows(read_text_matrix(parts, demand_file), labels, demand_file).sum(axis=1)
    output_files = parts.find(_OUTPUT)
    output = _output(parts, output_files, matrix, final_demand, labels, bool(coefficient_files))
    scheme = scheme_of(tuple(dict.fromkeys(labels.industries)))
    about = _metadata(parts)
    used = [name, demand_file, *output_files[:1]]
    origin = Origin(
        file=parts.file,
        scheme=scheme.name,
        sha256=parts.sha256(used),
        licence=scheme.licence,
        edition=str(about.get("version") or scheme.edition),
        year=year or _year(parts, name),
        unit=scheme.unit,
    )
    coefficients = matrix.values if coefficient_files else coefficients_of(matrix.values, output)
    return table_from(coefficients, output, final_demand, labels, origin, labour=_labour(parts, labels))


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


def _output(
    parts: Parts, files: list[str], matrix: TextMatrix, final_demand: Floats, labels: Labels, is_coefficients: bool
) -> Floats:
    if files:
        return np.asarray(_same_rows(read_text_matrix(parts, files[0]), labels, files[0])[:, 0], dtype=np.float64)
    if is_coefficients:
        raise InvalidTable(
            "has coefficients (A.txt) but no output (x.txt).",
            where=Where(file=parts.file),
            do="Give the whole folder as published.",
        )
    return np.asarray(matrix.values.sum(axis=1) + final_demand, dtype=np.float64)


def _labour(parts: Parts, labels: Labels) -> Floats | None:
    """Return the compensation of employees of each cell, from the first file of factors that has rows of it."""
    expected = list(zip(labels.regions, labels.industries, strict=True))
    for name in parts.find(_FACTORS):
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


def _year(parts: Parts, name: str) -> int | None:
    found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", f"{parts.path.stem}/{name}")
    return int(found[0]) if found else None
