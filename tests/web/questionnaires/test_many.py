"""Many are asked, sent to or reminded at once: in the background, each letter once, and told what came of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from fairlead.web.audit.models import AuditEntry
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.questionnaires import many
from fairlead.web.questionnaires.many import AT_ONCE, do_all
from fairlead.web.questionnaires.models import Outcome, Questionnaire, Sending, SendingItem, State
from fairlead.web.standards.keep import newest_kept
from tests.web.conftest import Cast, add_party

ROOT = "/o/ministry/questionnaires/"
COUNT = AT_ONCE + 3


@pytest.fixture
def parties(cast: Cast) -> list[Party]:
    """More parties than are asked at once, all but one with an address; the supplier of the cast is withdrawn."""
    Party.objects.filter(pk=cast.supplier.pk).update(state=RecordState.WITHDRAWN)
    return [
        add_party(
            cast.ministry, f"Heron {place:02}", f"pty_{place:016}", contact_email=f"h{place}@x.example" if place else ""
        )
        for place in range(COUNT)
    ]


def ask_all(cast: Cast, **more: Any) -> Any:
    """Ask every party that fits the list, through the page."""
    due = (timezone.localdate() + timedelta(days=20)).isoformat()
    fields = {"every": "yes", "query": "?q=heron", "make": "yes", "due_on": due, "reminders": "on", **more}
    return cast.as_role(Role.CASE_LEAD).post(f"{ROOT}new/", fields, follow=True)


def outcomes() -> dict[str, int]:
    """How many items came to what."""
    return {each: count for each in Outcome if (count := SendingItem.objects.filter(outcome=each).count())}


def test_all_rows_that_fit_are_asked_also_those_on_other_pages(cast: Cast, parties: list[Party]) -> None:
    add_party(cast.ministry, "Grey Gull", "pty_9999999999999999")
    page = cast.as_role(Role.CASE_LEAD).post(f"{ROOT}new/", {"every": "yes", "query": "?q=heron"}).content.decode()
    assert f"each of {COUNT} parties" in page
    answer = ask_all(cast)
    assert Questionnaire.objects.filter(state=State.DRAFT, reminders=True).count() == COUNT
    assert not Questionnaire.objects.filter(party__name="Grey Gull").exists()
    assert mail.outbox == []
    [job] = Job.objects.all()
    assert (job.state, job.done, job.total) == (JobState.DONE, COUNT, COUNT)
    assert "draft made" in answer.content.decode()


def test_made_and_sent_at_once_tells_whom_no_letter_reached(cast: Cast, parties: list[Party]) -> None:
    answer = ask_all(cast, send="yes")
    assert outcomes() == {Outcome.SENT: COUNT - 1, Outcome.UNSENT: 1}
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == COUNT - 1
    assert set(Questionnaire.objects.values_list("state", flat=True)) == {State.SENT}
    page = answer.content.decode()
    assert "Heron 00" in page
    assert "Heron 01" not in page  # nothing is left to do there
    assert AuditEntry.objects.filter(action="questionnaire.sent").count() == COUNT
    assert AuditEntry.objects.filter(action="questionnaires.many").count() == 1


def test_many_drafts_are_sent_only_after_a_second_yes(cast: Cast, parties: list[Party]) -> None:
    ask_all(cast)
    lead = cast.as_role(Role.CASE_LEAD)
    every = {"every": "yes", "query": "?state=draft"}
    assert f"{COUNT} drafts go" in lead.post(f"{ROOT}send/", every).content.decode()
    assert mail.outbox == []
    lead.post(f"{ROOT}send/", {**every, "sure": "yes"})
    assert len(mail.outbox) == COUNT - 1
    mail.outbox.clear()
    lead.post(f"{ROOT}remind/", {"every": "yes", "query": "", "sure": "yes"})
    assert len(mail.outbox) == COUNT - 1
    assert Sending.objects.filter(done_at__isnull=False).count() == 3


def test_after_an_interruption_the_rest_is_done_and_no_letter_goes_twice(
    cast: Cast, parties: list[Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_all(cast)
    sending = Sending.objects.create(
        organisation=cast.ministry, user=cast.alice, kind="send", selection={"query": "?state=draft"}
    )
    sent, real = [], many.send_link

    def killed_at_the_fourth(one: Questionnaire, link: Any, *, reminder: bool) -> bool:
        if len(sent) == 3:
            raise KeyboardInterrupt
        sent.append(one.pk)
        return real(one, link, reminder=reminder)

    with monkeypatch.context() as patched:
        patched.setattr(many, "send_link", killed_at_the_fourth)
        with pytest.raises(KeyboardInterrupt):
            do_all(sending)
    do_all(Sending.objects.get(pk=sending.pk))
    do_all(Sending.objects.get(pk=sending.pk))
    items = SendingItem.objects.filter(sending=sending)
    assert items.count() == COUNT
    assert items.filter(outcome=Outcome.UNSURE).count() == 1
    assert items.filter(outcome=Outcome.WAITING).count() == 0
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == COUNT - 2
    page = cast.as_role(Role.CASE_LEAD).get(f"{ROOT}many/{sending.pk}/").content.decode()
    assert "look whether the e-mail arrived" in page


def test_an_interruption_while_drafts_are_made_makes_none_twice(
    cast: Cast, parties: list[Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = many.make, []
    monkeypatch.setattr(many, "_CHUNK", 4)
    asked: dict[str, Any] = {"due_on": "2027-01-31", "language": "", "greeting": "", "reminders": True, "send": False}
    asked["standard"] = newest_kept(cast.ministry, cast.alice).pk
    sending = Sending.objects.create(
        organisation=cast.ministry, user=cast.alice, kind="ask", selection={"query": "?q=heron"}, settings=asked
    )

    def killed_at_the_third(*args: Any, **named: Any) -> Any:
        calls.append(1)
        made = real(*args, **named)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return made

    with monkeypatch.context() as patched:
        patched.setattr(many, "make", killed_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            do_all(sending)
    assert Questionnaire.objects.count() == 8
    do_all(Sending.objects.get())
    assert sorted(Questionnaire.objects.values_list("party__name", flat=True)) == [party.name for party in parties]


def test_what_somebody_else_has_sent_meanwhile_and_who_is_withdrawn_is_left(cast: Cast, parties: list[Party]) -> None:
    ask_all(cast)
    sending = Sending.objects.create(
        organisation=cast.ministry, user=cast.alice, kind="send", selection={"query": "?state=draft"}
    )
    many._list_items(sending)
    Questionnaire.objects.filter(party=parties[1]).update(state=State.CANCELLED)
    Questionnaire.objects.filter(party=parties[2]).update(due_on=timezone.localdate() - timedelta(days=1))
    do_all(sending)
    left = dict(SendingItem.objects.filter(outcome=Outcome.LEFT).values_list("party__name", "why"))
    assert left == {
        "Heron 01": "It is in another state by now.",
        "Heron 02": "The day by which to answer is over. Choose another first.",
    }


def test_nothing_of_another_organisation_is_asked_sent_or_shown(cast: Cast, parties: list[Party]) -> None:
    ask_all(cast)
    bob = cast.client(cast.bob)
    numbers = list(Questionnaire.objects.values_list("pk", flat=True))
    for what in ("send", "remind"):
        bob.post(f"/o/port/questionnaires/{what}/", {"selected": numbers, "sure": "yes"})
        bob.post(f"/o/port/questionnaires/{what}/", {"every": "yes", "query": "", "sure": "yes"})
    assert set(Questionnaire.objects.values_list("state", flat=True)) == {State.DRAFT}
    assert bob.get(f"/o/port/questionnaires/many/{Sending.objects.get().pk}/").status_code == 404
    bob.post("/o/port/questionnaires/new/", {"selected": [parties[1].uid], "make": "yes"})
    assert Questionnaire.objects.count() == COUNT
