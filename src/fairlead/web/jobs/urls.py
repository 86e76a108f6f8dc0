"""Addresses of background work."""

from __future__ import annotations

from django.urls import path

from fairlead.web.jobs import views

app_name = "jobs"
urlpatterns = [path("<int:number>/", views.job_page, name="job")]
