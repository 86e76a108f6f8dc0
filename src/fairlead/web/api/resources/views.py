"""Saved views: search, filters and order of a list under a name."""

from __future__ import annotations

from typing import Annotated, Final

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.values import Given, Number, ShortText
from fairlead.web.lists.definition import ListDefinition
from fairlead.web.lists.models import SavedView
from fairlead.web.lists.saved import keep_view
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["views"])


class ViewOut(BaseModel):
    """A saved view; `query` is what stands after the address of the list."""

    id: int
    list: str
    name: str
    query: str
    shared: bool
    own: bool


class ViewIn(Given):
    """A view to keep; one of the same list and name is replaced."""

    list: Annotated[ShortText, Field(min_length=1, max_length=40)]
    name: Annotated[ShortText, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*\S[^\x00]*$")]
    query: Annotated[str, Field(max_length=2_000, pattern=r"^(\?[^\x00#]*)?$")] = ""
    shared: bool = False


def _written(view: SavedView) -> ViewOut:
    own = bool(getattr(view, "own", False))
    return ViewOut(id=view.pk, list=view.list_key, name=view.name, query=view.query, shared=view.shared, own=own)


def _seen(request: ApiRequest, rows: QuerySet[SavedView]) -> QuerySet[SavedView]:
    mine = Q(user=request.user)
    own = Case(When(mine, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.filter(mine | Q(shared=True)).annotate(own=own)


VIEWS: Final = ApiList(
    definition=ListDefinition(
        key="views",
        title="Views",
        page="",
        rows=lambda organisation: SavedView.objects.filter(organisation=organisation),
        columns=(),
        order=("pk",),
    ),
    row=ViewOut,
    write=_written,
    narrow=_seen,
)
lists(
    router,
    "/organisations/{organisation}/views",
    VIEWS,
    needs=Capability.SEE,
    name="list_views",
    about="Views of lists: one's own and the shared ones.",
)


@reads(router, "/organisations/{organisation}/views/{view}", needs=Capability.SEE, reply=ViewOut)
def read_view(request: ApiRequest, view: Number) -> Reply:
    """One view."""
    rows = _seen(request, SavedView.objects.filter(organisation=request.organisation))
    return Reply(_written(get_object_or_404(rows, pk=view)))


@adds(router, "/organisations/{organisation}/views", needs=Capability.SEE, reply=ViewOut)
def add_view(request: ApiRequest, body: ViewIn) -> Reply:
    """Keep a view under a name."""
    kept = keep_view(
        request.organisation, request.user, body.list, body.name.strip(), query=body.query, shared=body.shared
    )
    kept.own = True  # type: ignore[attr-defined]
    return Reply(_written(kept), location=f"{request.path}/{kept.pk}")


@adds(
    router,
    "/organisations/{organisation}/views/{view}/remove",
    needs=Capability.SEE,
    reply=None,
    status=204,
    media_type=None,
)
def remove_view(request: ApiRequest, view: Number) -> Reply:
    """Take one of one's own views away."""
    get_object_or_404(SavedView, organisation=request.organisation, user=request.user, pk=view).delete()
    return Reply(None)
