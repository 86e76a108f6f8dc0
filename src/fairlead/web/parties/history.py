"""The history of a party and of what hangs on it: who changed which fact from what to what, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Window
from django.db.models.functions import Lag
from django.utils.translation import gettext as _

from fairlead.web.audit.words import numbered
from fairlead.web.evidence.models import Evidence
from fairlead.web.parties.models import Link, Party, PartyIdentifier, Site
from fairlead.web.parties.words import GIVES, SITE_KINDS, WORKFORCE
from fairlead.web.site.templatetags import words

#: So many entries are shown.
SHOWN: Final = 100

#: What follows from other facts or counts only for the program.
_SILENT: Final = frozenset(
    {
        "id",
        "version",
        "created_at",
        "changed_at",
        "folded",
        "legal_form",
        "search",
        "import_batch",
        "uid",
        "organisation",
    }
)
_DOES: Final = {"+": "added", "~": "changed", "-": "removed"}


@dataclass(frozen=True)
class FieldChange:
    """One fact: its name, what it was, what it became."""

    name: str
    was: str
    became: str


@dataclass(frozen=True)
class Entry:
    """One change of one record. `restorable` says that the facts as they were afterwards can be brought back."""

    at: datetime
    who: str
    why: str
    kind: str  # party, site, link, evidence, identifier
    does: str  # added, changed, removed
    what: str
    changes: tuple[FieldChange, ...]
    number: int
    newest: bool

    @property
    def restorable(self) -> bool:
        """Whether a person can bring the facts back as they were then."""
        return self.kind in {"party", "site", "link"} and self.does != "removed" and not self.newest


def entries(party: Party, *, restricted: bool) -> list[Entry]:
    """Return the newest changes of a party, its numbers, sites, links and evidence, the newest first."""
    found: list[Entry] = []
    for kind, rows in _rows(party, restricted):
        found += _told(kind, rows)
    return sorted(found, key=lambda entry: (entry.at, entry.number), reverse=True)[:SHOWN]


def _rows(party: Party, restricted: bool) -> Iterator[tuple[str, list[Any]]]:
    links = Link.history.filter(from_party=party) | Link.history.filter(to_party=party)
    evidence = Evidence.history.filter(party=party)
    if not restricted:
        evidence = evidence.exclude(visibility="restricted")
    yield "party", _newest(Party.history.filter(id=party.pk))
    yield "identifier", _newest(PartyIdentifier.history.filter(party=party))
    yield "site", _newest(Site.history.filter(party=party))
    yield "link", _newest(links)
    yield "evidence", _newest(evidence)


def _newest(rows: Any) -> list[Any]:
    """Return the newest rows of a history, each with the id of the row before it of the same record."""
    order = F("history_id").asc()
    marked = rows.annotate(
        before_id=Window(Lag("history_id"), partition_by="id", order_by=order),
        after_id=Window(Lag("history_id"), partition_by="id", order_by=F("history_id").desc()),
    )
    return list(marked.select_related("history_user").order_by("-history_id")[:SHOWN])


def _told(kind: str, rows: list[Any]) -> Iterator[Entry]:
    """Yield an entry for each row, told against the row before it; rows before the shown ones are looked up at once."""
    if not rows:
        return
    here = {row.history_id: row for row in rows}
    missing = [row.before_id for row in rows if row.before_id and row.before_id not in here]
    here |= {row.history_id: row for row in type(rows[0]).objects.filter(history_id__in=missing)}
    names = _names(rows, list(here.values()))
    for row in rows:
        before = here.get(row.before_id)
        yield Entry(
            at=row.history_date,
            who=str(row.history_user) if row.history_user else "",
            why=numbered(row.history_change_reason or ""),
            kind=kind,
            does=_DOES[row.history_type],
            what=_what(kind, row, names),
            changes=tuple(_changes(before, row, names)) if before is not None and row.history_type == "~" else (),
            number=row.history_id,
            newest=row.after_id is None,
        )


def _names(rows: list[Any], further: list[Any]) -> Mapping[int, str]:
    """Return the names of the parties that the rows point at."""
    keys = [field.attname for field in rows[0]._meta.fields if field.related_model is Party]
    ids = {getattr(row, key) for row in (*rows, *further) for key in keys} - {None}
    return dict(Party.objects.filter(pk__in=ids).values_list("pk", "name"))


def _changes(before: Any, after: Any, names: Mapping[int, str]) -> Iterator[FieldChange]:
    for field in after._meta.fields:
        if field.name in _SILENT or field.name.startswith("history_"):
            continue
        was, became = getattr(before, field.attname, None), getattr(after, field.attname)
        if was != became:
            yield FieldChange(str(field.verbose_name), _shown(field, was, names), _shown(field, became, names))


def _what(kind: str, row: Any, names: Mapping[int, str]) -> str:
    """Return in words which record it is."""
    if kind == "party":
        return str(row.name)
    if kind == "identifier":
        return f"{row.scheme} {row.value}"
    if kind == "site":
        return row.name or row.address or row.city or str(SITE_KINDS.get(row.kind, row.kind))
    if kind == "link":
        to = _("your organisation") if row.to_self else names.get(row.to_party_id, "")
        return f"{names.get(row.from_party_id, '')} {GIVES.get(row.kind, row.kind)} {to}"
    return words.sentence(row.text) or str(row.finding)


def _shown(field: Any, value: Any, names: Mapping[int, str]) -> str:
    """Return a value in words."""
    if value in (None, "", []):
        return "–"
    if field.related_model is Party:
        return names.get(value, "")
    if field.name in _IN_WORDS:
        return _IN_WORDS[field.name](field, value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _kind(field: Any, value: str) -> str:
    model = field.model.instance_type if hasattr(field.model, "instance_type") else None
    if model is Site:
        return str(SITE_KINDS.get(value, value))
    return str(GIVES.get(value, value)) if model is Link else words.party_kind(value)


#: Fields whose values are codes.
_IN_WORDS: Final[Mapping[str, Callable[[Any, Any], str]]] = {
    "country": lambda _field, value: words.country(value),
    "good": lambda _field, value: words.good(value),
    "sector": lambda _field, value: words.sector(value),
    "workforce": lambda _field, value: ", ".join(str(WORKFORCE.get(one, one)) for one in value),
    "state": lambda field, value: str(dict(field.flatchoices).get(value, value)),
    "kind": _kind,
}
