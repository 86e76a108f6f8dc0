"""Who calls: the token of a request, and whether it allows the operation."""

from __future__ import annotations

import time
from collections.abc import Callable, Container
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from ninja.security import HttpBearer

from fairlead.web.api.models import ApiToken, TokenUse
from fairlead.web.api.problems import Problem, invalid, not_found, refused, unauthorised
from fairlead.web.api.tokens import find_token
from fairlead.web.organisations.access import MemberRequest
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.site.uploads import too_large

#: The most bytes of a body of JSON.
MOST_BYTES: Final = 1024 * 1024
_MINUTE: Final = 60


@dataclass(frozen=True)
class Caller:
    """The program that calls: its token and what that allows now."""

    token: ApiToken
    capabilities: frozenset[Capability]

    def may(self, capability: Capability) -> bool:
        """Say whether the token, and the member's role, allow something."""
        return capability in self.capabilities


class ApiRequest(MemberRequest):
    """A request by a program; `user`, `membership` and `organisation` are those of its token."""

    auth: Caller


class BearerToken(HttpBearer):
    """Opens an operation to tokens with a capability; None where any valid token suffices.

    It is asked before anything of the request is read, and then has the rest of the request checked. An organisation in
    the address that is not the token's gives 404, so that nobody learns which organisations there are.
    """

    def __init__(self, capability: Capability | None, check: Callable[[HttpRequest], None]) -> None:
        super().__init__()
        self.capability, self._check = capability, check

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Return the caller. Raises Problem with 401, 403, 404, 429, and what the check raises."""
        found = find_token(token.strip(), TokenUse.API)
        if found is None:
            raise unauthorised()
        check_rate(found)
        membership = found.membership
        match = request.resolver_match
        named = match.kwargs.get("organisation") if match else None
        if named is not None and named != membership.organisation.slug:
            raise not_found()
        caller = Caller(found, found.capabilities)
        if self.capability is not None and not caller.may(self.capability):
            raise refused(self.capability)
        if self.capability is None and not caller.capabilities:
            raise refused(Capability.SEE)
        request.user = membership.user  # the history of records names it
        request.membership = membership  # type: ignore[attr-defined]
        request.organisation = membership.organisation  # type: ignore[attr-defined]
        self._check(request)
        return caller


def check_rate(token: ApiToken) -> None:
    """Count a request of a token in this minute. Raises Problem with 429 where there were too many.

    Each process of the server counts for itself, so that a request which only reads writes nothing.
    """
    minute, second = divmod(int(time.time()), _MINUTE)
    key = f"api-rate-{token.pk}-{minute}"
    cache.add(key, 0, timeout=2 * _MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # the entry was pushed out between the two calls
        return
    most = settings.API_REQUESTS_PER_MINUTE
    if count > most:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too-many-requests",
            f"The token has made more than {most} requests in this minute.",
            where="token",
            do="Wait as many seconds as the header Retry-After says.",
            headers={"Retry-After": str(_MINUTE - second)},
        )


def check_body(request: HttpRequest, media_type: str, most: int) -> None:
    """Raise Problem with 415 where the body is of another type, with 413 where it is too large."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            f"The body has more than {most} bytes.",
            where="body",
            do="Send less at a time.",
        )
    if request.content_type != media_type:
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "media-type",
            f"The body is not {media_type}.",
            where="header Content-Type",
            do=f"Send {media_type}.",
        )


def check_files(request: HttpRequest, most: int) -> None:
    """Raise Problem where a body of files cannot be read (400), is of another type (415), or has one too large (413).

    Each file may be as large as the pages take them, and there may be `most` of them.
    """
    limit = settings.UPLOAD_LIMIT
    check_body(request, "multipart/form-data", most * limit + MOST_BYTES)
    try:
        sent = [file for name in request.FILES for file in request.FILES.getlist(name)]
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "unreadable",
            "The body cannot be read as multipart/form-data.",
            where="body",
            do="Send each file as a part of its own with a name.",
        ) from error
    if too_large(request):
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            f"A file has more than {limit} bytes.",
            where="body",
            do="Send a smaller one.",
        )
    if len(sent) > most:
        raise invalid([("body", f"At most {most} files are taken at once.")])


def parameters_known(request: HttpRequest, known: Container[str]) -> None:
    """Raise Problem with 422 where the address has a parameter that the operation does not know."""
    unknown = [name for name in request.GET if name not in known]
    if unknown:
        raise invalid([(f"query.{name}", "This parameter is not known.") for name in unknown])
