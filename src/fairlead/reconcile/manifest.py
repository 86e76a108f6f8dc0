"""What the service is and where its parts are, as a client reads it first."""

from __future__ import annotations

from typing import Any, Final

from fairlead import __version__
from fairlead.reconcile.catalogue import Catalogue
from fairlead.reconcile.query import GOOD_BATCH
from fairlead.reconcile.words import type_object

NAME: Final = "Fairlead: suppliers and lists"
#: The spaces of ids and properties are this program's own.
IDENTIFIER_SPACE: Final = "urn:fairlead:entity"
SCHEMA_SPACE: Final = "urn:fairlead:property"
PREVIEW_WIDTH: Final = 440
PREVIEW_HEIGHT: Final = 320


def manifest(catalogue: Catalogue, base: str) -> dict[str, Any]:
    """Return the manifest; `base` is the address of the service without a slash at its end."""
    return {
        "versions": ["0.1", "0.2"],
        "name": NAME,
        "identifierSpace": IDENTIFIER_SPACE,
        "schemaSpace": SCHEMA_SPACE,
        "serviceVersion": __version__,
        "defaultTypes": [type_object(each) for each in catalogue.types],
        "view": {"url": f"{base}/entity?id={{{{id}}}}"},
        "preview": {
            "url": f"{base}/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            each: {"service_url": base, "service_path": f"/suggest/{each}"} for each in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/extend/propose"},
            "property_settings": [],
        },
        "batchSize": GOOD_BATCH,
    }
