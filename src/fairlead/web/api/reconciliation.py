"""OpenRefine asks who somebody is: an organisation's parties and the reference lists, by a token in the address.

OpenRefine cannot send headers, so the token stands in the address and may do nothing but this.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from fairlead.language import LANGUAGES, Language
from fairlead.model.schemas import ROW
from fairlead.reconcile import ReconciliationApplication, make_catalogue, supplier_list
from fairlead.reconcile.request import cross_origin
from fairlead.screen import reference_lists
from fairlead.web.api.caller import check_rate
from fairlead.web.api.models import TokenUse
from fairlead.web.api.problems import Problem
from fairlead.web.api.tokens import find_token
from fairlead.web.audit.chain import chain_of
from fairlead.web.audit.models import AuditHead
from fairlead.web.organisations.access import open_to_all
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party, PartyIdentifier
from fairlead.web.parties.tables import party_table

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: So many organisations' indexes are kept in memory by each process of the server.
_KEPT: Final = 4


@dataclass(frozen=True)
class _Index:
    """What was indexed: the state of the log and of the parties, and the application that answers."""

    log: int
    parties: tuple[Any, ...]
    application: ReconciliationApplication


_indexes: OrderedDict[tuple[int, str, date], _Index] = OrderedDict()
_building = threading.Lock()


@csrf_exempt
@open_to_all("programs call it; the token in the address opens it")
def reconcile(request: HttpRequest, organisation: str, token: str, rest: str = "") -> HttpResponse:
    """Answer a question of the protocol for the organisation whose token stands in the address."""
    found = find_token(token, TokenUse.RECONCILE)
    if found is None or found.membership.organisation.slug != organisation or Capability.SEE not in found.capabilities:
        return _refused(request, HTTPStatus.NOT_FOUND, "This address holds no token that is valid. Make a new one.")
    try:
        check_rate(found)
    except Problem as problem:
        refused = _refused(request, HTTPStatus.TOO_MANY_REQUESTS, f"{problem.what} {problem.do}")
        refused["Retry-After"] = problem.headers["Retry-After"]
        return refused
    prefix = request.path[: len(request.path) - len(rest)]
    return _called(application_of(found.membership.organisation), request, prefix, rest)


def _refused(request: HttpRequest, status: HTTPStatus, sentence: str) -> HttpResponse:
    content = orjson.dumps({"status": "error", "message": sentence})
    headers = dict(cross_origin(request.META))
    return HttpResponse(content, status=status, content_type="application/json; charset=utf-8", headers=headers)


def _called(application: ReconciliationApplication, request: HttpRequest, prefix: str, rest: str) -> HttpResponse:
    """Call the WSGI application under its prefix and return its answer as Django's."""
    environ: WSGIEnvironment = {
        **request.META,
        "SCRIPT_NAME": prefix,
        "PATH_INFO": rest,
        "wsgi.url_scheme": request.scheme,
    }
    answer = HttpResponse()

    def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        answer.status_code = int(status.split(" ", 1)[0])
        for name, value in headers:
            answer[name] = value

    answer.content = b"".join(application(environ, start))
    answer.xframe_options_exempt = True  # OpenRefine shows the preview in a frame
    return answer


def application_of(organisation: Organisation) -> ReconciliationApplication:
    """Return what answers for an organisation, indexed anew where its parties have changed.

    The log has a line for every change, so that an unchanged log, which costs one row to read, tells that nothing has.
    """
    day = timezone.localdate()
    key = (organisation.pk, organisation.language, day)
    log = AuditHead.objects.filter(chain=chain_of(organisation)).values_list("number", flat=True).first() or 0
    kept = _indexes.get(key)
    if kept is not None and kept.log == log:
        return kept.application
    with _building:
        parties = _state(organisation)
        kept = _indexes.get(key)
        application = kept.application if kept is not None and kept.parties == parties else _made(organisation, day)
        _indexes[key] = _Index(log, parties, application)
        _indexes.move_to_end(key)
        while len(_indexes) > _KEPT:
            _indexes.popitem(last=False)
    return application


def _state(organisation: Organisation) -> tuple[Any, ...]:
    """Return figures that differ as soon as a party or one of its numbers does."""
    live = Party.live.filter(organisation=organisation)
    numbers = PartyIdentifier.objects.filter(party__in=live)
    parties = live.aggregate(Count("pk"), Max("changed_at"))
    return organisation.name, *parties.values(), *numbers.aggregate(Count("pk"), Max("pk")).values()


def _made(organisation: Organisation, day: date) -> ReconciliationApplication:
    suppliers = supplier_list(party_table(organisation), ROW.empty_table(), [], [])
    named = replace(suppliers, title=organisation.name)
    catalogue = make_catalogue((*reference_lists(day), named), day)
    language = organisation.language if organisation.language in LANGUAGES else "en"
    return ReconciliationApplication(catalogue, Language(language), hosts=settings.ALLOWED_HOSTS)
