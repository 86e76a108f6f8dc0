"""A file of judgements as an input of a run: its events, what is wrong with it, and its hash for the record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fairlead.errors import OptionError, Where
from fairlead.model.assessment import InputFile
from fairlead.model.message import message
from fairlead.model.schemas import REJECTED
from fairlead.resolve.judgements.store import History, JudgementStore


@dataclass(frozen=True)
class JudgementFile:
    """What was read: the history, remarks on the file (REJECTED), and its entry among the inputs."""

    history: History
    remarks: pa.Table
    input: InputFile


def read_judgements(path: Path) -> JudgementFile:
    """Read a file of judgements for a run.

    Raises OptionError where there is no such file, JudgementError where it is damaged.
    """
    if not path.is_file():
        raise OptionError(
            "There is no such file of judgements.",
            where=Where(file=str(path)),
            do="Check the path after --judgements; `fairlead judge` makes the file with the first decision.",
        )
    history = JudgementStore(path).read()
    count = len(history.events)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return JudgementFile(
        history, _remarks(path.name, history), InputFile(path.name, sha256, "judgements", count, count, 0)
    )


def _remarks(name: str, history: History) -> pa.Table:
    reasons = [
        (line, message("The line was changed by hand, or lines before it are missing; it was used as it stands."))
        for line in history.altered
    ]
    if history.torn:
        reason = message("The last line was not written to its end and was not used; enter that decision again.")
        reasons.append((history.lines, reason))
    rows = [
        {"file": name, "sheet": "", "row": line, "column": "", "reason": reason.to_arrow(), "cells": []}
        for line, reason in reasons
    ]
    return pa.Table.from_pylist(rows, schema=REJECTED)
