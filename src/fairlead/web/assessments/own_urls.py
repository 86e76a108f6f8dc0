"""Addresses under which a supplier's account challenges ratings."""

from __future__ import annotations

from django.urls import path

from fairlead.web.assessments.views import own

app_name = "own_challenges"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("<int:number>/", own.one, name="one"),
    path("estimate/<int:number>/", own.rating_page, name="rating"),
    path("to/<int:number>/", own.add, name="add"),
]
