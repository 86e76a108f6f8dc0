"""Addresses of an organisation's tokens."""

from __future__ import annotations

from django.urls import path

from fairlead.web.api import token_pages

app_name = "tokens"
urlpatterns = [
    path("", token_pages.tokens_page, name="list"),
    path("<int:number>/revoke/", token_pages.revoke, name="revoke"),
]
