"""Addresses of the standard."""

from __future__ import annotations

from django.urls import path

from fairlead.web.standards import adapt_views, views

app_name = "standards"
urlpatterns = [
    path("", views.read, name="read"),
    path("versions/", views.versions, name="versions"),
    path("versions/<int:number>/", views.read_version, name="version"),
    path("versions/<int:number>/export/<str:kind>/", views.export, name="export"),
    path("compare/", views.compare, name="compare"),
    path("draft/", adapt_views.draft, name="draft"),
    path("draft/add/", adapt_views.add_provision, name="add"),
    path("draft/keep/", adapt_views.keep_version, name="keep"),
    path("draft/undo/<int:number>/", adapt_views.undo_change, name="undo"),
    path("draft/provision/<str:key>/", adapt_views.change_provision, name="provision"),
]
