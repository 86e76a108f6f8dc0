"""Addresses outside an organisation: first start, choosing, invitations."""

from __future__ import annotations

from django.urls import path

from fairlead.web.organisations import leave, members, views, wipe_sandbox

app_name = "organisations"
urlpatterns = [
    path("", views.front, name="front"),
    path("welcome/", views.welcome, name="welcome"),
    path("organisations/", views.choose, name="choose"),
    path("organisations/add/", views.add_organisation, name="add"),
    path("join/<str:token>/", views.join, name="join"),
    path("o/<slug:slug>/", members.home, name="home"),
    path("o/<slug:slug>/organisation/", members.settings_page, name="settings"),
    path("o/<slug:slug>/organisation/invite/", members.invite, name="invite"),
    path("o/<slug:slug>/organisation/invitations/<int:number>/withdraw/", members.withdraw_invitation, name="withdraw"),
    path("o/<slug:slug>/organisation/members/<int:number>/", members.change_member, name="member"),
    path("o/<slug:slug>/organisation/members/<int:number>/unlock/", members.unlock_member, name="unlock"),
    path("o/<slug:slug>/organisation/leave/", leave.leave, name="leave"),
    path("o/<slug:slug>/organisation/wipe/", wipe_sandbox.wipe_page, name="wipe"),
]
