"""A link opens one questionnaire, as long as it holds, and says what to do where it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

from fairlead.web.audit.models import AuditEntry
from fairlead.web.questionnaires.models import State, SupplierLink
from fairlead.web.questionnaires.tokens import hashed, newest_link, token_of
from tests.web.conftest import Cast, add_party
from tests.web.questionnaires.conftest import Sent, ask, send, step


def test_the_link_is_sent_by_e_mail_and_opens_the_questionnaire(sent: Sent) -> None:
    [letter] = mail.outbox
    assert letter.to == ["office@heron.example"]
    assert sent.url() in letter.body
    answer = sent.browser.get(sent.url())
    assert answer.status_code == 200
    assert "Ministry of Quiet Waters" in answer.content.decode()
    assert sent.now().state == State.OPENED
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_token_has_256_bits_and_only_its_hash_is_kept(sent: Sent) -> None:
    [link] = SupplierLink.objects.all()
    assert len(sent.token) == 43
    assert link.token_hash == hashed(sent.token)
    assert sent.token not in str(vars(link))


def test_a_wrong_token_opens_nothing_and_says_what_to_do(sent: Sent) -> None:
    wrong = ("A" if sent.token[0] != "A" else "B") + sent.token[1:]
    for rest in ("", "review/", "section/wages/", "form/"):
        answer = Client().get(f"/q/{wrong}/{rest}")
        assert answer.status_code == 404
        assert "opens no questionnaire" in answer.content.decode()
        assert "Ministry" not in answer.content.decode()
    assert Client().post(f"/q/{wrong}/again/").status_code == 404


def test_an_expired_link_says_so_and_a_new_one_can_be_asked_for(sent: Sent, cast: Cast) -> None:
    SupplierLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for method in ("get", "post"):
        answer = getattr(sent.browser, method)(sent.url("section/wages/"), {"a-wages_on_time": "always"})
        assert answer.status_code == 410
        assert "no longer holds" in answer.content.decode()
    assert not sent.one.answers.exists()
    assert "was told that you need a new link" in sent.browser.post(sent.url("again/")).content.decode()
    assert sent.now().link_wanted
    assert sent.token not in sent.browser.post(sent.url("again/")).content.decode().replace(f"/q/{sent.token}/", "")
    mail.outbox.clear()
    step(cast, sent.one, "link")
    link = newest_link(sent.one)
    assert link is not None
    assert token_of(link) != sent.token
    assert f"/q/{token_of(link)}/" in mail.outbox[0].body
    assert not sent.now().link_wanted
    assert sent.browser.get(sent.url()).status_code == 410
    assert sent.browser.get(f"/q/{token_of(link)}/").status_code == 200


def test_a_link_that_was_taken_back_opens_nothing(sent: Sent, cast: Cast) -> None:
    step(cast, sent.one, "link/revoke")
    assert sent.browser.get(sent.url()).status_code == 410
    assert sent.now().expired


def test_a_cancelled_questionnaire_says_that_nothing_need_be_done(sent: Sent, cast: Cast) -> None:
    step(cast, sent.one, "cancel")
    answer = sent.browser.get(sent.url())
    assert answer.status_code == 410
    assert "was withdrawn" in answer.content.decode()


def test_a_link_reaches_no_other_questionnaire(sent: Sent, cast: Cast) -> None:
    other = send(cast, ask(cast, add_party(cast.ministry, "Grey Gull Foods", "pty_3333333333333333")))
    other.write("wages", a__wages_on_time="always", n__wages_on_time="Gull secret")
    for rest in ("", "review/", "section/wages/"):
        assert "Gull" not in sent.browser.get(sent.url(rest)).content.decode()


def test_what_is_sent_again_after_submission_changes_nothing(sent: Sent) -> None:
    sent.write("wages", a__wages_on_time="always")
    assert sent.browser.post(sent.url("send/")).status_code == 302
    assert sent.now().state == State.SUBMITTED
    for rest, form in (("section/wages/", {"a-wages_on_time": "no", "v-wages_on_time": "1"}), ("send/", {})):
        answer = sent.browser.post(sent.url(rest), form)
        assert answer.status_code == 409
        assert "sent in already" in answer.content.decode()
    [kept] = sent.one.answers.all()
    assert kept.value == "always"
    assert sent.browser.get(sent.url("review/")).status_code == 200


def test_a_reminder_holds_the_same_link_and_is_in_the_log(sent: Sent, cast: Cast) -> None:
    mail.outbox.clear()
    step(cast, sent.one, "remind")
    assert sent.url() in mail.outbox[0].body
    assert AuditEntry.objects.filter(action="questionnaire.reminded", organisation=cast.ministry).count() == 1


def test_without_an_address_the_link_is_shown_to_be_copied(cast: Cast) -> None:
    sent_one = send(cast, ask(cast, cast.supplier))
    assert mail.outbox == []
    from fairlead.web.organisations.capabilities import Role  # noqa: PLC0415

    page = f"/o/ministry/questionnaires/{sent_one.one.pk}/"
    assert sent_one.url() in cast.as_role(Role.CASE_LEAD).get(page).content.decode()
    assert sent_one.token not in cast.as_role(Role.VIEWER).get(page).content.decode()


def test_a_page_in_a_language_that_runs_from_the_right_says_so(sent: Sent, settings: Any) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    sent.browser.cookies["django_language"] = "ar"
    assert 'dir="rtl"' in sent.browser.get(sent.url()).content.decode()
