"""What an assessment is made from: everything that an organisation has on one day, as the engine takes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from fairlead.assess.recorded import Recorded
from fairlead.model.assessment import Edition
from fairlead.model.ids import BUYER_ID
from fairlead.model.schemas import FULL_ROW
from fairlead.reference import sources
from fairlead.screen.read_list import read_lists
from fairlead.screen.watch_list import WatchList
from fairlead.web.assessments.files import read_checked
from fairlead.web.assessments.models import OwnList
from fairlead.web.evidence.models import Evidence
from fairlead.web.evidence.store import counting, evidence_table
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import RecordState, SourceRow
from fairlead.web.parties.tables import link_table, party_table, site_table

_CHUNK: Final = 5_000
#: Of the name of an own list, so that every disk takes it.
_LONGEST_NAME: Final = 60


def recorded(organisation: Organisation, as_of: date) -> Recorded:
    """Return all that counts on a day, as it stood at one moment, whoever is writing meanwhile."""
    with _one_moment():
        parties = party_table(organisation)
        sites, links = site_table(organisation), link_table(organisation)
        evidence = evidence_table(counting(organisation, as_of))
        rows, editions = _rows(organisation), _editions(organisation, as_of)
    return Recorded(
        parties=parties,
        sites=sites,
        links=_between(links, parties),
        evidence=evidence,
        rows=rows,
        editions=editions,
    )


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let all that is read be of one moment, without keeping anybody from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":  # Django's own transactions would take the one lock for writing
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def _between(links: pa.Table, parties: pa.Table) -> pa.Table:
    """Return the links both of whose ends are in use; one to a merged or withdrawn party tells of nobody."""
    known = pa.concat_arrays([*parties["party_id"].chunks, pa.array([BUYER_ID])])
    return links.filter(pc.is_in(links["to_id"], value_set=known))


def _rows(organisation: Organisation) -> pa.Table:
    """Return where the parties' facts stand in lists: file, sheet, row, and the name of the party."""
    rows = SourceRow.objects.filter(party__organisation=organisation, party__state=RecordState.LIVE).order_by("uid")
    made = [
        {"row_id": uid, "file": file, "sheet": sheet, "row": row, "name": name}
        for uid, file, sheet, row, name in rows.values_list("uid", "file", "sheet", "row", "party__name").iterator(
            chunk_size=_CHUNK
        )
    ]
    return pa.Table.from_pylist(made, schema=FULL_ROW)


def _editions(organisation: Organisation, as_of: date) -> tuple[Edition, ...]:
    """Return the sources of the organisation's own evidence, so that reports can name them."""
    shipped = sources()
    named = (
        counting(organisation, as_of)
        .exclude(source_id__in=list(shipped))
        .order_by("source_id", "edition", "source_title")
        .values_list("source_id", "source_title", "edition")
        .distinct()
    )
    found: dict[str, Edition] = {}
    for source_id, title, edition in named:
        found.setdefault(
            source_id,
            Edition(
                source_id=source_id,
                title=title or source_id,
                publisher="",
                edition=edition,
                licence="",
                url="",
                checked=False,
            ),
        )
    return tuple(found.values())


def evidence_left_out(organisation: Organisation, as_of: date) -> tuple[int, int]:
    """Return how many rows of evidence count on a day, and how many of those in use have expired by then."""
    count = counting(organisation, as_of).count()
    expired = Evidence.live.filter(
        organisation=organisation, party__state=RecordState.LIVE, expires_on__lt=as_of
    ).count()
    return count, expired


def watch_lists(lists: Sequence[OwnList], folder: Path) -> tuple[WatchList, ...]:
    """Read own lists, by way of a folder in which they have their names again.

    Raises an InputError that names the file where one cannot be read or was changed after it was uploaded.
    """
    paths = []
    for one in sorted(lists, key=lambda each: each.sha256):
        content = read_checked(one.file.path, one.sha256)
        path = folder / one.sha256[:8] / one.file.name[-_LONGEST_NAME:]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        paths.append(path)
    try:
        return read_lists(paths)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
