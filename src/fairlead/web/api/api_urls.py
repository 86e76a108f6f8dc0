"""Addresses of the API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from fairlead.web.api import docs, document, reconciliation
from fairlead.web.api.application import api
from fairlead.web.api.problems import not_found
from fairlead.web.organisations.access import open_to_all


@open_to_all("there is nothing at these addresses")
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for an address under /api/ that there is not."""
    return not_found().response()


urlpatterns = [
    path("docs", docs.docs_page, name="api_docs"),
    path("openapi.json", document.openapi_json, name="openapi_json"),
    path("reconcile/<str:organisation>/<str:token>", reconciliation.reconcile, name="reconcile"),
    re_path(r"^reconcile/(?P<organisation>[^/]+)/(?P<token>[^/]+)(?P<rest>/.*)$", reconciliation.reconcile),
    path("", api().urls),
    path("<path:rest>", nothing),
]
