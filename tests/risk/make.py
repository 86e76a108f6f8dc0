"""Small tables for the tests of the rating."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from fairlead.model.ids import BUYER_ID, content_id
from fairlead.model.schemas import EVIDENCE, LINK, PARTY, SITE
from fairlead.risk import ReferenceTables

AS_OF = date(2026, 11, 24)


def party(party_id: str = "pty_a", **values: Any) -> dict[str, Any]:
    return {"party_id": party_id, "kind": "company", "name": party_id, "row_ids": [f"row_{party_id}"], **values}


def site(party_id: str = "pty_a", **values: Any) -> dict[str, Any]:
    return {"site_id": f"sit_{party_id}", "party_id": party_id, "kind": "factory", **values}


def link(from_id: str = "pty_a", **values: Any) -> dict[str, Any]:
    given = {"from_id": from_id, "to_id": BUYER_ID, "kind": "supplies", "tier": 1, "row_ids": [f"row_{from_id}"]}
    given |= values
    return {"link_id": content_id("lnk", *(str(given[key]) for key in sorted(given))), **given}


def evidence(finding: str, subject: str = "pty_a", **values: Any) -> dict[str, Any]:
    given = {
        "subject_kind": "party",
        "subject_id": subject,
        "finding": finding,
        "polarity": "supports",
        "source_id": "test",
        "edition": "1",
        "locator": "line 1",
        "asserted_by": "public_list",
        "confidence": 1.0,
        "text": {"template": finding, "values": []},
        **values,
    }
    return {"evidence_id": content_id("evd", *(str(given[key]) for key in sorted(given))), **given}


def parties(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=PARTY)


def sites(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=SITE)


def links(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=LINK)


def evidences(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=EVIDENCE)


def _rows(columns: str, *lines: str, source: str = "test") -> tuple[dict[str, str], ...]:
    names = columns.split(",")
    return tuple(
        dict(zip(names, line.split(","), strict=True)) | {"source_id": source, "edition": "2022"} for line in lines
    )


#: A little reference pack; the countries and goods are real, the facts are made up for the tests.
TABLES = ReferenceTables(
    tip_tiers=_rows("iso3,year,tier", "DEU,2025,1", "KAZ,2025,2", "TKM,2015,2WL", "TKM,2025,3", "CHN,2025,3"),
    governance=_rows(
        "iso3,indicator,year,estimate",
        "DEU,rule_of_law,2019,1.6",
        "KAZ,rule_of_law,2019,-0.4",
        "CHN,rule_of_law,2019,-0.2",
        "TKM,rule_of_law,2019,-1.4",
        "DEU,control_of_corruption,2019,1.9",
    ),
    conventions=_rows("iso3,convention,year", "DEU,C029,1956", "DEU,C105,1959", "DEU,P029,2019", "TKM,C029,1993"),
    goods_listed=_rows(
        "good,iso3,child_labour,forced_labour,derived,derived_iso3",
        "cotton,TKM,yes,yes,no,",
        "cotton,CHN,no,yes,no,",
        "cotton,IND,yes,yes,no,",
        "polysilicon,CHN,no,yes,no,",
        "solar_modules,CHN,no,no,yes,CHN",
        "toys,CHN,yes,no,no,",
    ),
    state_imposed=_rows(
        "iso3,region,region_terms,good,from_year,to_year",
        "CHN,Xinjiang,Xinjiang; XUAR; Синьцзян; 新疆,,2022,",
        "CHN,Xinjiang,Xinjiang; XUAR; Синьцзян; 新疆,cotton,2021,",
        "TKM,,,cotton,2018,",
        "UZB,,,cotton,,2022",
        "PRK,,,,2017,",
    ),
    goods=_rows(
        "good,inputs",
        "cotton,",
        "solar_modules,glass polysilicon",
        "polysilicon,",
        "garments,cotton thread_yarn",
        "toys,",
    ),
)
