"""Labels that a team gives to parties."""

from __future__ import annotations

from typing import Annotated, Final

from django.db.models import Count
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.resources.parties import find, party_of
from fairlead.web.api.values import Given, Number, ShortText
from fairlead.web.lists.definition import Column, ListDefinition
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import parts
from fairlead.web.parties.models import Label

router = Router(tags=["parties"])

_BASE: Final = "/organisations/{organisation}/labels"
_OF_PARTY: Final = "/organisations/{organisation}/parties/{party}/labels"


class LabelOut(BaseModel):
    """A label."""

    number: int
    name: str


class LabelRowOut(LabelOut):
    """A label, and how many parties have it."""

    parties: int


class LabelsOut(BaseModel):
    """The labels of a party."""

    items: list[LabelOut]


class LabelIn(Given):
    """The name of a label."""

    name: Annotated[ShortText, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*\S[^\x00]*$")]


def _written(label: Label) -> LabelOut:
    return LabelOut(number=label.pk, name=label.name)


lists(
    router,
    _BASE,
    ApiList(
        definition=ListDefinition(
            key="labels",
            title="Labels",
            page="",
            rows=lambda organisation: Label.objects.filter(organisation=organisation),
            columns=(Column("name", "Label", lambda row: row.name, order=("name",)),),
            order=("name", "pk"),
        ),
        row=LabelRowOut,
        write=lambda label: LabelRowOut(number=label.pk, name=label.name, parties=label.count),
        related=lambda rows: rows.annotate(count=Count("labellings")),
    ),
    needs=Capability.SEE,
    name="list_labels",
    about="The organisation's labels, by name.",
)


def _find(request: ApiRequest, number: int) -> Label:
    return get_object_or_404(Label.objects.select_related("organisation"), pk=number, organisation=request.organisation)


def _of_party(request: ApiRequest, party: str) -> Reply:
    labels = find(request, party).labels.order_by("name")
    return Reply(LabelsOut(items=[_written(label) for label in labels]))


@adds(router, _BASE + "/{number}/rename", needs=Capability.EDIT, reply=LabelOut, status=200)
def rename_label(request: ApiRequest, number: Number, body: LabelIn) -> Reply:
    """Give a label another name."""
    parts.rename_label(_find(request, number), parts.label_name(body.name), request.user)
    return Reply(_written(_find(request, number)))


@adds(router, _BASE + "/{number}/remove", needs=Capability.EDIT, reply=None, status=204, media_type=None)
def remove_label(request: ApiRequest, number: Number) -> Reply:
    """Take a label away, from every party that has it."""
    parts.drop_label(_find(request, number), request.user)
    return Reply(None)


@reads(router, _OF_PARTY, needs=Capability.SEE, reply=LabelsOut)
def list_party_labels(request: ApiRequest, party: str) -> Reply:
    """The labels of one party."""
    return _of_party(request, party)


@adds(router, _OF_PARTY, needs=Capability.EDIT, reply=LabelsOut)
def label_party(request: ApiRequest, party: str, body: LabelIn) -> Reply:
    """Give a party a label, which is made where there is none of the name; return all that it has."""
    one = party_of(request, find(request, party).uid, "address")
    parts.add_label(one, request.user, parts.label_name(body.name))
    return _of_party(request, party)


@adds(router, _OF_PARTY + "/{number}/remove", needs=Capability.EDIT, reply=None, status=204, media_type=None)
def unlabel_party(request: ApiRequest, party: str, number: Number) -> Reply:
    """Take a label from a party."""
    one = party_of(request, find(request, party).uid, "address")
    parts.remove_label(one, request.user, _find(request, number))
    return Reply(None)
