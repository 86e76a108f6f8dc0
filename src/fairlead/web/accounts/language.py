"""The language of pages: that of the account where somebody is signed in, else that of the cookie or the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]


def language_of_account(answer: Answer) -> Answer:
    """Write pages in the language of the account, and keep it in the cookie for when they have signed out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return answer(request)
        before = request.user.language
        translation.activate(before)
        request.LANGUAGE_CODE = before
        response = answer(request)
        if request.user.is_authenticated:
            keep(response, request, request.user.language)
        return response

    return middleware


def keep(response: HttpResponse, request: HttpRequest, language: str) -> None:
    """Put the language into the cookie where it is not there yet."""
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == language:
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
