"""From the user's input-output table and, where given, an assessment to what stands behind a purchase."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import orjson

from fairlead.errors import NothingToRead, OptionError, UnreadableFile, Where
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.reference import load_csv
from fairlead.reference.input_output_store import chosen_table, load_table
from fairlead.risk.upstream.industries import (
    Product,
    TableCodes,
    isic_of_good,
    isic_of_sector,
    own_industry,
    product_cells,
)
from fairlead.risk.upstream.mapped_chain import Chain
from fairlead.risk.upstream.mapped_suppliers import MappedSuppliers, mapped_suppliers
from fairlead.risk.upstream.upstream import PATH_TOLERANCE, TIERS, Exposure, upstream_exposure

_RESULTS: Final = "assessment.json"
#: Digits after the point in the file of results.
_DIGITS: Final = 6


@dataclass(frozen=True)
class UpstreamRun:
    """What came of it: the exposure, the table it was found in, and the assessment's suppliers, if any were given."""

    exposure: Exposure
    table: InputOutputTable
    mapped: MappedSuppliers | None


def upstream_of(
    *,
    country: str,
    sector: str | None,
    hs: str | None,
    spend: Decimal,
    as_of: date,
    currency: str | None = None,
    table: str | None = None,
    year: int | None = None,
    mapped: Path | None = None,
    tiers: int = TIERS,
    tolerance: float = PATH_TOLERANCE,
    shown: int = 10,
) -> UpstreamRun:
    """Return what stands behind `spend` on what a country's sector makes, or on a good.

    `spend` is in `currency` (ISO 4217), which matters where known suppliers are paid in one: shares need none.

    `country` is an ISO 3166-1 alpha-3 code or a region of the table; `sector` a key of the reference table sectors
    or an industry of the table; `hs` a code of the Harmonized System: one of the two. `table` and `year` choose among
    the tables added; `mapped` is a folder of results of an assessment.
    Raises OptionError when an option cannot be used, NoTableAdded when there is no table.
    """
    if (sector is None) == (hs is None):
        raise OptionError("What is bought has to be named once.", do="Give either --sector or --hs.")
    if not spend.is_finite() or spend <= 0:
        raise OptionError("The spend must be an amount above 0.", do="Give it as a number, such as --spend 1000000.")
    used = load_table(chosen_table(table, year))
    country = _country(country, used)
    suppliers: list[MappedSuppliers] = []

    def find(codes: TableCodes) -> Product:
        own = own_industry(used, codes, country, sector) if sector else None
        return own or product_cells(used, codes, country, isic_of_sector(sector) if sector else isic_of_good(hs or ""))

    def place(codes: TableCodes, product: Product) -> tuple[Chain, Floats]:
        results = _results(mapped) if mapped else {}
        suppliers.append(mapped_suppliers(results["parties"], results["links"], used, codes, product, spend, currency))
        return suppliers[0].chain, suppliers[0].demand

    exposure = upstream_exposure(
        used, find, as_of, mapped=place if mapped else None, tiers=tiers, tolerance=tolerance, shown=shown
    )
    return UpstreamRun(exposure, used, suppliers[0] if suppliers else None)


def _country(country: str, table: InputOutputTable) -> str:
    """Return the country's alpha-3 code. Raises OptionError when it is neither a country nor a region of the table."""
    code = country.upper()
    if country in table.regions or any(row["iso3"] == code for row in load_csv("countries")):
        return country if country in table.regions else code
    raise OptionError(f"There is no country “{country}”.", do="Give its ISO 3166-1 alpha-3 code, such as KAZ.")


def _results(folder: Path) -> Mapping[str, Any]:
    """Read the tables of an assessment from its folder of results."""
    path = folder / _RESULTS if folder.is_dir() else folder
    where = Where(file=str(path))
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise NothingToRead(
            "is not there.", where=where, do="Give the folder that `fairlead assess` wrote with --out."
        ) from error
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(f"is no JSON ({error}).", where=where, do="Make the assessment again.") from error
    if not isinstance(content, dict) or not {"parties", "links"} <= set(content):
        raise UnreadableFile("is no assessment: it has no parties and links.", where=where)
    return content


def as_document(
    run: UpstreamRun, *, country: str, what: str, spend: Decimal, as_of: date, currency: str | None = None
) -> Mapping[str, Any]:
    """Return a run as an object for JSON, numbers rounded to six digits after the point."""
    exposure = dataclasses.asdict(run.exposure)
    product = run.exposure.product
    exposure["modelled"] = 1 - run.exposure.mapped
    exposure["product"] = {
        "region": product.region,
        "is_rest": product.is_rest,
        "isic": list(product.asked),
        "industries": [
            {"industry": run.table.label(int(cell))[1], "share": float(share)}
            for cell, share in zip(product.cells, product.shares, strict=True)
        ],
    }
    used = run.table
    about = {name: getattr(used, name) for name in ("name", "scheme", "year", "edition", "unit", "licence", "sha256")}
    about["corrections"] = _rounded(dataclasses.asdict(used.corrections))
    found = run.mapped
    counts = ("suppliers", "further", "without_amount", "not_placed", "currency")
    return {
        "asked": {
            "country": country,
            "bought": what,
            "spend": float(spend),
            "currency": currency,
            "as_of": as_of.isoformat(),
        },
        "table": about,
        "exposure": _rounded(exposure),
        "mapped": {name: getattr(found, name) for name in counts} if found else None,
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return round(float(value), _DIGITS) if isinstance(value, float) else value
