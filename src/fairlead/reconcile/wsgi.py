"""The service over HTTP, as a WSGI application that works under any prefix; requests are bounded and nothing is kept.

Pages of other sites must not read a user's suppliers through the user's browser. So no page but one from this
computer may read an answer (CORS), a name in the header Host that is not this computer's is refused (DNS rebinding),
and there is no JSONP, which cannot be guarded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson

from fairlead.errors import RequestError, RequestTooLarge
from fairlead.language import Language
from fairlead.reconcile.answers import extend, propose_properties, suggest_entities, suggest_properties, suggest_types
from fairlead.reconcile.candidates import reconcile
from fairlead.reconcile.catalogue import Catalogue
from fairlead.reconcile.manifest import manifest
from fairlead.reconcile.preview import missing, preview
from fairlead.reconcile.query import read_extension, read_queries, read_single_query
from fairlead.reconcile.request import (
    Parameters,
    base_address,
    count,
    cross_origin,
    is_called_rightly,
    parameters,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_JSON: Final = "application/json; charset=utf-8"
_HTML: Final = "text/html; charset=utf-8"
_NO_SCRIPT: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
)


@dataclass(frozen=True)
class _Answer:
    status: str
    content: bytes
    kind: str = _JSON
    headers: tuple[tuple[str, str], ...] = field(default=())


class ReconciliationApplication:
    """Answers for one catalogue; `hosts` are further names by which clients may call this computer."""

    def __init__(self, catalogue: Catalogue, language: Language, *, hosts: Iterable[str] = ()) -> None:
        self._catalogue = catalogue
        self._language = language
        self._hosts = frozenset(host.lower() for host in hosts)
        self._pages: Mapping[str, Callable[[Parameters, str], _Answer]] = {
            "/": self._service,
            "/suggest/entity": self._suggest_entity,
            "/suggest/property": lambda given, _: _json(suggest_properties(given.get("prefix", ""))),
            "/suggest/type": lambda given, _: _json(suggest_types(self._catalogue, given.get("prefix", ""))),
            "/extend/propose": self._propose,
            "/preview": self._page,
            "/entity": self._page,
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; whatever is wrong with it is said in a sentence."""
        answer = self._answer(environ)
        headers = [
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(answer.content))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", _NO_SCRIPT),
            *cross_origin(environ),
            *answer.headers,
        ]
        start_response(answer.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.content]

    def _answer(self, environ: WSGIEnvironment) -> _Answer:
        if not is_called_rightly(environ, self._hosts):
            return _refusal("421 Misdirected Request", "This service is not called by that name.")
        page = self._pages.get(environ.get("PATH_INFO", "").rstrip("/") or "/")
        if page is None:
            return _refusal("404 Not Found", "There is nothing at this address.")
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            return _Answer("200 OK", b"")
        if method not in _METHODS:
            return _refusal("405 Method Not Allowed", "Ask with GET or POST.", ("Allow", ", ".join(_METHODS)))
        return _asked(page, environ)

    def _service(self, given: Parameters, base: str) -> _Answer:
        if "queries" in given:
            return _json(reconcile(self._catalogue, read_queries(given["queries"]), self._language))
        if "query" in given:
            single = {"query": read_single_query(given["query"])}
            return _json(reconcile(self._catalogue, single, self._language)["query"])
        if "extend" in given:
            return _json(extend(self._catalogue, read_extension(given["extend"])))
        return _json(manifest(self._catalogue, base))

    def _suggest_entity(self, given: Parameters, _: str) -> _Answer:
        found = suggest_entities(self._catalogue, given.get("prefix", ""), count(given, "cursor") or 0, self._language)
        return _json(found)

    def _propose(self, given: Parameters, _: str) -> _Answer:
        return _json(propose_properties(given.get("type", ""), count(given, "limit")))

    def _page(self, given: Parameters, _: str) -> _Answer:
        entity = self._catalogue.by_id.get(given.get("id", ""))
        if entity is None:
            return _Answer("404 Not Found", missing(self._language).encode(), _HTML)
        page = preview(entity, self._catalogue.as_of, self._language)
        return _Answer("200 OK", page.encode("utf-8", "replace"), _HTML)


def _asked(page: Callable[[Parameters, str], _Answer], environ: WSGIEnvironment) -> _Answer:
    try:
        return page(parameters(environ), base_address(environ))
    except RequestTooLarge as error:
        return _refusal("413 Content Too Large", str(error))
    except RequestError as error:
        return _refusal("400 Bad Request", str(error))


def _json(content: Any) -> _Answer:
    return _Answer("200 OK", orjson.dumps(content))


def _refusal(status: str, sentence: str, *headers: tuple[str, str]) -> _Answer:
    return _Answer(status, orjson.dumps({"status": "error", "message": sentence}), headers=headers)
