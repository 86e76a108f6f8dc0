"""An entity as a small page, for the box that opens over a candidate; everything from lists is escaped."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fairlead.language import Language
from fairlead.model.message import Message, message
from fairlead.reconcile.catalogue import Entity
from fairlead.reconcile.describe import ENDED, kind_name
from fairlead.reconcile.words import EntityType

_TEMPLATES: Final = Path(__file__).parent / "templates"
_MOST_NAMES: Final = 12
_TYPES: Final = {
    EntityType.LISTED_PARTY: message("Listed party"),
    EntityType.SUPPLIER: message("Supplier"),
}
_NOTES: Final = {
    EntityType.LISTED_PARTY: message("The same name does not make it the same party. Confirm who it is before acting."),
    EntityType.SUPPLIER: message("From your own supplier list; nothing here says that anything is wrong with it."),
}


def preview(entity: Entity, as_of: date, language: Language) -> str:
    """Return the page of an entity: names, countries, numbers, list and edition, since when and whether it ended."""
    entry = entity.entry
    page = _environment().get_template("preview.html")
    return page.render(
        language=language.code,
        name=entry.name,
        type_name=language.render(_TYPES[entity.entity_type]),
        ended=language.render(ENDED) if entry.ended_by(as_of) else "",
        facts=[(language.render(label), facts) for label, facts in _facts(entity, language) if any(facts)],
        note=language.render(_NOTES[entity.entity_type]),
    )


def _facts(entity: Entity, language: Language) -> list[tuple[Message, list[str]]]:
    entry, watch_list = entity.entry, entity.watch_list
    others = [name.text for name in entry.aliases]
    more = len(others) - _MOST_NAMES
    shown = others[:_MOST_NAMES]
    if more > 0:
        shown.append(language.render(message("and {count:number} more", count=str(more))))
    return [
        (message("Kind of party"), kind_name(entry.kind, language)),
        (message("Country"), [language.country(code) for code in entry.countries]),
        (message("Other names"), shown),
        (message("Numbers"), [f"{number.scheme} {number.value}".strip() for number in entry.identifiers]),
        (message("List"), [watch_list.title]),
        (message("Edition"), [watch_list.edition]),
        (message("Programme"), [entry.programme]),
        (message("Listed on"), [language.date(entry.from_date)] if entry.from_date else []),
        (message("Ended on"), [language.date(entry.to_date)] if entry.to_date else []),
        (message("Place"), [entry.locator]),
    ]


def missing(language: Language) -> str:
    """Return the page for an id that there is none of."""
    text = language.render(message("There is no such entity in the lists that are loaded."))
    return _environment().get_template("missing.html").render(language=language.code, text=text)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
