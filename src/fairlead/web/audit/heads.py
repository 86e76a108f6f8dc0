"""The ends of the chains as a file to keep where whoever runs the database cannot reach it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import orjson

from fairlead.errors import UnreadableFile, Where
from fairlead.web.audit.chain import Head
from fairlead.web.audit.models import AuditHead


def heads() -> list[Head]:
    """Return the end of every chain."""
    return [Head(each.chain, each.number, each.hash) for each in AuditHead.objects.order_by("chain")]


def written(ends: Iterable[Head]) -> str:
    """Return heads as the JSON that `read_heads` reads."""
    rows = [{"chain": each.chain, "number": each.number, "hash": each.hash} for each in ends]
    return orjson.dumps({"heads": rows}, option=orjson.OPT_INDENT_2).decode()


def read_heads(path: Path) -> list[Head]:
    """Return the heads of a file. Raises UnreadableFile where it is none that `fairlead audit head` wrote."""
    try:
        rows = json.loads(path.read_text("utf-8"))["heads"]
        return [Head(str(row["chain"]), int(row["number"]), str(row["hash"])) for row in rows]
    except OSError as error:
        why = f"cannot be read ({error.strerror})."
    except (ValueError, KeyError, TypeError):
        why = "is not what `fairlead audit head` prints."
    raise UnreadableFile(why, where=Where(file=str(path)), do="Give a file that holds its output, unchanged.")
