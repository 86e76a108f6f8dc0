"""Brings a table of the reference pack up to date: fetch, build, check, and only then put it to use."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from fairlead.errors import InvalidReference, OptionError, UpdateFailed
from fairlead.reference.builders.builder import Files
from fairlead.reference.check import Finding, check_rows
from fairlead.reference.home import user_reference_folder
from fairlead.reference.load import Row, load_csv, parse_csv, table_path
from fairlead.reference.publishers import Publisher
from fairlead.reference.replace_files import replace_files
from fairlead.reference.source import SOURCES_FILE, Source, source_records
from fairlead.reference.table import table

#: Gives what lies at an address.
Fetch = Callable[[str], bytes]

#: A new edition with fewer than this share of the rows in use is more likely a broken file than a shorter list.
_LEAST_SHARE: Final = 0.5

#: So many findings are named when an update is refused.
_NAMED: Final = 5


@dataclass(frozen=True)
class Updated:
    """What an update came to: the tables, their edition, whether anything changed, and what to know about it."""

    tables: tuple[str, ...]
    edition: str
    changed: bool
    notes: tuple[Finding, ...]


def fetch_files(publisher: Publisher, fetch: Fetch) -> Files:
    """Return the publisher's files, fetched from their addresses.

    Raises UpdateFailed when a file cannot be fetched, OptionError when the publisher has no fixed address.
    """
    if not publisher.has_address:
        address = source_records()[publisher.source_id].url
        raise OptionError(
            f"The publisher of {', '.join(publisher.tables)} gives each edition a new address.",
            do=f"Download the file from {address} and pass it with --from FILE.",
        )
    return {name: fetch(address) for name, address in publisher.files.items()}


def files_from(publisher: Publisher, content: bytes) -> Files:
    """Return the publisher's one file, which the user has downloaded.

    Raises OptionError when the table is made from several files.
    """
    if len(publisher.files) != 1:
        raise OptionError(f"{', '.join(publisher.tables)} is made from several files; --from takes one.")
    return dict.fromkeys(publisher.files, content)


def update(
    publisher: Publisher, files: Files, *, as_of: date, edition: str | None = None, published: str | None = None
) -> Updated:
    """Build the publisher's tables from its files, check them, and put them into FAIRLEAD_HOME/reference.

    `edition` and `published` name the edition and its day where the user knows them; else the edition is that
    of the files, or, where they do not tell, the one in use.
    Raises UpdateFailed when the files are not what the publisher should send; nothing is changed then.
    """
    in_use = source_records()
    old = in_use[publisher.source_id]
    try:
        new = _new_source(publisher, old, files, as_of, edition, published)
        sources = {**in_use, new.source_id: new}
        built = {builder.table: builder.build(files, sources) for builder in publisher.builders}
        as_before = {builder.table: builder.build(files, in_use) for builder in publisher.builders}
    except InvalidReference as error:
        raise UpdateFailed(f"What the publisher sent cannot be used: {error}", do=_UNCHANGED) from error
    if edition is None and as_before == {name: table_path(name).read_bytes() for name in built}:
        return Updated(publisher.tables, old.edition, changed=False, notes=())
    notes = _checked(built, sources)
    if publisher.edition is None and edition is None:
        raise OptionError(
            "The file differs from the one in use, and does not say which edition it is.",
            do="Name it with --edition and --published, such as --edition 2024 --published 2024-09-05.",
        )
    _put_to_use(built, new)
    return Updated(publisher.tables, new.edition, changed=True, notes=notes)


_UNCHANGED: Final = "The table in use is unchanged."


def _new_source(
    publisher: Publisher, old: Source, files: Files, as_of: date, edition: str | None, published: str | None
) -> Source:
    if edition:
        return replace(old, edition=edition, published=published or as_of.isoformat())
    if publisher.edition:
        return replace(old, edition=publisher.edition(files, as_of), published=published or as_of.isoformat())
    return old


def _checked(built: Mapping[str, bytes], sources: Mapping[str, Source]) -> tuple[Finding, ...]:
    """Return the notes on tables that were built.

    Raises UpdateFailed when one of them breaks a rule, or has lost half of its rows.
    """
    rows = {name: parse_csv(content, f"{name}.csv") for name, content in built.items()}

    def rows_of(name: str) -> Sequence[Row]:
        return rows.get(name) or load_csv(name)

    findings = [found for name in rows for found in check_rows(table(name), rows[name], sources, rows_of)]
    wrong = [str(finding) for finding in findings if not finding.is_note]
    for name, new in rows.items():
        in_use = len(load_csv(name))
        if len(new) < in_use * _LEAST_SHARE:
            wrong.append(f"{name}: has {len(new)} rows where the table in use has {in_use}.")
    if wrong:
        more = f" And {len(wrong) - _NAMED} more." if len(wrong) > _NAMED else ""
        raise UpdateFailed(f"The new table is not sound: {' '.join(wrong[:_NAMED])}{more}", do=_UNCHANGED)
    return tuple(findings)


def _put_to_use(built: Mapping[str, bytes], source: Source) -> None:
    folder = user_reference_folder()
    path = folder / SOURCES_FILE
    own = {row["source_id"]: row for row in parse_csv(path.read_bytes(), path.name)} if path.exists() else {}
    own[source.source_id] = _as_row(source)
    tables = {f"{name}.csv": content for name, content in built.items()}
    try:
        replace_files(folder, {**tables, SOURCES_FILE: _sources_bytes(own)})
    except OSError as error:
        raise UpdateFailed(f"{folder} cannot be written to ({error.strerror}).", do=_UNCHANGED) from error


def _as_row(source: Source) -> Row:
    values = {field.name: getattr(source, field.name) for field in fields(source)}
    values["max_age_days"] = "" if source.max_age_days is None else source.max_age_days
    values["checked"] = "yes" if source.checked else "no"
    return {name: str(value) for name, value in values.items()}


def _sources_bytes(rows: Mapping[str, Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [field.name for field in fields(Source)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for _, row in sorted(rows.items()))
    return text.getvalue().encode()
