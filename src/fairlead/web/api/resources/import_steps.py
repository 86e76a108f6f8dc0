"""The steps of an import: a doubtful pair decided, all of it committed, undone, read again or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from fairlead.model.vocabulary import Decision
from fairlead.web.accounts.models import User
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, adds
from fairlead.web.api.problems import invalid, not_now
from fairlead.web.api.resources.imports import BASE, ImportOut, other_preview, take_step
from fairlead.web.api.values import Given, Number
from fairlead.web.imports.decide import NoSuchPair, decide
from fairlead.web.imports.models import Import
from fairlead.web.imports.state import NotNow, OtherPreview, begin_commit, begin_reading, begin_undo, discard
from fairlead.web.imports.views.find import find_import
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["imports"])

Shown = Annotated[
    str,
    StringConstraints(max_length=40, pattern=r"^[^\x00]*$"),
    Field(description="The preview that was looked at: what `preview` of the import says"),
]


class ShownIn(Given):
    """Which preview was looked at."""

    preview: Shown


class PairIn(Given):
    """What is said of a doubtful pair."""

    preview: Shown
    place: Annotated[int, Field(ge=0, le=2**31)] = Field(description="The place of the pair in the table `review`")
    decision: Annotated[Decision, Field(strict=False)]


class DecidedOut(BaseModel):
    """What came of a decision on a pair of an import."""

    merged: int | None = Field(description="The number of the merge, where both were in use already")


@adds(router, BASE + "/{number}/decide", needs=Capability.IMPORT, reply=DecidedOut, status=200)
def decide_import_pair(request: ApiRequest, number: Number, body: PairIn) -> Reply:
    """Say of a doubtful pair that both are the same, different, or that one cannot tell; later imports keep to it."""
    one = find_import(request, number)
    try:
        merged = decide(one, body.place, body.decision, shown=body.preview, user=request.user)
    except NotNow as error:
        raise not_now("There is no preview now, or work goes on.", "Fetch the import and try again.") from error
    except OtherPreview as error:
        raise other_preview() from error
    except NoSuchPair as error:
        raise invalid([("body.place", "The preview has no doubtful pair there.")]) from error
    return Reply(DecidedOut(merged=merged.pk if merged else None))


@adds(router, BASE + "/{number}/commit", needs=Capability.IMPORT, reply=ImportOut, status=200)
def commit_import(request: ApiRequest, number: Number, body: ShownIn) -> Reply:
    """Commit what the preview shows: all of it or nothing, in the background.

    Where the parties have changed so that it would do something else, nothing is committed and there is a new preview.
    """
    return take_step(request, number, lambda one, user: begin_commit(one, user, shown=body.preview))


def _declare(step: Callable[[Import, User], None], path: str, name: str, about: str) -> None:
    def take(request: ApiRequest, number: Number) -> Reply:
        return take_step(request, number, step)

    take.__name__, take.__doc__ = name, about
    take.__annotations__ = {"request": ApiRequest, "number": Number, "return": Reply}
    address = f"{BASE}/{{number}}/{path}"
    adds(router, address, needs=Capability.IMPORT, reply=ImportOut, status=200, media_type=None)(take)


for _step_of in (
    (begin_undo, "undo", "undo_import", "Undo a committed import, in the background; what later work rests on stays."),
    (
        begin_reading,
        "read-again",
        "read_import_again",
        "Read the files again, with what was decided on pairs.",
    ),
    (discard, "discard", "discard_import", "Give an import up that was not committed; its rejected rows stay."),
):
    _declare(*_step_of)
