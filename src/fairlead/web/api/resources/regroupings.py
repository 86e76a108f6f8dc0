"""Merging parties that are one, splitting one that was two, and undoing either."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.errors import LaterWork
from fairlead.model.vocabulary import PartyKind, Visibility
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.problems import invalid, not_now
from fairlead.web.api.resources.parties import find, party_of
from fairlead.web.api.values import Country, Given, Number, ShortText
from fairlead.web.lists.definition import ListDefinition, Lookup, equals
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.combined import FILLED, among_said
from fairlead.web.parties.merge import MOST, merge
from fairlead.web.parties.models import Party, Regrouping, SourceRow
from fairlead.web.parties.split import Leaving, choosable, split
from fairlead.web.parties.undo_regrouping import undo
from fairlead.web.site.told import what_is_wrong

router = Router(tags=["parties"])

_PARTY: Final = "/organisations/{organisation}/parties/{party}"
_BASE: Final = "/organisations/{organisation}/regroupings"
Why = Annotated[ShortText, Field(max_length=300)]
_MOST_PARTS: Final = 1_000


class RegroupingOut(BaseModel):
    """A merge or a split."""

    number: int
    kind: str
    kept: str = Field(description="The party that stays")
    others: list[str] = Field(description="The parties merged into it, or the one split off it")
    withdrawn_links: int = Field(description="Links that led from the party to itself")
    why: str
    at: datetime
    undone_at: datetime | None


class ChosenIn(Given):
    """Facts on which the parties differ: what the merged one is to say, as one of them says it."""

    name: ShortText | None = None
    kind: ShortText | None = None
    country: ShortText | None = None
    tier: Annotated[int, Field(ge=0, le=32_767)] | None = None
    contact_email: ShortText | None = None
    language: ShortText | None = None


class MergeIn(Given):
    """What to merge into the party of the address."""

    others: list[ShortText] = Field(min_length=1, max_length=MOST - 1)
    chosen: ChosenIn = ChosenIn()
    why: Why = ""


class NumberIn(Given):
    """A number in a register, as the list of a party's numbers has it."""

    scheme: ShortText
    value: ShortText


class SplitIn(Given):
    """What leaves the party: names, and the ids of what hangs on it; whatever is not named stays."""

    name: Annotated[ShortText, Field(min_length=1, pattern=r"^[^\x00]*\S[^\x00]*$")]
    kind: Annotated[PartyKind, Field(strict=False)] | None = None
    country: Country | None = None
    names: list[ShortText] = Field(default=[], max_length=100)
    rows: list[Number] = Field(default=[], max_length=_MOST_PARTS)
    identifiers: list[NumberIn] = Field(default=[], max_length=100)
    sites: list[ShortText] = Field(default=[], max_length=_MOST_PARTS)
    links: list[ShortText] = Field(default=[], max_length=_MOST_PARTS)
    evidence: list[ShortText] = Field(default=[], max_length=_MOST_PARTS)
    questionnaires: list[Number] = Field(default=[], max_length=_MOST_PARTS)
    challenges: list[Number] = Field(default=[], max_length=_MOST_PARTS)
    actions: list[ShortText] = Field(default=[], max_length=_MOST_PARTS)
    accounts: list[ShortText] = Field(
        default=[],
        max_length=100,
        description="E-mail addresses of the accounts that answer for the new one",
    )
    invitations: list[ShortText] = Field(
        default=[], max_length=100, description="E-mail addresses that were invited and have no account yet"
    )
    why: Why = ""


class UndoIn(Given):
    """Whether to undo although later work would stay as it is."""

    all_the_same: bool = False


class RowOut(BaseModel):
    """A row of a list from which a party's facts come: where it stands."""

    id: int
    file: str
    sheet: str
    row: int


def _written(one: Regrouping) -> RegroupingOut:
    uids = dict(Party.objects.filter(pk__in=one.others).values_list("pk", "uid"))
    return RegroupingOut(
        number=one.pk,
        kept=one.kept.uid,
        others=[uids[pk] for pk in one.others if pk in uids],
        withdrawn_links=len(one.withdrawn),
        **{name: getattr(one, name) for name in ("kind", "why", "at", "undone_at")},
    )


def _find(request: ApiRequest, number: int) -> Regrouping:
    rows = Regrouping.objects.select_related("organisation", "kept")
    return get_object_or_404(rows, pk=number, organisation=request.organisation)


def _reply(request: ApiRequest, number: int, location: str = "") -> Reply:
    return Reply(_written(_find(request, number)), location=location)


def _made(request: ApiRequest, done: Regrouping) -> Reply:
    base = request.path.partition("/parties/")[0]
    return _reply(request, done.pk, location=f"{base}/regroupings/{done.pk}")


@adds(router, _PARTY + "/merge", needs=Capability.EDIT, reply=RegroupingOut)
def merge_parties(request: ApiRequest, party: str, body: MergeIn) -> Reply:
    """Merge other parties into this one; what hung on them goes over, and it can be undone."""
    kept = party_of(request, find(request, party).uid, "address")
    others = [party_of(request, uid, f"body.others.{n}") for n, uid in enumerate(dict.fromkeys(body.others))]
    wanted = {name: None if value is None else str(value) for name, value in body.chosen.model_dump().items()}
    chosen = among_said([kept, *others], wanted)
    unsaid = [name for name in ("name", *FILLED) if wanted.get(name) is not None and name not in chosen]
    if unsaid:
        raise invalid([(f"body.chosen.{name}", "None of the parties says this.") for name in unsaid])
    return _made(request, merge(kept, others, user=request.user, chosen=chosen, why=body.why.strip()))


def _chosen(request: ApiRequest, party: Party, body: SplitIn) -> dict[str, list[int]]:
    """Return what is to leave by its keys in the database. Raises Problem for what does not hang on the party."""
    wanted: dict[str, tuple[str, list[Any]]] = {
        "rows": ("pk", list(body.rows)),
        "identifiers": ("", [(each.scheme, each.value) for each in body.identifiers]),
        "sites": ("uid", list(body.sites)),
        "links": ("uid", list(body.links)),
        "evidence": ("uid", list(body.evidence)),
        "questionnaires": ("pk", list(body.questionnaires)),
        "challenges": ("number", list(body.challenges)),
        "actions": ("uid", list(body.actions)),
        "accounts": ("user__email", list(body.accounts)),
        "invitations": ("email", list(body.invitations)),
    }
    chosen: dict[str, list[int]] = {}
    wrong = []
    for part, (key, values) in wanted.items():
        found = {}
        for rows in choosable(party, part) if values else ():
            found.update(_by_key(request, part, rows, key, values))
        missing = [n for n, value in enumerate(values) if value not in found]
        wrong += [(f"body.{part}.{n}", "It does not hang on the party.") for n in missing]
        chosen[part] = [found[value] for value in values if value in found]
    if wrong:
        raise invalid(wrong)
    return chosen


def _by_key(request: ApiRequest, part: str, rows: QuerySet[Any], key: str, values: list[Any]) -> dict[Any, int]:
    if part == "identifiers":
        return {(each.scheme, each.value): each.pk for each in rows}
    if part == "evidence" and not request.auth.may(Capability.RESTRICTED):
        rows = rows.exclude(visibility=Visibility.RESTRICTED.value)
    return dict(rows.filter(**{f"{key}__in": values}).values_list(key, "pk"))


@adds(router, _PARTY + "/split", needs=Capability.EDIT, reply=RegroupingOut)
def split_party(request: ApiRequest, party: str, body: SplitIn) -> Reply:
    """Make a party of its own of what belongs to another; it can be undone."""
    whole = party_of(request, find(request, party).uid, "address")
    foreign = [n for n, name in enumerate(body.names) if name not in whole.names]
    if foreign:
        raise invalid([(f"body.names.{n}", "The party has no such name.") for n in foreign])
    leaving = Leaving(
        " ".join(body.name.split()),
        str(body.kind or whole.kind),
        body.country,
        tuple(body.names),
        _chosen(request, whole, body),
    )
    return _made(request, split(whole, leaving, user=request.user, why=body.why.strip()))


@reads(router, _BASE + "/{number}", needs=Capability.EDIT, reply=RegroupingOut)
def read_regrouping(request: ApiRequest, number: Number) -> Reply:
    """One merge or split."""
    return _reply(request, number)


@adds(router, _BASE + "/{number}/undo", needs=Capability.EDIT, reply=RegroupingOut, status=200)
def undo_regrouping(request: ApiRequest, number: Number, body: UndoIn) -> Reply:
    """Undo a merge or split; where later work would stay as it is, 409 names it in `places`."""
    try:
        undo(_find(request, number), user=request.user, all_the_same=body.all_the_same)
    except LaterWork as error:
        places = [("body.all_the_same", sentence) for sentence in error.conflicts]
        do = "Look at what “places” names; send all_the_same to undo although that stays as it is."
        raise not_now(what_is_wrong(error), do, places=places) from error
    return _reply(request, number)


lists(
    router,
    "/organisations/{organisation}/rows",
    ApiList(
        definition=ListDefinition(
            key="rows",
            title="Rows of lists",
            page="",
            rows=lambda organisation: SourceRow.objects.filter(party__organisation=organisation),
            columns=(),
            order=("pk",),
        ),
        row=RowOut,
        write=lambda row: RowOut(id=row.pk, **{name: getattr(row, name) for name in ("file", "sheet", "row")}),
        lookups=(Lookup("party", "Only rows of this party", equals("party__uid")),),
    ),
    needs=Capability.SEE,
    name="list_rows",
    about="Rows of the lists from which the facts of parties come.",
)
