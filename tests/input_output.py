"""Small input-output tables for tests, as arrays and as publishers' files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fairlead.model.input_output import InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, coefficients_of, table_from

#: Kazakhstan and Bangladesh, farming (ISIC 01) and textiles (13): flows, final demand and output that balance.
REGIONS = ("KAZ", "BGD")
FLOWS = np.array(
    [[10.0, 20.0, 5.0, 40.0], [5.0, 10.0, 0.0, 5.0], [0.0, 5.0, 20.0, 60.0], [2.0, 5.0, 5.0, 30.0]], dtype=np.float64
)
DEMAND = np.array([[25.0, 0.0], [70.0, 10.0], [10.0, 5.0], [8.0, 150.0]])
OUTPUT = FLOWS.sum(axis=1) + DEMAND.sum(axis=1)


def labels(industries: tuple[str, ...] = ("A01", "C13T15")) -> Labels:
    return Labels([region for region in REGIONS for _ in industries], [one for _ in REGIONS for one in industries])


def small_table(**values: Any) -> InputOutputTable:
    """Return the table above in the codes of ICIO."""
    return table_from(
        values.pop("coefficients", coefficients_of(FLOWS, OUTPUT)),
        values.pop("output", OUTPUT),
        values.pop("final_demand", DEMAND.sum(axis=1)),
        values.pop("labels", labels()),
        Origin(file="small.csv", scheme="icio", sha256="0" * 64, licence="test", year=2020, edition="test", unit="USD"),
        **values,
    )


def random_table(cells: int, seed: int, filled: float = 0.6) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return coefficients whose columns sum to between .2 and .8, and intensities, as arrays."""
    generator = np.random.default_rng(seed)
    matrix = generator.lognormal(0, 2, (cells, cells)) * (generator.random((cells, cells)) < filled)
    sums = matrix.sum(axis=0)
    matrix = matrix / np.where(sums > 0, sums, 1.0) * generator.uniform(0.2, 0.8, cells)
    return matrix.astype(np.float32).astype(np.float64), generator.lognormal(0, 1, cells)


def write_pymrio(folder: Path, matrix: str = "Z", *, name: str = "Z.txt", with_output: bool = True) -> Path:
    """Write the table in pymrio's text format, as EXIOBASE comes."""
    folder.mkdir(parents=True, exist_ok=True)
    sectors = labels(("Cultivation of wheat", "Manufacture of textiles (17)")).industries
    regions = ["KZ", "KZ", "BD", "BD"]
    values = FLOWS if matrix == "Z" else FLOWS / OUTPUT
    head = [
        "\t".join(["region", "", *regions]),
        "\t".join(["sector", "", *sectors]),
        "\t".join(["region", "sector", *[""] * 4]),
    ]
    body = ["\t".join([r, s, *map(repr, map(float, row))]) for r, s, row in zip(regions, sectors, values, strict=True)]
    (folder / name).write_text("\n".join([*head, *body]) + "\n", encoding="utf-8")
    demand_head = ["region\t\tKZ\tBD", "category\t\tHouseholds\tHouseholds", "region\tsector\t\t"]
    demand = [
        "\t".join([r, s, *map(repr, map(float, row))]) for r, s, row in zip(regions, sectors, DEMAND, strict=True)
    ]
    (folder / "Y.txt").write_text("\n".join([*demand_head, *demand]) + "\n", encoding="utf-8")
    if with_output:
        output = ["\t".join([r, s, repr(float(x))]) for r, s, x in zip(regions, sectors, OUTPUT, strict=True)]
        (folder / "x.txt").write_text("\n".join(["region\tsector\tindout", *output]) + "\n", encoding="utf-8")
    return folder


def icio_text(flows: npt.NDArray[np.float64] = FLOWS) -> str:
    """Return the table as OECD ICIO writes it."""
    codes = [f"{region}_{industry}" for region, industry in zip(labels().regions, labels().industries, strict=True)]
    head = ",".join(["V1", *codes, "KAZ_HFCE", "BGD_HFCE", "OUT"])
    rows = [
        ",".join([code, *map(str, flow), *map(str, use), str(total)])
        for code, flow, use, total in zip(codes, flows.tolist(), DEMAND.tolist(), OUTPUT.tolist(), strict=True)
    ]
    added = (OUTPUT - FLOWS.sum(axis=0)).tolist()
    below = [
        ",".join(["TLS", *["0"] * 7]),
        ",".join(["VA", *map(str, added), "0", "0", "0"]),
        ",".join(["OUT", *map(str, OUTPUT.tolist()), "0", "0", "0"]),
    ]
    return "\n".join([head, *rows, *below]) + "\n"
