"""`./run build NAME`: rebuild what is generated and committed.

Every module of this package that has a `main(arguments)` is something that can be built: its name with hyphens.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path


def builds() -> tuple[str, ...]:
    """Return the names of what can be built."""
    modules = (path for path in Path(__file__).parent.glob("[!_]*.py") if "\ndef main(" in path.read_text("utf-8"))
    return tuple(sorted(path.stem.replace("_", "-") for path in modules))


def main(arguments: Sequence[str]) -> int:
    """Hand the arguments to the module that builds what the first of them names."""
    if not arguments or arguments[0] not in builds():
        print(f"./run build NAME, where NAME is one of: {', '.join(builds())}", file=sys.stderr)
        return 0 if arguments and arguments[0] in {"-h", "--help"} else 2
    module = importlib.import_module(f"builders.{arguments[0].replace('-', '_')}")
    return int(module.main(arguments[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
