"""Addresses of one's own account that are not allauth's."""

from __future__ import annotations

from django.urls import path

from fairlead.web.accounts import views

app_name = "accounts"
urlpatterns = [path("", views.profile, name="profile")]
