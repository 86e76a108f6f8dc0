"""Addresses of a supplier's pages, which need no account."""

from __future__ import annotations

from django.urls import path

from fairlead.web.questionnaires import supplier_files, supplier_views

app_name = "supplier"
urlpatterns = [
    path("<str:token>/", supplier_views.start, name="start"),
    path("<str:token>/section/<str:topic>/", supplier_views.section, name="section"),
    path("<str:token>/section/<str:topic>/files/<str:key>/", supplier_views.attach_proof, name="attach"),
    path("<str:token>/review/", supplier_views.review, name="review"),
    path("<str:token>/send/", supplier_views.send_in, name="send_in"),
    path("<str:token>/reuse/", supplier_views.reuse_all, name="reuse_all"),
    path("<str:token>/again/", supplier_views.ask_again, name="ask_again"),
    path("<str:token>/form/", supplier_files.form, name="form"),
    path("<str:token>/proof/<int:number>/", supplier_files.proof, name="proof"),
    path("<str:token>/receipt/<str:kind>/", supplier_files.receipt, name="receipt"),
]
