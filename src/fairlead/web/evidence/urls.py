"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from fairlead.web.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.evidence_list, name="list"),
    path("of/<str:uid>/add/", views.add_evidence, name="add"),
    path("proof/<int:number>/", views.proof_file, name="proof"),
    path("<str:uid>/", views.evidence_page, name="evidence"),
    path("<str:uid>/withdraw/", views.withdraw_evidence, name="withdraw"),
    path("<str:uid>/back/", views.take_back_evidence, name="take_back"),
    path("<str:uid>/proof/", views.attach_proof, name="attach"),
]
