"""Versions of records as ETags: what a caller has seen, and whether it is still so."""

from __future__ import annotations

import re
from typing import Final, TypeVar

from django.http import HttpRequest

from fairlead.web.api.problems import Problem
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.records.models import Versioned

Record = TypeVar("Record", bound=Versioned)

_VERSION: Final = re.compile(r'"([1-9][0-9]{0,8})"')


def etag(version: int) -> str:
    """Return the strong ETag of a version."""
    return f'"{version}"'


def unchanged(request: HttpRequest, version: int) -> bool:
    """Say whether If-None-Match names this version."""
    named = request.headers.get("If-None-Match", "")
    return named.strip() == "*" or etag(version) in (each.strip().removeprefix("W/") for each in named.split(","))


def seen_version(request: HttpRequest) -> int:
    """Return the version that If-Match names. Raises Problem with 428 where it is missing, 412 where it is none."""
    named = request.headers.get("If-Match", "").strip()
    if not named:
        raise Problem(
            428,
            "no-version",
            "The request does not say which version of the record it changes.",
            where="header If-Match",
            do="Fetch the record, and send its ETag in If-Match.",
        )
    found = _VERSION.fullmatch(named)
    if found is None:
        raise Problem(
            412,
            "stale",
            "If-Match names no version of this record.",
            where="header If-Match",
            do='Send the ETag as it came, in its quotation marks, such as "3".',
        )
    return int(found[1])


def as_seen_now(record: Record, seen: int) -> Record:
    """Return the record, locked until the transaction ends. Raises ChangedMeanwhile where its version is another."""
    current = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if current.version != seen:
        raise ChangedMeanwhile(current)
    return record
