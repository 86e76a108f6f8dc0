"""How much Fairlead is willing to read; a file beyond these limits is refused before it is opened.

The largest list measured, 100,000 suppliers with thirty columns, has 40 MB as text and 12 MB as a workbook.
"""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024

#: The largest file read, in bytes.
MAX_FILE_BYTES: Final = 256 * MEGABYTE

#: The most that a workbook may unpack to, in bytes, all its parts together.
MAX_UNPACKED_BYTES: Final = 1024 * MEGABYTE

#: A part of a workbook larger than `RATIO_FREE_BYTES` may be at most so many times larger than its packed form;
#: real worksheets stay below 60.
MAX_RATIO: Final = 200
RATIO_FREE_BYTES: Final = 16 * MEGABYTE

#: The most parts that a workbook may have.
MAX_PARTS: Final = 10_000

#: The most cells between the first and the last used cell of a sheet, because they are laid out in memory.
MAX_CELLS: Final = 20_000_000
