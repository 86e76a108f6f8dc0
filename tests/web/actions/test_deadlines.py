"""The calendar, its file, and reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.core import mail

from fairlead.web.actions.deadlines import Deadline, deadlines, ics, month
from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.actions.reminders import send_reminders
from fairlead.web.organisations.capabilities import Role
from tests.web.actions.conftest import DUE
from tests.web.conftest import Cast


def test_a_month_shows_what_is_due_on_its_day(cast: Cast, action: CorrectiveAction) -> None:
    weeks = month(cast.ministry, 2026, 11)
    days = {day.on: [one.title for one in day.due] for week in weeks for day in week if day.due}
    assert days == {DUE: ["Blue Heron Textiles LLP: Give the passports back"]}
    assert all(len(week) == 7 for week in weeks)


def test_nothing_of_another_organisation_is_due_here(cast: Cast, action: CorrectiveAction) -> None:
    assert deadlines(cast.port, date(2026, 1, 1), date(2027, 1, 1)) == []


def test_the_calendar_file_keeps_to_the_format() -> None:
    title = "Blue Heron: repay fees, documents; and more\r\nX-EVIL:1 " + "ы" * 80
    text = ics([Deadline(DUE, title, "/o/m/actions/act_1/", "action")], host="h", now=datetime(2026, 1, 2, tzinfo=UTC))
    lines = text.split("\r\n")
    assert "DTSTART;VALUE=DATE:20261130" in lines
    assert "DTEND;VALUE=DATE:20261201" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any(line.startswith("X-EVIL") for line in lines)
    unfolded = text.replace("\r\n ", "")
    assert "SUMMARY:Blue Heron: repay fees\\, documents\\; and more X-EVIL:1 " + "ы" * 80 in unfolded


def test_the_page_and_the_file_open(cast: Cast, action: CorrectiveAction) -> None:
    viewer = cast.as_role(Role.VIEWER)
    assert "Give the passports back" in viewer.get("/o/ministry/actions/calendar/?month=2026-11").content.decode()
    assert viewer.get("/o/ministry/actions/calendar/?month=2026-13").status_code == 404
    assert viewer.get("/o/ministry/actions/calendar/?month=0001-01").status_code == 404
    assert viewer.get("/o/ministry/actions/calendar.ics").status_code == 200


def test_whoever_follows_an_action_is_reminded_once_a_week_and_when_it_is_overdue(
    cast: Cast, action: CorrectiveAction
) -> None:
    first = datetime(2026, 11, 24, 9, tzinfo=UTC)
    sent = [send_reminders(first + timedelta(days=day)) for day in range(16)]
    assert [day for day, count in enumerate(sent) if count] == [0, 7, 14]
    assert send_reminders(first - timedelta(days=30)) == 0
    assert {message.to[0] for message in mail.outbox} == {"case_lead@ministry.example"}
    assert "An action is due soon" in mail.outbox[0].subject
    assert "overdue" in mail.outbox[1].subject


def test_a_reminder_names_neither_party_nor_step(cast: Cast, action: CorrectiveAction) -> None:
    send_reminders(datetime(2026, 11, 29, 9, tzinfo=UTC))
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "Blue Heron" not in text
    assert "passports" not in text
    assert f"/o/ministry/actions/{action.uid}/" in text


def test_nobody_is_reminded_of_what_is_done(cast: Cast, action: CorrectiveAction) -> None:
    CorrectiveAction.objects.update(state="done")
    assert send_reminders(datetime(2026, 12, 5, tzinfo=UTC)) == 0


def test_whoever_wants_fewer_e_mails_is_told_of_all_that_is_due_in_one(cast: Cast, action: CorrectiveAction) -> None:
    lead = cast.people[Role.CASE_LEAD]
    another = CorrectiveAction.objects.get(pk=action.pk)
    another.pk, another.uid = None, "act_0000000000000002"
    another.save()
    now = datetime(2026, 11, 29, 9, tzinfo=UTC)
    type(lead).objects.filter(pk=lead.pk).update(fewer_emails=True)
    assert send_reminders(now) == 2
    [letter] = mail.outbox
    assert f"/actions/{action.uid}/" in letter.body
    assert f"/actions/{another.uid}/" in letter.body
    assert send_reminders(now) == 0
    type(lead).objects.filter(pk=lead.pk).update(fewer_emails=False)
    assert send_reminders(now + timedelta(days=7)) == 2
    assert len(mail.outbox) == 3
