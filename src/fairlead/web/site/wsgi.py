"""The application that the server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.web.site.settings")

application = get_wsgi_application()

# Pages import the engine, which takes a second: before the first request and not during it.
get_resolver().url_patterns  # noqa: B018
