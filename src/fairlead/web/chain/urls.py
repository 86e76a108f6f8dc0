"""Addresses of the chain."""

from __future__ import annotations

from django.urls import path

from fairlead.web.chain import link_list, map_page, picture_page, site_list

app_name = "chain"
urlpatterns = [
    path("", picture_page.picture, name="picture"),
    path("map/", map_page.world_page, name="map"),
    path("links/", link_list.link_list, name="links"),
    path("sites/", site_list.site_list, name="sites"),
]
