"""Two addresses for what watches over the workbench: does it live, and can it do its work."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fairlead.web.organisations.access import open_to_all
from fairlead.web.site.checks import TO_BE_READY


@open_to_all("a service manager or load balancer asks it; it tells nothing but that the process answers")
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers, without asking the database."""
    return JsonResponse({"live": True})


@open_to_all("a service manager or load balancer asks it; it tells which part is unwell and nothing of what is kept")
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether database, migrations, worker and disk are well: 200 where all are, else 503 and which are not."""
    checked = [check() for check in TO_BE_READY]
    well = all(each.well for each in checked)
    parts = {each.name: "well" if each.well else each.found for each in checked}
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": well, "parts": parts}, status=status)
