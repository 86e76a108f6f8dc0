"""`./run build NAME`: rebuild what is generated and committed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Final

#: What can be built, and the module of this package whose `main(arguments)` builds it.
BUILDS: Final = {
    "catalogues": "catalogues",
    "cli-reference": "cli_reference",
    "reference": "reference",
    "reference-docs": "reference_docs",
    "schema": "schema",
}


def main(arguments: Sequence[str]) -> int:
    """Hand the arguments to the module that builds what the first of them names."""
    if not arguments or arguments[0] not in BUILDS:
        print(f"./run build NAME, where NAME is one of: {', '.join(BUILDS)}", file=sys.stderr)
        return 0 if arguments and arguments[0] in {"-h", "--help"} else 2
    module = importlib.import_module(f"builders.{BUILDS[arguments[0]]}")
    return int(module.main(arguments[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
