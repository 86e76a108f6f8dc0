"""An entity in one line, and what is known of it property by property."""

from __future__ import annotations

from datetime import date
from typing import Final

from fairlead.language import Language
from fairlead.model.message import message
from fairlead.model.vocabulary import PartyKind
from fairlead.reconcile.catalogue import Entity
from fairlead.reconcile.words import EntityType, Property

KIND_NAMES: Final = {
    PartyKind.COMPANY: message("company"),
    PartyKind.PERSON: message("person"),
    PartyKind.PUBLIC_BODY: message("public body"),
    PartyKind.LABOUR_PROVIDER: message("labour provider"),
    PartyKind.VESSEL: message("vessel"),
}
ENDED: Final = message("listing ended")


def kind_name(kind: PartyKind, language: Language) -> list[str]:
    """Return the name of a kind of party, as a list that is empty where the kind is not known."""
    return [language.render(KIND_NAMES[kind])] if kind in KIND_NAMES else []


def described(entity: Entity, as_of: date, language: Language) -> str:
    """Return what tells namesakes apart: kind, countries, list and edition, and whether the listing has ended."""
    entry, watch_list = entity.entry, entity.watch_list
    parts = kind_name(entry.kind, language)
    parts += map(language.country, entry.countries)
    if entity.entity_type is EntityType.SUPPLIER:
        parts.append(language.render(message("supplier in {file}", file=entry.locator or watch_list.title)))
    else:
        parts.append(
            language.render(message("on {list}, edition {edition}", list=watch_list.title, edition=watch_list.edition))
        )
    if entry.ended_by(as_of):
        parts.append(language.render(ENDED))
    return ", ".join(parts)


def values(entity: Entity, wanted: str, as_of: date) -> list[str]:
    """Return the values of a property, as a program needs them: codes, ISO 8601; none where nothing is known.

    Of persons only names, countries and the listing are known; why a party is on a list stays in the list.
    """
    entry, watch_list = entity.entry, entity.watch_list
    known = {
        Property.COUNTRY: list(entry.countries),
        Property.KIND: [] if entry.kind is PartyKind.UNKNOWN else [entry.kind.value],
        Property.IDENTIFIER: [
            f"{number.scheme}:{number.value}" if number.scheme else number.value for number in entry.identifiers
        ],
        Property.NAME: [entry.name],
        Property.OTHER_NAMES: [name.text for name in entry.aliases],
        Property.LIST: [watch_list.title],
        Property.EDITION: [watch_list.edition],
        Property.LISTED_ON: [entry.from_date or ""],
        Property.ENDED: [entry.to_date or "ended"] if entry.ended_by(as_of) else [],
        Property.PROGRAMME: [entry.programme],
        Property.PLACE: [entry.locator],
    }
    return [value for value in known[Property(wanted)] if value] if wanted in {each.value for each in known} else []
