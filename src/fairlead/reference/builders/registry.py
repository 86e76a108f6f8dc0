"""Every builder there is, in the order in which they must run."""

from __future__ import annotations

from typing import Final

from fairlead.errors import InvalidReference
from fairlead.reference.builders import (
    conventions,
    countries,
    country_size,
    cpv,
    goods_listed,
    governance,
    hs2022,
    hs_isic4,
    import_bans,
    isic4,
    kept_by_hand,
    production,
    tip_tiers,
)
from fairlead.reference.builders.builder import Builder

#: Countries come first: the other builders read country names from that table.
BUILDERS: Final[tuple[Builder, ...]] = (
    *countries.BUILDERS,
    *conventions.BUILDERS,
    *country_size.BUILDERS,
    *cpv.BUILDERS,
    *goods_listed.BUILDERS,
    *governance.BUILDERS,
    *hs2022.BUILDERS,
    *hs_isic4.BUILDERS,
    *import_bans.BUILDERS,
    *isic4.BUILDERS,
    *kept_by_hand.BUILDERS,
    *production.BUILDERS,
    *tip_tiers.BUILDERS,
)


def builder_of(table: str) -> Builder:
    """Return the builder of a table.

    Raises InvalidReference when the table is not built from a publisher's file.
    """
    for builder in BUILDERS:
        if builder.table == table:
            return builder
    names = ", ".join(builder.table for builder in BUILDERS)
    raise InvalidReference(f"No builder makes a table “{table}”.", do=f"Those that are built: {names}.")
