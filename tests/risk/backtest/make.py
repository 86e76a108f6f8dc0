"""Lists whose labels are turned round, to see whether what is tested knows them."""

from __future__ import annotations

import numpy as np

from fairlead.risk.backtest import Setting
from fairlead.risk.backtest.universe import Edition


def with_labels_turned(edition: Edition, setting: Setting, rows: np.ndarray) -> Edition:
    """Return the edition with the labels of some pairs turned round: listed ones taken out, all others listed."""
    universe = setting.universe
    pairs = list(zip(universe.good[rows].tolist(), universe.iso3[rows].tolist(), strict=True))
    known = {(row["good"], row["iso3"]) for row in edition.rows if row["forced_labour"] == "yes"}
    listed = dict.fromkeys(("forced_labour", "child_labour"), "yes")
    added = tuple(
        {**edition.rows[0], **listed, "good": good, "iso3": iso3, "derived": "no", "derived_iso3": ""}
        for good, iso3 in pairs
        if (good, iso3) not in known
    )
    return Edition(edition.year, edition.without(pairs).rows + added)
