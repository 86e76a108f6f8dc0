"""Parties that an undone import left out of use and that a list brings again: they get back their earlier id.

Something is on record of them that nothing may remove, such as a rating. Under a new id their history would be torn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from fairlead.web.imports.models import Import
from fairlead.web.parties.models import Party, PartyIdentifier, RecordState, SourceRow

#: What the list says of a party that comes back, as of one that is new.
_SAID: Final = (
    "kind",
    "name",
    "names",
    "folded",
    "legal_form",
    "country",
    "workforce",
    "search",
    "tier",
    "state",
    "import_batch",
)


def coming_back(
    one: Import, chunk: Sequence[Mapping[str, Any]], rows_of: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, int]:
    """Return those of new parties (PARTY) that were here before, by their ids, with their primary keys.

    It is the same party where the id is the same and a number that passes its check, or a row of the same list, too: a
    name and a place alone could be somebody else's. What people withdrew or changed is not taken up.
    """
    by_uid = {row["party_id"]: row for row in chunk}
    left = Party.objects.filter(
        organisation=one.organisation_id,
        uid__in=list(by_uid),
        state=RecordState.WITHDRAWN,
        version=1,
        import_batch__isnull=False,
    )
    uid_of = dict(left.values_list("pk", "uid"))
    if not uid_of:
        return {}
    same = {*_by_number(uid_of, by_uid), *_by_row(uid_of, rows_of)}
    return {uid: pk for pk, uid in uid_of.items() if pk in same}


def _by_number(uid_of: Mapping[int, str], by_uid: Mapping[str, Mapping[str, Any]]) -> Iterator[int]:
    numbers = PartyIdentifier.objects.filter(party__in=list(uid_of), valid=True)
    for pk, scheme, value in numbers.values_list("party_id", "scheme", "value"):
        said = by_uid[uid_of[pk]]["identifiers"] or ()
        if any(each["valid"] and (each["scheme"], each["value"]) == (scheme, value) for each in said):
            yield pk


def _by_row(uid_of: Mapping[int, str], rows_of: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[int]:
    rows = SourceRow.objects.filter(party__in=list(uid_of))
    for pk, row_id in rows.values_list("party_id", "uid"):
        if any(row["row_id"] == row_id for row in rows_of.get(uid_of[pk], ())):
            yield pk


def take_up(made: Collection[Party]) -> None:
    """Stage parties that come back with what the list says now; their numbers and rows are put in anew.

    Call it in a transaction. Where the import is not committed, `remove_staged` takes them out of use again.
    """
    SourceRow.objects.filter(party__in=[party.pk for party in made]).delete()
    PartyIdentifier.objects.filter(party__in=[party.pk for party in made])._raw_delete("default")
    Party.objects.bulk_update(made, _SAID, batch_size=200)
