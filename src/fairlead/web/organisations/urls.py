"""Addresses outside an organisation: first start, choosing, invitations."""

from __future__ import annotations

from django.urls import path

from fairlead.web.organisations import members, views

app_name = "organisations"
urlpatterns = [
    path("", views.front, name="front"),
    path("welcome/", views.welcome, name="welcome"),
    path("organisations/", views.choose, name="choose"),
    path("join/<str:token>/", views.join, name="join"),
    path("o/<slug:slug>/", members.home, name="home"),
    path("o/<slug:slug>/organisation/", members.settings_page, name="settings"),
    path("o/<slug:slug>/organisation/invite/", members.invite, name="invite"),
    path("o/<slug:slug>/organisation/invitations/<int:number>/withdraw/", members.withdraw_invitation, name="withdraw"),
    path("o/<slug:slug>/organisation/members/<int:number>/", members.change_member, name="member"),
]
