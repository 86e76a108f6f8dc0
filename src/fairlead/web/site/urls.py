"""The addresses of the workbench. What belongs to an organisation stands under /o/NAME/."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from fairlead.web.organisations.access import open_to_all


@open_to_all("browsers ask for it on every page")
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for /favicon.ico to the icon."""
    return HttpResponseRedirect(static("site/icon.svg"))


urlpatterns = [
    path("favicon.ico", favicon),
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.urls")),
    path("", include("fairlead.web.organisations.urls")),
    path("q/", include("fairlead.web.questionnaires.supplier_urls")),
    path("answer/", include("fairlead.web.questionnaires.account_urls")),
    path("o/<slug:slug>/", include("fairlead.web.site.organisation_urls")),
]

handler400 = "fairlead.web.site.failures.unusable"
handler403 = "fairlead.web.site.failures.not_allowed"
handler404 = "fairlead.web.site.failures.not_found"
handler500 = "fairlead.web.site.failures.broken"
