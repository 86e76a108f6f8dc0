"""Addresses of a supplier's account."""

from __future__ import annotations

from django.urls import path

from fairlead.web.questionnaires import account_views

app_name = "supplier_account"
urlpatterns = [
    path("", account_views.mine, name="mine"),
    path("<int:number>/open/", account_views.open_mine, name="open"),
    path("<int:number>/share/", account_views.share_mine, name="share"),
    path("consents/<int:number>/revoke/", account_views.revoke_mine, name="revoke"),
]
