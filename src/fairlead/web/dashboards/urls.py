"""Addresses of the overview."""

from __future__ import annotations

from django.urls import path

from fairlead.web.dashboards import views

app_name = "dashboards"
urlpatterns = [path("", views.overview, name="overview")]
