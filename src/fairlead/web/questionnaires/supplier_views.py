"""A supplier's pages: what this is, one section after the other, a review, sending in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.standard import Asked, applies
from fairlead.web.audit.chain import record
from fairlead.web.files.too_large import left_out
from fairlead.web.organisations.access import open_to_all
from fairlead.web.questionnaires.answering import NotOpen, Outcome, save, submit
from fairlead.web.questionnaires.answers import answers_of, for_engine
from fairlead.web.questionnaires.asking import asked_of
from fairlead.web.questionnaires.models import NOT_APPLICABLE, Questionnaire, State
from fairlead.web.questionnaires.proof_files import UnusableUpload
from fairlead.web.questionnaires.proofs import attach, detach
from fairlead.web.questionnaires.reuse import earlier_answers, reuse
from fairlead.web.questionnaires.shown import Section, sections
from fairlead.web.questionnaires.supplier_access import Access, by_link, guarded, speak
from fairlead.web.questionnaires.tokens import find_link


@by_link
def start(request: HttpRequest, access: Access) -> HttpResponse:
    """Show who asks, by when, who will see the answers, and how far they are."""
    if access.one.state == State.SENT and request.method == "GET":
        with transaction.atomic():
            opened = Questionnaire.objects.filter(pk=access.one.pk, state=State.SENT).update(state=State.OPENED)
            if opened:
                _record(access, "questionnaire.opened")
        access.one.state = State.OPENED
    about = access.about()
    return render(
        request,
        "questionnaires/start.html",
        {**_context(access), "sections": sections(about), "done": about.done, "earlier": len(_earlier(access))},
    )


def _context(access: Access) -> dict[str, object]:
    """Return what every page of a supplier is given; nothing of how the organisation sees the supplier is in it."""
    return {
        "token": access.token,
        "asked_by": access.one.organisation.name,
        "company": access.one.party.name,
        "due_on": access.one.due_on,
        "greeting": access.one.greeting,
        "remarks": access.one.remarks if access.one.state == State.RETURNED else "",
        "writable": access.one.with_supplier,
        "state": access.one.state,
        "submitted_at": access.one.submitted_at,
        "account": access.user is not None,
    }


def _record(access: Access, action: str) -> None:
    record(
        action,
        organisation=access.one.organisation,
        actor=access.user,
        subject=f"questionnaire {access.one.pk}",
        by="supplier" if access.user else "supplier link",
    )


def _earlier(access: Access) -> dict[str, object]:
    return dict(earlier_answers(access.one, access.user)) if access.user and access.one.with_supplier else {}


@by_link
def section(request: HttpRequest, access: Access, topic: str) -> HttpResponse:
    """Show one section, and save what is written in it: quietly for htmx, else and then go on."""
    asked = [one for one in asked_of(access.one).asked if one.provision.topic == topic]
    if not asked:
        raise Http404
    if request.method != "POST":
        return _section_page(request, access, topic, Outcome())
    try:
        return _save_section(request, access, topic, asked)
    except NotOpen:
        return _closed(request, access)


def _save_section(request: HttpRequest, access: Access, topic: str, asked: Sequence[Asked]) -> HttpResponse:
    before = _applying(asked, access.one)
    one, outcome = save(access.one, asked, request.POST, by=access.user, page=request.POST.get("page", "")[:16])
    notices = _beside(request, access, [each.question.key for each in asked])
    access = Access(access.link, one, access.token)
    if request.headers.get("HX-Request"):
        return _saved(request, access, topic, outcome, before)
    if outcome.problems or outcome.conflicts or notices:
        for notice in notices:
            messages.error(request, notice)
        return _section_page(request, access, topic, outcome, status=409 if outcome.conflicts else 422)
    go, answers = request.POST.get("go"), answers_of(one)
    if go == "next" and any(key not in answers for key in _applying(asked, one) - before):
        messages.info(request, _("Your answers have opened more questions below."))
        go = "stay"
    if go == "next":
        return _next(access, topic)
    if go == "later":
        messages.success(request, _("Kept. Open the same link to go on."))
        return redirect("supplier:start", token=access.token)
    return redirect("supplier:section", token=access.token, topic=topic)


def _applying(asked: Sequence[Asked], one: Questionnaire) -> set[str]:
    """Return the questions that apply after the answers so far."""
    given = for_engine(answers_of(one).values())
    return {each.question.key for each in asked if applies(each.question, given)}


def _next(access: Access, topic: str) -> HttpResponse:
    topics = list(dict.fromkeys(one.provision.topic for one in asked_of(access.one).asked))
    place = topics.index(topic) + 1
    if place < len(topics):
        return redirect("supplier:section", token=access.token, topic=topics[place])
    return redirect("supplier:review", token=access.token)


def _beside(request: HttpRequest, access: Access, keys: list[str]) -> list[str]:
    """Do what a form asks besides answers: attach, take away, take over an earlier answer; return what was wrong."""
    refused = left_out(request)
    wrong = [refused] if refused else []
    for key in keys:
        for file in request.FILES.getlist(f"f-{key}"):
            try:
                attach(access.one, key, file, by=access.user)
            except UnusableUpload as error:
                wrong.append(str(error))
    if request.POST.get("remove-proof", "").isdigit():
        detach(access.one, int(request.POST["remove-proof"]), by=access.user)
    if request.POST.get("reuse") in keys and access.user is not None:
        reuse(access.one, access.user, [request.POST["reuse"]])
    return wrong


def _section_page(
    request: HttpRequest, access: Access, topic: str, outcome: Outcome, status: int = 200
) -> HttpResponse:
    about = access.about(problems=outcome.problems, conflicts=outcome.conflicts, earlier=_earlier(access))
    all_sections = sections(about)
    place, now = next(
        ((place, each) for place, each in enumerate(all_sections, 1) if each.key == topic), (0, Section("", "", ()))
    )
    context = {
        **_context(access),
        "section": now,
        "place": place,
        "count": len(all_sections),
        "before": all_sections[place - 2] if place > 1 else None,
        "done": about.done,
        "page": secrets.token_hex(8),
    }
    return render(request, "questionnaires/section.html", context, status=status)


def _saved(request: HttpRequest, access: Access, topic: str, outcome: Outcome, before: set[str]) -> HttpResponse:
    """Answer htmx: that it is saved, the new versions, what could not be read, and questions that come or go."""
    about = access.about(problems=outcome.problems, conflicts=outcome.conflicts, earlier=_earlier(access))
    now = next(each for each in sections(about) if each.key == topic)
    return render(
        request,
        "questionnaires/saved.html",
        {
            **_context(access),
            "done": about.done,
            "outcome": outcome,
            "section": now,
            "changed": [each for each in now.questions if each.applies != (each.key in before) or each.mine],
            "told": [each for each in now.questions if each.applies == (each.key in before) and not each.mine],
        },
    )


@by_link
def attach_proof(request: HttpRequest, access: Access, topic: str, key: str) -> HttpResponse:
    """Attach a file at once, for htmx; answer with the files of the question."""
    if request.method != "POST" or key not in access.one.keys:
        raise Http404
    if not access.one.with_supplier:
        return _closed(request, access)
    wrong = left_out(request)
    for file in request.FILES.getlist(f"f-{key}"):
        try:
            attach(access.one, key, _uploaded(file), by=access.user)
        except UnusableUpload as error:
            wrong = str(error)
    about = access.about()
    question = next(each for part in sections(about) for each in part.questions if each.key == key)
    context = {**_context(access), "question": question, "section": {"key": topic}, "wrong": wrong}
    return render(request, "questionnaires/files.html", context)


def _uploaded(file: object) -> UploadedFile[Any]:
    if not isinstance(file, UploadedFile):
        raise Http404
    return file


@by_link
def review(request: HttpRequest, access: Access) -> HttpResponse:
    """Show all answers before they are sent in, and afterwards."""
    about = access.about()
    shown = sections(about)
    without_reason = [
        (section.key, each)
        for section in shown
        for each in section.questions
        if each.applies and each.value == NOT_APPLICABLE and not each.note
    ]
    context = {**_context(access), "sections": shown, "done": about.done, "without_reason": without_reason}
    return render(request, "questionnaires/review.html", context)


@by_link
def send_in(request: HttpRequest, access: Access) -> HttpResponse:
    """Send the answers in."""
    if request.method != "POST":
        return redirect("supplier:review", token=access.token)
    try:
        submit(access.one, by=access.user)
    except NotOpen:
        return _closed(request, access)
    messages.success(request, _("Your answers were sent to %(name)s. Thank you.") % {"name": access.one.organisation})
    return redirect("supplier:start", token=access.token)


@by_link
def reuse_all(request: HttpRequest, access: Access) -> HttpResponse:
    """Take over all earlier answers of one's own company that are offered."""
    if request.method == "POST" and access.user is not None:
        try:
            count = reuse(access.one, access.user, list(_earlier(access)))
        except NotOpen:
            return _closed(request, access)
        messages.success(
            request, _("%(count)s earlier answers were taken over. Look at each before you send.") % {"count": count}
        )
    return redirect("supplier:start", token=access.token)


def _closed(request: HttpRequest, access: Access) -> HttpResponse:
    """Say that the answers were sent in already, so that nothing was changed; htmx is made to load the page anew."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("supplier:start", kwargs={"token": access.token})
        return answer
    return render(request, "questionnaires/closed.html", _context(access), status=409)


@require_POST
@open_to_all("whoever has a link that no longer holds may ask the organisation for a new one")
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """Note that the supplier wants a new link; it goes to the address that the organisation has, and is not shown."""
    link = find_link(token)
    if link is None:
        return render(request, "questionnaires/link_unknown.html", status=404)
    speak(request, link.questionnaire.language)
    one = link.questionnaire
    if not one.link_wanted and one.state not in {State.DRAFT, State.CANCELLED}:
        with transaction.atomic():
            Questionnaire.objects.filter(pk=one.pk).update(link_wanted=True)
            record(
                "questionnaire.link_wanted",
                organisation=one.organisation,
                actor=None,
                subject=f"questionnaire {one.pk}",
                by="supplier link",
            )
    context = {"asked_by": one.organisation.name, "token": token, "wanted": True}
    guarded(answer := render(request, "questionnaires/link_over.html", context))
    return answer
