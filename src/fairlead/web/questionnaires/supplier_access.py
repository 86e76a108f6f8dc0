"""Who may open a supplier's page: whoever has the link, as long as it holds, and only this one questionnaire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from fairlead.web.accounts.models import User
from fairlead.web.organisations.access import open_to_all
from fairlead.web.questionnaires.answers import answers_of, progress, proofs_of
from fairlead.web.questionnaires.asking import asked_of
from fairlead.web.questionnaires.models import Questionnaire, State, SupplierLink
from fairlead.web.questionnaires.shown import About
from fairlead.web.questionnaires.tokens import find_link
from fairlead.web.standards.keep import standard_of


@dataclass(frozen=True)
class Access:
    """A link that holds: its questionnaire, the token, and the account that it was made for, if any."""

    link: SupplierLink
    one: Questionnaire
    token: str

    @property
    def user(self) -> User | None:
        """The account; None where the link needs none."""
        return self.link.user

    def about(self, one: Questionnaire | None = None, **more: Any) -> About:
        """Return what is needed to show the questionnaire."""
        asked, answers = asked_of(one or self.one), answers_of(one or self.one)
        return About(
            standard_of(self.one.standard), asked, answers, proofs_of(self.one), progress(asked, answers), **more
        )


SupplierView = Callable[..., HttpResponseBase]


def by_link(view: SupplierView) -> SupplierView:
    """Open a view to whoever has a link that holds; say what to do where it does not.

    The page is in the questionnaire's language until the reader has chosen another.
    """

    @open_to_all("a supplier has no account; the link's token opens one questionnaire and nothing else")
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = find_link(token)
        if link is None or (link.user is not None and link.user != request.user):
            return guarded(render(request, "questionnaires/link_unknown.html", status=404))
        speak(request, link.questionnaire.language)
        if not link.holds or link.questionnaire.state in {State.DRAFT, State.CANCELLED}:
            return guarded(_over(request, link, token))
        return guarded(view(request, Access(link, link.questionnaire, token), *args, **kwargs))

    return opened


def speak(request: HttpRequest, language: str) -> None:
    """Speak the questionnaire's language where the reader has chosen none."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = language


def guarded(answer: HttpResponseBase) -> HttpResponseBase:
    """Keep a page out of caches and searches, and its address out of what is sent to other sites."""
    answer["Cache-Control"] = "no-store, private"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _over(request: HttpRequest, link: SupplierLink, token: str) -> HttpResponse:
    one = link.questionnaire
    context = {
        "asked_by": one.organisation.name,
        "token": token,
        "cancelled": one.state in {State.DRAFT, State.CANCELLED},
        "wanted": one.link_wanted,
    }
    return render(request, "questionnaires/link_over.html", context, status=410)
