"""The addresses of the workbench. What belongs to an organisation stands under /o/NAME/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from fairlead.web.accounts.views import choose_language
from fairlead.web.organisations.access import open_to_all
from fairlead.web.site import health


@open_to_all("browsers ask for it on every page")
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for /favicon.ico to the icon."""
    return HttpResponseRedirect(static("site/icon.svg"))


urlpatterns = [
    path("favicon.ico", favicon),
    path("language/", choose_language, name="set_language"),
    path("account/", include("allauth.urls")),
    path("api/", include("fairlead.web.api.api_urls")),
    path("me/", include("fairlead.web.accounts.urls")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("", include("fairlead.web.organisations.urls")),
    path("q/", include("fairlead.web.questionnaires.supplier_urls")),
    path("answer/challenges/", include("fairlead.web.assessments.own_urls")),
    path("answer/", include("fairlead.web.questionnaires.account_urls")),
    path("o/<slug:slug>/", include("fairlead.web.site.organisation_urls")),
]

handler400 = "fairlead.web.site.failures.unusable"
handler403 = "fairlead.web.site.failures.not_allowed"
handler404 = "fairlead.web.site.failures.not_found"
handler429 = "fairlead.web.site.failures.too_many"
handler500 = "fairlead.web.site.failures.broken"
