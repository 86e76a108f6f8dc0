"""Addresses of parties."""

from __future__ import annotations

from django.urls import path

from fairlead.web.parties import views

app_name = "parties"
urlpatterns = [
    path("", views.party_list, name="list"),
    path("add/", views.add_party, name="add"),
    path("<str:uid>/", views.party_page, name="party"),
    path("<str:uid>/edit/", views.edit_party, name="edit"),
]
