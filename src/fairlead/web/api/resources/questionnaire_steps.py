"""The steps of a questionnaire: sent, reminded of, sent back, taken into the evidence, copied for the next year."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated

from django.db import transaction
from ninja import Router
from pydantic import Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.operation import Reply, adds
from fairlead.web.api.resources.questionnaires import ONE, QuestionnaireOut, find, reply, take_step
from fairlead.web.api.values import Given, LongText, Number
from fairlead.web.api.versions import as_seen_now
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires import moves
from fairlead.web.questionnaires.forms import ReturnForm
from fairlead.web.questionnaires.mail import send_link, send_returned
from fairlead.web.questionnaires.models import WITH_SUPPLIER, Questionnaire, State
from fairlead.web.questionnaires.send import mark_reminded, mark_sent

router = Router(tags=["questionnaires"])


class RemarksIn(Given):
    """What the supplier should look at again; nothing that a worker told belongs here."""

    remarks: Annotated[LongText, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]*\S[^\x00]*$")]


def _send(one: Questionnaire, request: ApiRequest, seen: int) -> None:
    moves.check_state(one, State.DRAFT)
    link = mark_sent(one, user=request.user, seen=seen)
    transaction.on_commit(partial(send_link, one, link))


def _remind(one: Questionnaire, request: ApiRequest, seen: int) -> None:
    moves.check_state(one, *WITH_SUPPLIER)
    link = mark_reminded(one, user=request.user)
    transaction.on_commit(partial(send_link, one, link, reminder=True))


def _renew_link(one: Questionnaire, request: ApiRequest, seen: int) -> None:
    link = moves.renew_link(one, request.user)
    transaction.on_commit(partial(send_link, one, link, reminder=True))


def _declare(path: str, name: str, about_it: str, step: Callable[[Questionnaire, ApiRequest, int], object]) -> None:
    def take(request: ApiRequest, number: Number, seen: int) -> Reply:
        one = as_seen_now(find(request, number), seen)
        return take_step(request, number, lambda: step(one, request, seen))

    take.__name__, take.__doc__ = name, about_it
    take.__annotations__ = {"request": ApiRequest, "number": Number, "seen": int, "return": Reply}
    adds(
        router,
        f"{ONE}/{path}",
        needs=Capability.ASK,
        reply=QuestionnaireOut,
        status=200,
        media_type=None,
        versioned=True,
    )(take)


for _each in (
    ("send", "send_questionnaire", "Send a draft by e-mail; where it has no address, pass on its `link`.", _send),
    ("remind", "remind_questionnaire", "Remind the supplier by e-mail, with the link.", _remind),
    ("link", "renew_questionnaire_link", "Make a new link and send it; the older ones open nothing.", _renew_link),
    (
        "link/revoke",
        "revoke_questionnaire_link",
        "Take the links back; what was answered is kept.",
        lambda one, request, seen: moves.take_links_back(one, request.user),
    ),
    (
        "cancel",
        "cancel_questionnaire",
        "Cancel a questionnaire; answers stay on record and count for nothing.",
        lambda one, request, seen: moves.cancel(one, request.user, seen=seen),
    ),
    (
        "accept",
        "accept_questionnaire",
        "Take the answers into the evidence, as the supplier's own word, each for as long as it stands.",
        lambda one, request, seen: moves.accept_answers(one, request.user, seen=seen),
    ),
    (
        "undo-acceptance",
        "undo_questionnaire_acceptance",
        "Take the answers out of the evidence again.",
        lambda one, request, seen: moves.undo_acceptance(one, request.user, seen=seen),
    ),
):
    _declare(*_each)


@adds(router, ONE + "/return", needs=Capability.ASK, reply=QuestionnaireOut, status=200, versioned=True)
def return_questionnaire(request: ApiRequest, number: Number, body: RemarksIn, seen: int) -> Reply:
    """Send answers back with remarks, so that the supplier can change them."""
    one = find(request, number)
    form = ReturnForm(body.model_dump())
    checked(form)

    def step() -> None:
        link = moves.return_answers(one, request.user, form.cleaned_data["remarks"], seen=seen)
        transaction.on_commit(partial(send_returned, one, link))

    return take_step(request, number, step)


@adds(router, ONE + "/copy", needs=Capability.ASK, reply=QuestionnaireOut, media_type=None)
def copy_questionnaire(request: ApiRequest, number: Number) -> Reply:
    """Make a draft for the next year: what would be asked today, and what was asked then."""
    made = moves.copy_for_next_year(find(request, number), request.user)
    base = request.path.partition("/questionnaires/")[0]
    return reply(request, made.pk, location=f"{base}/questionnaires/{made.pk}")
