"""Suppliers are reminded by themselves, each step once; members are told once a week, if they want to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Role
from fairlead.web.questionnaires import reminders
from fairlead.web.questionnaires.models import Questionnaire, Reminder, State
from fairlead.web.questionnaires.reminders import send_reminders
from fairlead.web.questionnaires.summary import send_summaries
from tests.web.conftest import Cast
from tests.web.questionnaires.conftest import Sent, step


@pytest.fixture
def asked(sent: Sent) -> Sent:
    """The questionnaire with reminders on, and an empty box of letters."""
    Questionnaire.objects.filter(pk=sent.one.pk).update(reminders=True)
    mail.outbox.clear()
    return sent


def days(asked: Sent, *, until: int = 40) -> list[int]:
    """Run the regular work each day and return the days, counted from the one asked for, with a reminder."""
    due = datetime(asked.one.due_on.year, asked.one.due_on.month, asked.one.due_on.day, 9, tzinfo=UTC)
    return [day for day in range(-15, until) if send_reminders(due + timedelta(days=day))]


def moment(asked: Sent, day: int) -> datetime:
    """A morning so many days after the day that was asked for."""
    return datetime(asked.one.due_on.year, asked.one.due_on.month, asked.one.due_on.day, 9, tzinfo=UTC) + timedelta(day)


def test_a_supplier_is_reminded_before_the_day_and_three_times_after_it(asked: Sent) -> None:
    assert days(asked) == [-7, 1, 8, 22]
    assert {letter.to[0] for letter in mail.outbox} == {"office@heron.example"}
    assert all(asked.url() in letter.body for letter in mail.outbox)
    steps = AuditEntry.objects.filter(action="questionnaire.reminded").order_by("number")
    assert [line.detail["step"] for line in steps] == ["week_before", "day_after", "week_after", "three_weeks_after"]
    assert {line.by for line in steps} == {"background work"}


def test_a_step_is_sent_once_however_often_the_work_is_begun(asked: Sent) -> None:
    now = moment(asked, -7)
    assert [send_reminders(now + timedelta(hours=hour)) for hour in range(30)].count(1) == 1
    assert len(mail.outbox) == 1


def test_a_crash_between_the_note_and_the_letter_sends_no_second_letter(
    asked: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any, **__: Any) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reminders, "send_link", killed)
        with pytest.raises(KeyboardInterrupt):
            send_reminders(moment(asked, -7))
    assert Reminder.objects.count() == 1
    assert send_reminders(moment(asked, -6)) == 0
    assert mail.outbox == []
    assert send_reminders(moment(asked, 1)) == 1


def test_what_the_mail_server_refused_is_tried_again_three_times(asked: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr(reminders, "send_link", lambda *_, **__: tried.append(1) or False)
    for hour in range(0, 96, 2):
        assert send_reminders(moment(asked, -7) + timedelta(hours=hour)) == 0
    assert len(tried) == 3
    lines = AuditEntry.objects.filter(action="questionnaire.reminder_not_sent").order_by("number")
    assert [line.detail["again"] for line in lines] == [True, True, False]


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.CANCELLED])
def test_nobody_is_reminded_of_what_is_not_with_the_supplier(asked: Sent, state: State) -> None:
    Questionnaire.objects.update(state=state)
    assert days(asked) == []


def test_reminders_can_be_done_without(asked: Sent) -> None:
    Questionnaire.objects.update(reminders=False)
    assert days(asked) == []


def test_no_letter_goes_out_for_a_link_that_the_organisation_took_back(asked: Sent, cast: Cast) -> None:
    step(cast, asked.one, "link/revoke")
    assert days(asked) == []


def test_a_link_that_has_run_out_is_renewed_by_the_reminder(asked: Sent) -> None:
    asked.one.links.update(expires_at=timezone.now() - timedelta(days=1))
    assert send_reminders(moment(asked, 1)) == 1
    assert asked.url() not in mail.outbox[0].body
    assert asked.one.links.count() == 2


def test_whoever_was_written_to_lately_is_left_in_peace(asked: Sent) -> None:
    Questionnaire.objects.update(reminded_at=moment(asked, -8))
    assert days(asked) == [-5, 1, 8, 22]


def test_another_day_begins_the_steps_anew(asked: Sent) -> None:
    assert send_reminders(moment(asked, -7)) == 1
    Questionnaire.objects.update(due_on=asked.one.due_on + timedelta(days=10))
    assert send_reminders(moment(asked, 3)) == 1


def test_an_installation_that_was_off_for_long_sends_no_old_reminder(asked: Sent) -> None:
    assert send_reminders(moment(asked, 30)) == 0


def test_the_letter_after_the_day_says_that_one_can_still_answer(asked: Sent) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Questionnaire.objects.update(due_on=yesterday, sent_at=timezone.now() - timedelta(days=30))
    assert send_reminders(timezone.now()) == 1
    assert "You can still answer" in mail.outbox[0].body


def test_the_pages_say_whether_reminders_go_and_that_one_went(asked: Sent, cast: Cast) -> None:
    send_reminders(moment(asked, -7))
    page = cast.as_role(Role.CASE_LEAD).get(f"/o/ministry/questionnaires/{asked.one.pk}/").content.decode()
    assert "reminded on" in page
    assert "Remind the supplier by e-mail" in page


def test_members_are_told_once_a_week_and_not_who_wants_fewer_e_mails(asked: Sent, cast: Cast) -> None:
    asked.browser.post(asked.url("send/"))
    User.objects.filter(pk=cast.people[Role.ADMINISTRATOR].pk).update(fewer_emails=True)
    monday = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert [send_summaries(monday + timedelta(days=day)) for day in range(8)] == [1, 0, 0, 0, 0, 0, 0, 1]
    assert {letter.to[0] for letter in mail.outbox} == {"case_lead@ministry.example"}
    assert "Answers that wait to be read: 1" in mail.outbox[0].body
    assert "Heron" not in mail.outbox[0].body


def test_nobody_is_told_that_nothing_waits(asked: Sent) -> None:
    assert send_summaries(timezone.now()) == 0
