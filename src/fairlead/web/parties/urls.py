"""Addresses of parties."""

from __future__ import annotations

from django.urls import path

from fairlead.web.parties.views import bulk, duplicates, merge, page, parties, parts, restore

app_name = "parties"
urlpatterns = [
    path("", parties.party_list, name="list"),
    path("add/", parties.add_party, name="add"),
    path("find/", parties.find_parties, name="find"),
    path("labels/", bulk.labels_page, name="labels"),
    path("change/", bulk.bulk_change_page, name="bulk_change"),
    path("change/withdraw/", bulk.bulk_withdraw, name="bulk_withdraw"),
    path("change/merge/", bulk.bulk_merge, name="bulk_merge"),
    path("change/<int:number>/", bulk.bulk_done, name="bulk_done"),
    path("change/<int:number>/undo/", bulk.bulk_undo, name="bulk_undo"),
    path("merge/", merge.merge_page, name="merge"),
    path("merge/<int:number>/undo/", merge.undo_regrouping, name="undo_regrouping"),
    path("duplicates/", duplicates.duplicates_page, name="duplicates"),
    path("duplicates/search/", duplicates.search_duplicates, name="search_duplicates"),
    path("duplicates/<int:number>/", duplicates.decide_pair, name="decide_pair"),
    path("duplicates/<int:number>/reopen/", duplicates.reopen_pair, name="reopen_pair"),
    path("identifiers/<int:number>/remove/", parts.remove_identifier, name="remove_identifier"),
    path("identifiers/<int:number>/back/", parts.identifier_back, name="identifier_back"),
    path("sites/<str:uid>/", parts.edit_site, name="edit_site"),
    path("links/<str:uid>/", parts.edit_link, name="edit_link"),
    path("parts/<str:kind>/<str:uid>/withdraw/", parts.withdraw_part, name="withdraw_part"),
    path("parts/<str:kind>/<str:uid>/back/", parts.part_back, name="part_back"),
    path("history/<str:kind>/<int:number>/restore/", restore.restore_version, name="restore"),
    path("<str:uid>/", page.party_page, name="party"),
    path("<str:uid>/evidence/", page.evidence_page, name="evidence"),
    path("<str:uid>/chain/", page.chain_page, name="chain"),
    path("<str:uid>/work/", page.work_page, name="work"),
    path("<str:uid>/history/", page.history_page, name="history"),
    path("<str:uid>/edit/", parties.edit_party, name="edit"),
    path("<str:uid>/withdraw/", parties.withdraw_party, name="withdraw"),
    path("<str:uid>/back/", parties.take_back_party, name="take_back"),
    path("<str:uid>/split/", merge.split_page, name="split"),
    path("<str:uid>/identifiers/add/", parts.add_identifier, name="add_identifier"),
    path("<str:uid>/sites/add/", parts.add_site, name="add_site"),
    path("<str:uid>/links/add/", parts.add_link, name="add_link"),
    path("<str:uid>/labels/add/", parts.add_label, name="add_label"),
    path("<str:uid>/labels/<int:number>/remove/", parts.remove_label, name="remove_label"),
]
