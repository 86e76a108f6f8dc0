"""How a message travels inside an Arrow table: apart from messages themselves, which errors carry without Arrow."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

MESSAGE_TYPE: Final = pa.struct(
    [pa.field("template", pa.string(), nullable=False), pa.field("values", pa.map_(pa.string(), pa.string()))]
)
