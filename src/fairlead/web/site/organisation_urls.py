"""What belongs to one organisation, each feature under its own address."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("chain/", include("fairlead.web.chain.urls")),
    path("overview/", include("fairlead.web.dashboards.urls")),
    path("actions/", include("fairlead.web.actions.urls")),
    path("parties/", include("fairlead.web.parties.urls")),
    path("evidence/", include("fairlead.web.evidence.urls")),
    path("standard/", include("fairlead.web.standards.urls")),
    path("questionnaires/", include("fairlead.web.questionnaires.urls")),
    path("assessments/", include("fairlead.web.assessments.urls")),
    path("imports/", include("fairlead.web.imports.urls")),
    path("jobs/", include("fairlead.web.jobs.urls")),
    path("views/", include("fairlead.web.lists.urls")),
    path("records/", include("fairlead.web.records.urls")),
    path("tokens/", include("fairlead.web.api.urls")),
    path("audit/", include("fairlead.web.audit.urls")),
]
