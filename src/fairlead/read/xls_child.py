"""Reads an XLS workbook in a process of its own; run as a script, never imported by the program.

A damaged XLS file can make the reader reserve tens of gigabytes, which ends the process at once. Here that process is
not the user's: memory and time are bounded, and the parent names the error. It prints the sheets, pickled: name, hidden
or not, rows, merged blocks. The exit status says why there are none: 3 a password, 4 a damaged file.
"""

from __future__ import annotations

import pickle
import sys
from typing import Final

PASSWORD: Final = 3
DAMAGED: Final = 4
_MOST_MEMORY: Final = 3 * 1024**3


def main(path: str) -> int:
    """Print the worksheets of the workbook and return the exit status."""
    # Imported here so that the parent, which only needs the numbers above, does not pay for it.
    from python_calamine import (  # noqa: PLC0415
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    _bound_memory()
    try:
        sheets = []
        with open(path, "rb") as file, CalamineWorkbook.from_filelike(file) as workbook:  # noqa: PTH123 - no pathlib needed
            for meta in workbook.sheets_metadata:
                if meta.typ == SheetTypeEnum.WorkSheet:
                    sheet = workbook.get_sheet_by_name(meta.name)
                    hidden = meta.visible != SheetVisibleEnum.Visible
                    merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
                    sheets.append((meta.name, hidden, sheet.to_python(skip_empty_area=False), merged))
    except PasswordError:
        return PASSWORD
    except (CalamineError, OSError, ValueError, MemoryError):
        return DAMAGED
    sys.stdout.buffer.write(pickle.dumps(sheets, protocol=5))
    return 0


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - only where the system has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
