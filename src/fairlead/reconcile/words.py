"""The words of the protocol: types, properties and how values are written, the same in every answer."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class EntityType(StrEnum):
    """What an entity of the service is."""

    LISTED_PARTY = "listed_party"
    SUPPLIER = "supplier"


class Property(StrEnum):
    """What a query can say of a party (`IN_QUERIES`), and what can be asked of an entity (`OF_ENTITIES`)."""

    COUNTRY = "country"
    KIND = "kind"
    IDENTIFIER = "identifier"
    BORN = "born"
    NAME = "name"
    OTHER_NAMES = "other_names"
    LIST = "list"
    EDITION = "edition"
    LISTED_ON = "listed_on"
    ENDED = "ended"
    PROGRAMME = "programme"
    PLACE = "place"


#: Names as tools show them.
TYPE_NAMES: Final = {EntityType.LISTED_PARTY: "Listed party", EntityType.SUPPLIER: "Supplier"}

PROPERTY_NAMES: Final = {
    Property.COUNTRY: "Country",
    Property.KIND: "Kind of party",
    Property.IDENTIFIER: "Identification number",
    Property.BORN: "Date of birth or founding",
    Property.NAME: "Name",
    Property.OTHER_NAMES: "Other names",
    Property.LIST: "List",
    Property.EDITION: "Edition of the list",
    Property.LISTED_ON: "Listed on",
    Property.ENDED: "Listing ended",
    Property.PROGRAMME: "Programme",
    Property.PLACE: "Place in the list",
}
#: What a column of a spreadsheet can say of a name, so that the comparison knows more.
IN_QUERIES: Final = (Property.COUNTRY, Property.KIND, Property.IDENTIFIER, Property.BORN)
#: What the service tells; a date of birth serves the comparison and is never given out.
OF_ENTITIES: Final = tuple(each for each in Property if each is not Property.BORN)


def type_object(entity_type: EntityType) -> dict[str, str]:
    """Return a type as answers give it."""
    return {"id": entity_type.value, "name": TYPE_NAMES[entity_type]}
