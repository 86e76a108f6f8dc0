"""The chain, walked tier by tier from the organisation or from a party, as the picture of it shows it."""

from __future__ import annotations

from typing import Final

from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Parameter, Reply, reads
from fairlead.web.api.problems import invalid
from fairlead.web.chain.asked import TIERS, Asked
from fairlead.web.chain.walk import walk
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party

router = Router(tags=["overview"])


class NodeOut(BaseModel):
    """A party in the chain, or the organisation itself with the key self; `column` is 0 where the walk starts."""

    key: str
    party: str = Field(description="Its id; empty for the organisation and for a group")
    name: str
    column: int
    country: str | None
    band: str | None
    assessed: bool
    unmapped: bool = Field(description="Nobody is known who supplies it")


class EdgeOut(BaseModel):
    """Who gives to whom, all links of one sort between the two together; `share` from 0 to 1."""

    giver: str
    receiver: str
    kinds: list[str]
    goods: list[str]
    share: float | None
    ring: bool


class FoldedOut(BaseModel):
    """How many of a column are not among the nodes; `more` where not all were read."""

    column: int
    count: int
    more: bool


class ChainOut(BaseModel):
    """The nearest of the chain, at most sixty of it; walk on from a party to see what stands behind it."""

    nodes: list[NodeOut]
    edges: list[EdgeOut]
    folded: list[FoldedOut]


_PARAMETERS: Final[tuple[Parameter, ...]] = (
    {
        "in": "query",
        "name": "start",
        "required": False,
        "schema": {"type": "string", "maxLength": 100, "pattern": r"^[^\x00]*$"},
        "description": "The id of the party at which the walk starts; the organisation where it is left out",
    },
    {
        "in": "query",
        "name": "tiers",
        "required": False,
        "schema": {"type": "integer", "enum": list(TIERS), "default": 3},
        "description": "So many tiers",
    },
)


@reads(router, "/organisations/{organisation}/chain", needs=Capability.SEE, reply=ChainOut, parameters=_PARAMETERS)
def read_chain(request: ApiRequest) -> Reply:
    """Who supplies whom, tier by tier; list_links gives every link."""
    uid, tiers = request.GET.get("start", ""), request.GET.get("tiers", "3")
    repeated = [name for name in ("start", "tiers") if len(request.GET.getlist(name)) > 1]
    if repeated or tiers not in {str(each) for each in TIERS} or "\x00" in uid:
        raise invalid([("query", "A parameter has a value that it cannot have, or is given more than once.")])
    start = get_object_or_404(Party.live, organisation=request.organisation, uid=uid) if uid else None
    walked = walk(request.organisation, start, Asked(start=uid, tiers=int(tiers)))
    same = ("key", "name", "column", "country", "band", "assessed", "unmapped")
    nodes = [NodeOut(party=node.uid, **{name: getattr(node, name) for name in same}) for node in walked.nodes]
    edges = [
        EdgeOut(
            kinds=list(edge.kinds),
            goods=list(edge.goods),
            **{name: getattr(edge, name) for name in ("giver", "receiver", "share", "ring")},
        )
        for edge in walked.edges
    ]
    folded = [FoldedOut(column=each.column, count=each.before + each.after, more=each.more) for each in walked.groups]
    return Reply(ChainOut(nodes=nodes, edges=edges, folded=folded))
