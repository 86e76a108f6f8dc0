"""Does a thing once, however often it is asked for: the reply is kept beside what was done, in one transaction.

After a crash either both are there, and the repeated request gets the reply, or neither, and it is done now.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.models import KeptReply
from fairlead.web.api.problems import Problem, invalid

KEY_HEADER: Final = "Idempotency-Key"
#: So long a reply is kept.
KEPT: Final = timedelta(hours=24)
_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
_KEPT_HEADERS: Final = ("Content-Type", "ETag", "Location")
#: So many old replies are thrown away with each new one, so that the table never grows without end.
_SWEPT: Final = 20


def once(request: ApiRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the reply of `act`, or the one that is kept for the same key and request.

    Raises Problem with 422 where the key was used for another request. A request that is refused is not kept: nothing
    was done, so it may be corrected and sent again with its key.
    """
    key = request.headers.get(KEY_HEADER)
    if key is None:
        with transaction.atomic():
            return act()
    if _KEY.fullmatch(key) is None:
        raise invalid([(f"header {KEY_HEADER}", "It is no word of 1 to 200 printable letters of ASCII.")])
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        _sweep()
        kept, new = KeptReply.objects.get_or_create(
            token=request.auth.token, key=key, defaults={"fingerprint": fingerprint}
        )
        if not new:
            return _again(kept, fingerprint)
        reply = act()
        if isinstance(reply, HttpResponse):
            kept.status, kept.body = reply.status_code, reply.content
            kept.headers = {name: reply[name] for name in _KEPT_HEADERS if name in reply}
            kept.save(update_fields=["status", "body", "headers"])
    return reply


def _fingerprint(request: ApiRequest) -> str:
    """Return what tells this request from others: method, address, type and body; of a file, its bytes."""
    found = hashlib.sha256(f"{request.method} {request.path_info}\n".encode("utf-8", "replace"))
    if request.content_type == "multipart/form-data":  # its boundary differs from one sending to the next
        for name in sorted(request.POST):
            found.update(f"{name}={request.POST.getlist(name)!r}\n".encode("utf-8", "replace"))
        for name in sorted(request.FILES):
            for file in request.FILES.getlist(name):
                found.update(f"{name} {file.name} {file.size}\n".encode("utf-8", "replace"))
                for chunk in file.chunks():
                    found.update(chunk)
                file.seek(0)
    else:
        found.update(request.body)
    return found.hexdigest()


def _again(kept: KeptReply, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "key-used",
            "This Idempotency-Key was used for another request.",
            where=f"header {KEY_HEADER}",
            do="Take a new key for a new request; repeat a request unchanged.",
        )
    reply = HttpResponse(bytes(kept.body), status=kept.status, headers=kept.headers)
    reply["Idempotency-Replayed"] = "true"
    return reply


def _sweep() -> None:
    old = KeptReply.objects.filter(created_at__lt=timezone.now() - KEPT).order_by("created_at")
    KeptReply.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_SWEPT])).delete()
