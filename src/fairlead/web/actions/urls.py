"""Addresses of corrective actions."""

from __future__ import annotations

from django.urls import path

from fairlead.web.actions import calendar_views, leaving_views, views

app_name = "actions"
urlpatterns = [
    path("", views.action_list, name="list"),
    path("calendar/", calendar_views.calendar_page, name="calendar"),
    path("calendar.ics", calendar_views.calendar_file, name="calendar_file"),
    path("of/<str:uid>/add/", views.add_action, name="add"),
    path("of/<str:uid>/leaving/", leaving_views.leaving_page, name="leaving"),
    path("<str:uid>/", views.action_page, name="action"),
    path("<str:uid>/edit/", views.edit_action, name="edit"),
    path("<str:uid>/note/", views.note_action, name="note"),
    path("<str:uid>/escalate/", views.escalate_action, name="escalate"),
    path("<str:uid>/files/<int:number>/", views.action_file, name="file"),
    path("<str:uid>/step/<str:step>/", views.move_action, name="move"),
]
