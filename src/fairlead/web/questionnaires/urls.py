"""Addresses of an organisation's questionnaires."""

from __future__ import annotations

from django.urls import path

from fairlead.web.questionnaires import answer_files, many_views, shared_views, steps, views

app_name = "questionnaires"
urlpatterns = [
    path("", views.questionnaire_list, name="list"),
    path("new/", many_views.create, name="create"),
    path("send/", many_views.send_many, name="send_many"),
    path("remind/", many_views.remind_many, name="remind_many"),
    path("many/<int:number>/", many_views.many_done, name="many"),
    path("expiring/", views.expiring, name="expiring"),
    path("shared/", shared_views.shared, name="shared"),
    path("shared/<int:number>/", shared_views.shared_one, name="shared_one"),
    path("shared/<int:number>/accept/", shared_views.accept_one, name="accept_shared"),
    path("shared/<int:number>/undo/", shared_views.undo_one, name="undo_shared"),
    path("<int:number>/", views.questionnaire_page, name="one"),
    path("<int:number>/settings/", steps.change_settings, name="settings"),
    path("<int:number>/questions/", steps.questions, name="questions"),
    path("<int:number>/send/", steps.send, name="send"),
    path("<int:number>/remind/", steps.remind, name="remind"),
    path("<int:number>/link/", steps.new_link, name="new_link"),
    path("<int:number>/link/revoke/", steps.revoke_link, name="revoke_link"),
    path("<int:number>/cancel/", steps.cancel, name="cancel"),
    path("<int:number>/return/", steps.send_back, name="send_back"),
    path("<int:number>/accept/", steps.accept_answers, name="accept"),
    path("<int:number>/undo/", steps.undo_acceptance, name="undo"),
    path("<int:number>/invite/", steps.invite, name="invite"),
    path("<int:number>/copy/", steps.copy, name="copy"),
    path("<int:number>/export/<str:kind>/", views.export, name="export"),
    path("<int:number>/proof/<int:proof>/", views.proof, name="proof"),
    path("<int:number>/files/", answer_files.upload, name="upload"),
    path("<int:number>/files/<int:file>/", answer_files.file_page, name="file"),
]
