"""The API as a whole: its resources and its description."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Final

import orjson
from django.http import HttpRequest
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.parser import Parser

from fairlead import __version__
from fairlead.web.api.problems import add_handlers

#: The files of `resources`, in the order of the document.
RESOURCES: Final = (
    "organisations",
    "imports",
    "import_previews",
    "import_steps",
    "parties",
    "labels",
    "regroupings",
    "duplicates",
    "bulk_changes",
    "history",
    "sites",
    "links",
    "evidence",
    "assessments",
    "comparisons",
    "reports",
    "challenges",
    "questionnaires",
    "questionnaire_steps",
    "answers",
    "actions",
    "leaving",
    "deadlines",
    "standards",
    "overview",
    "chain",
    "jobs",
    "audit",
    "views",
)

ABOUT: Final = """\
What the pages of the workbench do, for programs. Every request carries a token (`Authorization: Bearer TOKEN`) that a
member of the organisation has made on the page “Tokens”; a token allows what both its scopes and its owner's role
allow at that moment.

Lists come in pages; the address of the next one is in `next`. What is added meanwhile moves nothing. A record's
version is its ETag: send it back in If-Match to change the record, and in If-None-Match to be told 304 where it is
still the same. A POST with an Idempotency-Key is done once, however often it is sent. What is refused is answered with
application/problem+json: what, where, what to do. A token may make so many requests in a minute as the installation
has set (FAIRLEAD_API_REQUESTS_PER_MINUTE, 600 where nobody has set it), counted by each process of the server; 429
says in Retry-After when to go on.
"""


class _Json(Parser):
    """Reads bodies strictly: no NaN, no broken letters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the content of the body. Raises orjson.JSONDecodeError where it is not JSON."""
        return orjson.loads(request.body)


@cache
def api() -> NinjaAPI:
    """Return the API with all its operations."""
    made = NinjaAPI(
        title="Fairlead",
        version=__version__,
        description=ABOUT,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        parser=_Json(),
    )
    add_handlers(made)
    with override("en"):  # the document is in English
        for name in RESOURCES:
            made.add_router("", import_module(f"fairlead.web.api.resources.{name}").router)
    return made
