"""`./run build rescorer`: learn the weights that the re-scorer is shipped with.

They are learned from Open Supply Hub's labelled pairs, the pairs of the Chicago list and those of a generated list;
the first two stand beside the repository. The same data give the same file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.site_pairs import chicago, generated, learn, os_hub

PATH: Final = Path(__file__).parents[1] / "src" / "fairlead" / "resolve" / "tables" / "rescorer_organisation.json"
ORIGIN: Final = (
    "Open Supply Hub's labelled pairs, child-care sites of Chicago and a generated list, each counting the same"
)


def main(arguments: Sequence[str]) -> int:
    """Learn the weights and write them to the table of the package."""
    PATH.write_text(learn((os_hub(), chicago(), generated()), ORIGIN).to_json(), encoding="utf-8")
    return 0
