"""What a request says: its parameters, whom it believes it is talking to, and which page may read the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

import orjson

from fairlead.errors import RequestError, RequestTooLarge

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: The most bytes that a request may have.
MOST_BYTES: Final = 4 * 1024 * 1024
_MOST_FIELDS: Final = 20
_MOST_DIGITS: Final = 6
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_ORIGIN: Final = re.compile(r"https?://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
_HOST: Final = re.compile(r"(\[[0-9a-f:]+\]|[^:]+)(?::\d+)?", re.I)

Parameters = Mapping[str, str]


def is_called_rightly(environ: WSGIEnvironment, hosts: Iterable[str]) -> bool:
    """Whether the header Host names this computer or one of the hosts; another name is how a page elsewhere gets in."""
    found = _HOST.fullmatch(environ.get("HTTP_HOST") or environ.get("SERVER_NAME", ""))
    return found is not None and found[1].lower() in _LOCAL.union(hosts)


def cross_origin(environ: WSGIEnvironment) -> list[tuple[str, str]]:
    """Return the headers by which a page of this computer, such as OpenRefine's, may read the answer."""
    origin = environ.get("HTTP_ORIGIN", "")
    headers = [("Vary", "Origin")]
    if _ORIGIN.fullmatch(origin):
        headers += [
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
            ("Access-Control-Allow-Headers", "Content-Type, Accept, X-Requested-With"),
        ]
    return headers


def base_address(environ: WSGIEnvironment) -> str:
    """Return the address of the service as the client called it, with the prefix under which it is mounted."""
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{environ['wsgi.url_scheme']}://{host}{environ.get('SCRIPT_NAME', '')}".rstrip("/")


def parameters(environ: WSGIEnvironment) -> Parameters:
    """Return the parameters of the address and of the body: a form, or JSON, which is a batch of queries.

    A body of JSON may be the batch itself or an object with `queries` or `extend`.
    """
    found = _form(environ.get("QUERY_STRING", ""))
    if environ["REQUEST_METHOD"] != "POST":
        return found
    body = _body(environ)
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == "application/json":
        return found | _from_json(body)
    try:
        return found | _form(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RequestError("The request is not UTF-8.", do="Send it in UTF-8.") from error


def _form(text: str) -> dict[str, str]:
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as error:  # too many fields, or bytes that are no UTF-8
        raise RequestError("The fields of the request cannot be read.", do="Send a form in UTF-8.") from error
    return {name: values[0] for name, values in fields.items()}


def _from_json(body: bytes) -> dict[str, str]:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise RequestError(f"The request is not JSON: {error}.", do="Correct the program that asks.") from error
    if not isinstance(content, dict):
        raise RequestError("The request is not an object of JSON.", do='Send {"q0": {"query": "a name"}}.')
    for name in ("queries", "extend"):
        if name in content and not (isinstance(content[name], dict) and "query" in content[name]):
            return {name: orjson.dumps(content[name]).decode()}
    return {"queries": body.decode("utf-8")}


def _body(environ: WSGIEnvironment) -> bytes:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit():
        raise RequestError("The request does not say its length.", do="Send the header Content-Length.")
    if int(length) > MOST_BYTES:
        raise RequestTooLarge(
            f"The request has {int(length)} bytes.", do=f"Send {MOST_BYTES} at most, in several requests."
        )
    return bytes(environ["wsgi.input"].read(int(length)))


def count(given: Parameters, name: str) -> int | None:
    """Return a parameter that is a whole number of at most six digits; None for anything else."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
