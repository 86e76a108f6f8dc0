"""The organisation of the token, and what the token may do in it."""

from __future__ import annotations

from datetime import datetime

from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.values import Given
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.change import change_organisation
from fairlead.web.organisations.models import Organisation

router = Router(tags=["organisations"])


class OrganisationOut(BaseModel):
    """An organisation that the token opens: a token opens one."""

    id: str = Field(description="The organisation's name in addresses")
    name: str
    language: str
    sandbox: bool
    shows_ratings: bool = Field(description="Whether suppliers with an account see what is estimated of them")
    role: str = Field(description="The role of the token's owner")
    may: list[str] = Field(description="What the token allows now: its scopes, as far as the role has them")
    token: str = Field(description="The name of the token")
    token_expires_at: datetime


class OrganisationsOut(BaseModel):
    """The organisations that the token opens."""

    items: list[OrganisationOut]


class ShowingIn(Given):
    """Whether suppliers with an account see their current rating."""

    shows_ratings: bool


@reads(router, "/organisations", needs=None, reply=OrganisationsOut)
def list_organisations(request: ApiRequest) -> Reply:
    """The organisation that the token opens.

    A token belongs to one person in one organisation, so the list has one item. Its `id` stands in the addresses of
    everything else.
    """
    return Reply(OrganisationsOut(items=[_written(request, request.organisation)]))


@adds(
    router,
    "/organisations/{organisation}/shows-ratings",
    needs=Capability.ADMINISTER,
    reply=OrganisationOut,
    status=200,
)
def show_ratings_to_suppliers(request: ApiRequest, body: ShowingIn) -> Reply:
    """Choose whether suppliers with an account see what the organisation estimates of them.

    They see the band, the interval and the main reasons in plain words; restricted evidence, and what workers and their
    unions said, is neither shown nor counted there.
    """
    changed = change_organisation(request.organisation, body.model_dump(), user=request.user)
    return Reply(_written(request, changed))


def _written(request: ApiRequest, organisation: Organisation) -> OrganisationOut:
    token = request.auth.token
    return OrganisationOut(
        id=organisation.slug,
        name=organisation.name,
        language=organisation.language,
        sandbox=organisation.sandbox,
        shows_ratings=organisation.shows_ratings,
        role=request.membership.role,
        may=sorted(request.auth.capabilities),
        token=token.name,
        token_expires_at=token.expires_at,
    )
