"""Addresses of assessments, their reports and comparisons, and challenges."""

from __future__ import annotations

from django.urls import path

from fairlead.web.assessments.views import assessment, challenge, comparison, rating, report

app_name = "assessments"
urlpatterns = [
    path("", assessment.assessment_list, name="list"),
    path("begin/", assessment.begin_assessment, name="begin"),
    path("challenges/", challenge.challenge_list, name="challenges"),
    path("challenges/<int:number>/", challenge.challenge_page, name="challenge"),
    path("challenges/<int:number>/proof/", challenge.proof, name="proof"),
    path("challenges/of/<str:uid>/", challenge.add_challenge, name="add_challenge"),
    path("compared/<int:number>/", comparison.comparison_page, name="comparison"),
    path("<int:number>/", assessment.assessment_page, name="assessment"),
    path("<int:number>/compare/", comparison.compare, name="compare"),
    path("<int:number>/reports/", report.reports, name="reports"),
    path("<int:number>/reports/<str:kind>/", report.download, name="report"),
    path("<int:number>/parties/<str:uid>/", rating.rating_page, name="rating"),
]
