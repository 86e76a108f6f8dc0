"""What a list says of parties that are known, applied to them: nothing that changed meanwhile is overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.resolve.import_changes import How, PartyState
from fairlead.web.imports.history import CHANGED, keep_history
from fairlead.web.imports.models import AppliedChange, Import
from fairlead.web.imports.staging import CHUNK, Staged, plain, search_text
from fairlead.web.parties.models import Link, Party, PartyIdentifier, RecordState, Site

_LISTS: Final = ("names", "workforce")
_LONGEST: Final = {"name": 400, "address": 600, "city": 200, "region": 200, "legal_form": 80}
MODELS: Final = {"party": Party, "site": Site, "link": Link}


@dataclass(frozen=True)
class Wanted:
    """One value that a list would set: of which record (by pk), which field, how, what was there, what it says."""

    record: str
    number: int
    field: str
    how: How
    old: Any
    new: Any


def wanted(one: Import, staged: Staged) -> list[Wanted]:
    """Return what the import would change of known parties, their sites and links."""
    rows = staged.changes.filter(pc.equal(staged.changes["state"], PartyState.CHANGED))
    rows = rows.filter(pc.invert(pc.equal(rows["how"], How.CONTRADICTS))).to_pylist()
    sites, links = _by_id(staged.sites, "site_id", rows), _by_id(staged.links, "link_id", rows)
    pk_of = {
        "site": dict(Site.live.filter(organisation=one.organisation).values_list("uid", "pk")),
        "link": dict(Link.live.filter(organisation=one.organisation).values_list("uid", "pk")),
    }
    found: list[Wanted] = []
    for row in rows:
        record, dot, field = row["field"].partition(".")
        if not dot and record not in ("site", "link"):
            found.append(_of_party(row, staged.party))
        elif dot and row["subject_id"] in pk_of[record]:
            said = (sites if record == "site" else links)[row["subject_id"]]
            number = pk_of[record][row["subject_id"]]
            found.append(Wanted(record, number, field, How(row["how"]), row["old"], _json(said[field])))
            if field == "spend":
                found.append(Wanted(record, number, "currency", How(row["how"]), None, said["currency"]))
    return found


def _of_party(row: Mapping[str, Any], pks: Mapping[str, int]) -> Wanted:
    field = "identifier" if row["field"] == "identifiers" else row["field"]
    return Wanted("party", pks[row["party_id"]], field, How(row["how"]), row["old"], row["new"])


def _by_id(table: pa.Table, key: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    ids = pa.array({row["subject_id"] for row in rows if row["subject_id"]}, pa.string())
    return {row[key]: row for row in table.filter(pc.is_in(table[key], value_set=ids)).to_pylist()}


def apply(one: Import, changes: Iterable[Wanted], valid: Mapping[str, bool | None]) -> int:
    """Change known records in the transaction that makes the import visible; return how many values were changed.

    `valid` says of numbers (scheme:value) whether they pass their check. A field that somebody has filled since the
    preview was made stays as it is. Each change is kept so that it can be undone.
    """
    applied: list[AppliedChange] = []
    by_record: defaultdict[str, defaultdict[int, list[Wanted]]] = defaultdict(lambda: defaultdict(list))
    for each in changes:
        by_record[each.record][each.number].append(each)
    for record, numbers in by_record.items():
        ordered = sorted(numbers)
        for start in range(0, len(ordered), CHUNK):
            some = ordered[start : start + CHUNK]
            applied += _apply_some(one, record, {number: numbers[number] for number in some}, valid)
    AppliedChange.objects.bulk_create(applied, batch_size=CHUNK)
    return len(applied)


def _apply_some(
    one: Import, record: str, changes: Mapping[int, Sequence[Wanted]], valid: Mapping[str, bool | None]
) -> list[AppliedChange]:
    model = MODELS[record]
    found = model._default_manager.select_for_update().filter(pk__in=list(changes), state=RecordState.LIVE)
    applied: list[AppliedChange] = []
    changed: list[Any] = []
    fields: set[str] = set()
    for current in found:
        made = [done for each in changes[current.pk] if (done := _apply_one(one, current, each, valid)) is not None]
        if made:
            current.version += 1
            changed.append(current)
            fields |= {done.field for done in made} - {"identifier"}
            applied += made
    _save(one, model, changed, fields)
    return applied


def _save(one: Import, model: Any, changed: Sequence[Any], fields: set[str]) -> None:
    if not changed:
        return
    if model is Party:
        _derive_search(changed)
        fields = fields | {"search"}
    model._default_manager.bulk_update(changed, [*sorted(fields), "version"], batch_size=200)
    rows = model._default_manager.filter(pk__in=[each.pk for each in changed])
    keep_history(rows, CHANGED, user=one.committed_by, reason=f"import {one.pk}")


def _apply_one(one: Import, current: Any, each: Wanted, valid: Mapping[str, bool | None]) -> AppliedChange | None:
    """Set one value on a record in memory; return None where it is not to be set any more."""
    if each.field == "identifier":
        scheme, _colon, value = each.new.partition(":")
        _number, made = PartyIdentifier.objects.get_or_create(
            party=current, scheme=scheme, value=plain(value, 80), defaults={"valid": valid.get(each.new)}
        )
        return _told(one, each, None, each.new) if made else None
    before = getattr(current, each.field)
    if each.field in _LISTS:
        if each.new in before:
            return None
        setattr(current, each.field, sorted({*before, plain(each.new, 400)}))
        return _told(one, each, None, each.new)
    if each.how is How.FILLED and before not in (None, "", "unknown"):
        return None
    value = plain(each.new, _LONGEST[each.field]) if each.field in _LONGEST else each.new
    if _json(before) == value:
        return None
    setattr(current, each.field, Decimal(value) if each.field == "spend" and value is not None else value)
    return _told(one, each, _json(before), value)


def _told(one: Import, each: Wanted, old: Any, new: Any) -> AppliedChange:
    return AppliedChange(of_import=one, record=each.record, number=each.number, field=each.field, old=old, new=new)


def _json(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _derive_search(parties: Sequence[Party]) -> None:
    numbers: defaultdict[int, list[str]] = defaultdict(list)
    found = PartyIdentifier.objects.filter(party__in=[party.pk for party in parties]).values_list("party_id", "value")
    for party_id, value in found:
        numbers[party_id].append(value)
    for party in parties:
        party.search = search_text(party.names, numbers[party.pk])


def take_back(one: Import, user: Any) -> list[str]:
    """Set every value that an import changed to what it was; return what was changed again since and stays.

    Called in the transaction that undoes the import.
    """
    stays: list[str] = []
    by_record: defaultdict[str, defaultdict[int, list[AppliedChange]]] = defaultdict(lambda: defaultdict(list))
    for each in one.applied.order_by("-pk"):
        by_record[each.record][each.number].append(each)
    for record, numbers in by_record.items():
        model: Any = MODELS[record]
        ordered = sorted(numbers)
        for start in range(0, len(ordered), CHUNK):
            some = ordered[start : start + CHUNK]
            changed, fields = [], set()
            for current in model._default_manager.select_for_update().filter(pk__in=some):
                done = [each.field for each in numbers[current.pk] if _take_back_one(current, each, stays)]
                if done:
                    current.version += 1
                    changed.append(current)
                    fields |= set(done) - {"identifier"}
            if changed:
                _save_back(one, model, changed, fields, user)
    return stays


def _save_back(one: Import, model: Any, changed: Sequence[Any], fields: set[str], user: Any) -> None:
    if model is Party:
        _derive_search(changed)
        fields = fields | {"search"}
    model._default_manager.bulk_update(changed, [*sorted(fields), "version"], batch_size=200)
    rows = model._default_manager.filter(pk__in=[each.pk for each in changed])
    keep_history(rows, CHANGED, user=user, reason=f"import {one.pk} undone")


def _take_back_one(current: Any, each: AppliedChange, stays: list[str]) -> bool:
    if each.field == "identifier":
        scheme, _colon, value = str(each.new).partition(":")
        PartyIdentifier.objects.filter(party=current, scheme=scheme, value=value).delete()
        return True
    now = getattr(current, each.field)
    if each.field in _LISTS:
        if each.new in now and each.new != getattr(current, "name", None):
            setattr(current, each.field, [value for value in now if value != each.new])
            return True
        return False
    if _json(now) != each.new:
        stays.append(f"{current}: {each.field}")
        return False
    setattr(current, each.field, Decimal(each.old) if each.field == "spend" and each.old is not None else each.old)
    return True
