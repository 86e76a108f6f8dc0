"""Addresses of saved views."""

from __future__ import annotations

from django.urls import path

from fairlead.web.lists import views

app_name = "lists"
urlpatterns = [
    path("save/", views.save_view, name="save_view"),
    path("<int:number>/remove/", views.remove_view, name="remove_view"),
]
