"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from fairlead.web.imports.views import columns, decide, importing, imports, tables

app_name = "imports"
urlpatterns = [
    path("", imports.import_list, name="list"),
    path("add/", imports.upload, name="add"),
    path("<int:number>/", importing.import_page, name="import"),
    path("<int:number>/columns/", columns.columns_page, name="columns"),
    path("<int:number>/commit/", importing.commit, name="commit"),
    path("<int:number>/undo/", importing.undo, name="undo"),
    path("<int:number>/discard/", importing.discard_import, name="discard"),
    path("<int:number>/again/", importing.read_again, name="again"),
    path("<int:number>/decide/", decide.decide_pair, name="decide"),
    path("<int:number>/<str:kind>/", tables.table_page, name="table"),
]
