"""A key for what a list says of a supplier, which outlives the file: people's judgements are kept by it.

A row's id holds the file's hash and the row's number, so that it is another in every export. The key holds only what
the row says of who and where the supplier is: the same list with its rows in another order, with other prices, or
saved as another format has the same keys.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

from fairlead.model.ids import content_id
from fairlead.resolve.record import AFFILIATION, FURTHER, IDENTITY

#: What ties a row to one supplier or place; rows without any of it are told apart by whom they belong to or supply.
_TELLING: Final = ("identifiers", "address", "latitude", "longitude", "birth_date", "personal_number")
_SAID: Final = (*IDENTITY, *FURTHER)
_DEGREES: Final = 6  # digits after the point: ten centimetres


def record_key(row: Mapping[str, Any]) -> str:
    """Return the key of one row of ROW: `rec_` and 16 hexadecimal digits.

    It is the content id of the filled columns of IDENTITY and FURTHER, each as `column=value`; of those of AFFILIATION
    too where the row has nothing that ties it to one supplier, person or place. Letter case, doubled spaces and the
    Unicode form make no difference. Columns that are empty leave no trace, so a column that a later version of the
    program adds changes no key. Rows that say the same have the same key: a judgement is on what a list says.
    """
    told_apart = any(row.get(column) not in (None, "", []) for column in _TELLING)
    columns = _SAID if told_apart else (*_SAID, *AFFILIATION)
    said = ((column, _written(row.get(column))) for column in columns)
    return content_id("rec", *(f"{column}={value}" for column, value in said if value))


def keys_by_row(rows: pa.Table, row_ids: Iterable[str] | None = None) -> dict[str, str]:
    """Return the key of every row of a ROW table by its row id; only of the rows in `row_ids` where these are given."""
    columns = [column for column in (*_SAID, *AFFILIATION) if column in rows.schema.names]
    wanted = None if row_ids is None else set(row_ids)
    keys: dict[str, str] = {}
    for batch in rows.select(["row_id", *columns]).to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            if wanted is None or row["row_id"] in wanted:
                keys[row["row_id"]] = record_key(row)
    return keys


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.{_DEGREES}f}"
    if isinstance(value, list | tuple):
        return "|".join(sorted(filter(None, map(_written, value))))
    if isinstance(value, Mapping):  # an identifier; whether it passes its check is no part of what the list says
        return f"{_written(value['scheme'])}:{_written(value['value'])}"
    return " ".join(unicodedata.normalize("NFC", str(value)).casefold().split())
