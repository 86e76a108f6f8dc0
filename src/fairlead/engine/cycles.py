"""How often Python looks for objects that only point at each other."""

from __future__ import annotations

import gc
from typing import Final

#: Long lists make millions of rows and hardly a reference cycle, so Python need not look for cycles as often.
_OBJECTS_BETWEEN_LOOKS: Final = 200_000


def seldom_look_for_cycles() -> None:
    """Let Python look for reference cycles seldom in this process, which works on long lists.

    Otherwise that would take a quarter of its time.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
