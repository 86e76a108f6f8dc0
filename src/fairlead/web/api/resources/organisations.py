"""The organisation of the token, and what the token may do in it."""

from __future__ import annotations

from datetime import datetime

from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, reads

router = Router(tags=["organisations"])


class OrganisationOut(BaseModel):
    """An organisation that the token opens: a token opens one."""

    id: str = Field(description="The organisation's name in addresses")
    name: str
    language: str
    sandbox: bool
    role: str = Field(description="The role of the token's owner")
    may: list[str] = Field(description="What the token allows now: its scopes, as far as the role has them")
    token: str = Field(description="The name of the token")
    token_expires_at: datetime


class OrganisationsOut(BaseModel):
    """The organisations that the token opens."""

    items: list[OrganisationOut]


@reads(router, "/organisations", needs=None, reply=OrganisationsOut)
def list_organisations(request: ApiRequest) -> Reply:
    """The organisation that the token opens.

    A token belongs to one person in one organisation, so the list has one item. Its `id` stands in the addresses of
    everything else.
    """
    organisation, token = request.organisation, request.auth.token
    item = OrganisationOut(
        id=organisation.slug,
        name=organisation.name,
        language=organisation.language,
        sandbox=organisation.sandbox,
        role=request.membership.role,
        may=sorted(request.auth.capabilities),
        token=token.name,
        token_expires_at=token.expires_at,
    )
    return Reply(OrganisationsOut(items=[item]))
