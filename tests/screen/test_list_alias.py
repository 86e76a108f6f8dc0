"""Other names in the cell of the name, as the UFLPA Entity List writes them; the parties are fictional."""

from __future__ import annotations

import pytest

from fairlead.screen.list_alias import split_aliases


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Quillon Silk Co., Ltd.", ["Quillon Silk Co., Ltd."]),
        ("Quillon Silk Co. (and one alias: Quillon Seide)", ["Quillon Silk Co.", "Quillon Seide"]),
        (
            "Quillon Silk Co. (including two aliases: QSC; and Quillon Seide) and subsidiaries",
            ["Quillon Silk Co.", "QSC", "Quillon Seide"],
        ),
        ("Quillon Silk Co. (and two aliases: QSC and Quillon Seide)", ["Quillon Silk Co.", "QSC", "Quillon Seide"]),
        (
            "Quillon (Harrow) Co., Ltd., including one alias: Killon (Harrow) Co.; and subsidiaries",
            ["Quillon (Harrow) Co., Ltd.", "Killon (Harrow) Co."],
        ),
        ("Quillon Corps and its subordinate and affiliated entities", ["Quillon Corps"]),
        ("Alias: unknown", ["Alias: unknown"]),
    ],
)
def test_a_cell_gives_its_names(cell: str, names: list[str]) -> None:
    name, aliases = split_aliases(cell)
    assert [name, *aliases] == names
