"""Answers become evidence for as long as each stands; contradictions are shown to those who may see their sources."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from fairlead.web.audit.chain import verify
from fairlead.web.audit.models import AuditEntry
from fairlead.web.evidence.models import Evidence
from fairlead.web.evidence.store import counting, keep_evidence
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import RecordState
from fairlead.web.questionnaires.models import AcceptedEvidence, Questionnaire, State
from tests.web.conftest import Cast, add_party
from tests.web.questionnaires.conftest import Sent, ask, send, step


def answered(sent: Sent) -> Sent:
    """The questionnaire with four answers, sent in."""
    sent.write("freedom", a__documents_kept_by="employer", a__leave_freely="always")
    sent.write("wages", a__wages_on_time="not_known", a__payslips="not_applicable", n__payslips="Secret remark")
    sent.browser.post(sent.url("send/"))
    return sent


def known(cast: Cast, uid: str, finding: str, **more: str) -> None:
    """Evidence on record about the supplier."""
    row = {
        "evidence_id": uid,
        "subject_kind": "party",
        "subject_id": cast.supplier.uid,
        "finding": finding,
        "polarity": "supports",
        "source_id": "a-source",
        "asserted_by": "auditor",
        "visibility": "organisation",
        "event_date": "2026-03-01",
        "text": {"template": f"Told in {uid}.", "values": []},
        **more,
    }
    keep_evidence([row], organisation=cast.ministry, party_of={cast.supplier.uid: cast.supplier}, user=None)


def page(cast: Cast, one: Questionnaire, role: Role = Role.CASE_LEAD) -> str:
    """The organisation's page of a questionnaire."""
    return str(cast.as_role(role).get(f"/o/ministry/questionnaires/{one.pk}/").content.decode())


def test_accepted_answers_count_as_the_suppliers_own_word_until_each_grows_old(sent: Sent, cast: Cast) -> None:
    answered(sent)
    step(cast, sent.one, "accept")
    assert sent.now().state == State.ACCEPTED
    rows = {row.finding: row for row in Evidence.live.filter(party=cast.supplier)}
    assert set(rows) == {"documents_held", "movement_restricted"}
    held = rows["documents_held"]
    assert (held.polarity, held.asserted_by, held.edition) == ("supports", "self", sent.one.standard.hashed)
    today = timezone.localdate()
    months = sent.one.standard  # a question stands for a year unless it says otherwise
    assert months.number == 1
    last = held.expires_on
    assert last is not None
    assert counting(cast.ministry, last).filter(pk=held.pk).exists()
    assert not counting(cast.ministry, last + timedelta(days=1)).filter(pk=held.pk).exists()
    assert timedelta(days=300) < last - today < timedelta(days=370)
    assert "Secret remark" not in str([row.text for row in rows.values()])


def test_acceptance_can_be_undone_and_done_again(sent: Sent, cast: Cast) -> None:
    answered(sent)
    step(cast, sent.one, "accept")
    step(cast, sent.one, "undo")
    assert sent.now().state == State.SUBMITTED
    assert not Evidence.live.filter(party=cast.supplier).exists()
    assert Evidence.objects.filter(state=RecordState.WITHDRAWN).count() == 2
    step(cast, sent.one, "accept")
    assert Evidence.live.filter(party=cast.supplier).count() == 2
    assert AcceptedEvidence.objects.count() == 2


def test_a_row_that_a_person_withdrew_is_not_taken_up_again(sent: Sent, cast: Cast) -> None:
    answered(sent)
    step(cast, sent.one, "accept")
    Evidence.objects.filter(finding="documents_held").update(
        state=RecordState.WITHDRAWN, withdrawn_because="We visited and saw otherwise."
    )
    step(cast, sent.one, "undo")
    step(cast, sent.one, "accept")
    assert [row.finding for row in Evidence.live.all()] == ["movement_restricted"]


def test_two_people_cannot_decide_at_once(sent: Sent, cast: Cast) -> None:
    answered(sent)
    seen = str(sent.now().version)
    step(cast, sent.one, "return", remarks="Look at wages again", seen=seen)
    answer = step(cast, sent.one, "accept", seen=seen)
    assert "cannot be done in this state" in answer.content.decode()
    assert sent.now().state == State.RETURNED
    assert not Evidence.objects.exists()


def test_returned_answers_can_be_changed_again_and_the_remarks_stand_behind_the_link(sent: Sent, cast: Cast) -> None:
    answered(sent)
    mail.outbox.clear()
    step(cast, sent.one, "return", remarks="Which month was it?")
    assert "Which month" not in mail.outbox[0].body
    assert "Which month was it?" in sent.browser.get(sent.url()).content.decode()
    sent.write("wages", a__wages_on_time="always")
    sent.browser.post(sent.url("send/"))
    assert sent.now().state == State.SUBMITTED


def test_answers_stand_beside_evidence_on_the_same_matter_and_contradictions_show_both(sent: Sent, cast: Cast) -> None:
    known(cast, "evd_open", "movement_restricted")
    text = page(cast, answered(sent).one)
    assert text.count("Told in evd_open.") == 2  # beside the answer, and as a contradiction
    assert "say different things" in text
    assert "Secret remark" in text


@pytest.mark.parametrize(
    "more", [{"visibility": "restricted"}, {"asserted_by": "worker_signal"}, {"verified_by": "worker_signal"}]
)
def test_what_is_restricted_or_came_from_workers_is_seen_only_with_the_capability(
    sent: Sent, cast: Cast, more: dict[str, str]
) -> None:
    known(cast, "evd_closed", "movement_restricted", **more)
    answered(sent)
    for role in (Role.VIEWER, Role.AUDITOR):
        text = page(cast, sent.one, role)
        assert "Told in evd_closed." not in text
        assert "say different things" not in text
    assert "Told in evd_closed." in page(cast, sent.one, Role.CASE_LEAD)


def test_answers_in_progress_are_not_read_over_the_suppliers_shoulder(sent: Sent, cast: Cast) -> None:
    sent.write("wages", a__payslips="yes", n__payslips="Half a thought")
    assert "Half a thought" not in page(cast, sent.one)


def test_another_organisation_finds_nothing(sent: Sent, cast: Cast) -> None:
    answered(sent)
    bob = cast.client(cast.bob)
    base = f"questionnaires/{sent.one.pk}/"
    for rest in ("", "export/xlsx/"):
        assert bob.get(f"/o/port/{base}{rest}").status_code == 404
    for rest in ("accept/", "send/", "cancel/", "remind/", "link/", "return/", "copy/", "settings/", "questions/"):
        assert bob.post(f"/o/port/{base}{rest}", {"seen": "1"}).status_code == 404
    assert bob.get("/o/port/questionnaires/").content.decode().count("Blue Heron") == 0
    answer = bob.post("/o/port/questionnaires/new/", {"selected": cast.supplier.uid, "make": "yes"})
    assert "No party is selected" in answer.content.decode()
    assert sent.now().state == State.SUBMITTED


def test_a_party_with_little_risk_gets_the_short_form_and_without_data_the_deep_one(cast: Cast) -> None:
    low = add_party(cast.ministry, "Calm Cove Ltd", "pty_5555555555555555", band="low", assessed=True)
    none = add_party(cast.ministry, "Quiet Quay Ltd", "pty_6666666666666666", assessed=True)
    lead = cast.as_role(Role.CASE_LEAD)
    fields = {"make": "yes", "due_on": timezone.localdate().isoformat(), "selected": [low.uid, none.uid]}
    lead.post("/o/ministry/questionnaires/new/", fields)
    forms = dict(Questionnaire.objects.values_list("party__name", "form"))
    assert forms == {"Calm Cove Ltd": "short", "Quiet Quay Ltd": "deep"}
    numbers = list(Questionnaire.objects.values_list("pk", flat=True))
    answer: Any = lead.post("/o/ministry/questionnaires/send/", {"selected": numbers}, follow=True)
    assert "copy the link and pass it on yourself" in answer.content.decode()
    assert set(Questionnaire.objects.values_list("state", flat=True)) == {State.SENT}


def test_questions_can_be_put_in_and_taken_out_but_not_those_of_the_legal_minimum(cast: Cast) -> None:
    one = ask(cast, cast.supplier)
    step(cast, one, "questions", remove="last_audit", add="sea_contact")
    keys = Questionnaire.objects.get().keys
    assert "last_audit" not in keys
    assert "sea_contact" in keys
    answer = step(cast, one, "questions", remove="worker_pays_fees")
    assert "legal minimum" in answer.content.decode()
    assert "worker_pays_fees" in Questionnaire.objects.get().keys


def test_a_copy_for_the_next_year_asks_what_was_asked(sent: Sent, cast: Cast) -> None:
    step(cast, sent.one, "copy")
    copy = Questionnaire.objects.order_by("-pk")[0]
    assert copy.copied_from == sent.one
    assert copy.state == State.DRAFT
    assert set(sent.one.keys) <= set(copy.keys)
    assert copy.due_on.year == sent.one.due_on.year + 1


def test_the_list_filters_overdue_and_expired_ones_and_reminds_many(sent: Sent, cast: Cast) -> None:
    lead = cast.as_role(Role.CASE_LEAD)
    assert "Blue Heron" not in lead.get("/o/ministry/questionnaires/?state=overdue").content.decode()
    Questionnaire.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "Blue Heron" in lead.get("/o/ministry/questionnaires/?state=overdue").content.decode()
    assert "Blue Heron" not in lead.get("/o/ministry/questionnaires/?state=expired").content.decode()
    Questionnaire.objects.update(link_until=timezone.now() - timedelta(days=1))
    assert "Blue Heron" in lead.get("/o/ministry/questionnaires/?state=expired").content.decode()
    mail.outbox.clear()
    lead.post("/o/ministry/questionnaires/remind/", {"selected": [sent.one.pk]})
    assert len(mail.outbox) == 1


def test_answers_that_grow_old_are_listed(sent: Sent, cast: Cast) -> None:
    answered(sent)
    step(cast, sent.one, "accept")
    lead = cast.as_role(Role.CASE_LEAD)
    assert lead.get("/o/ministry/questionnaires/expiring/?until=366").content.decode().count("Blue Heron") == 2
    assert "Blue Heron" not in lead.get("/o/ministry/questionnaires/expiring/?until=30").content.decode()


def test_the_calendar_shows_when_answers_are_due_and_grow_old(sent: Sent, cast: Cast) -> None:
    from fairlead.web.actions.deadlines import deadlines  # noqa: PLC0415

    today = timezone.localdate()
    found = deadlines(cast.ministry, today, today + timedelta(days=400))
    assert [one.kind for one in found] == ["questionnaire"]
    answered(sent)
    step(cast, sent.one, "accept")
    assert [one.kind for one in deadlines(cast.ministry, today, today + timedelta(days=400))] == ["evidence"]


def test_every_step_is_in_the_log_and_the_log_holds(sent: Sent, cast: Cast) -> None:
    answered(sent)
    step(cast, sent.one, "accept")
    step(cast, sent.one, "undo")
    actions = list(AuditEntry.objects.filter(organisation=cast.ministry).values_list("action", flat=True))
    for action in ("made", "sent", "answered", "submitted", "accepted", "acceptance_undone"):
        assert f"questionnaire.{action}" in actions
    assert not verify().breaks


def test_lists_and_pages_cost_the_same_queries_however_many_rows(
    sent: Sent, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    lead = cast.as_role(Role.CASE_LEAD)
    known(cast, "evd_open", "movement_restricted")
    answered(sent)
    addresses = (("/o/ministry/questionnaires/", 14), (f"/o/ministry/questionnaires/{sent.one.pk}/", 20))
    for address, _most in addresses:
        lead.get(address)
    for number in range(12):
        send(cast, ask(cast, add_party(cast.ministry, f"Party {number}", f"pty_{number:016d}")))
        known(cast, f"evd_{number}", "documents_held")
    for address, most in addresses:
        with django_assert_max_num_queries(most):
            assert lead.get(address).status_code == 200


def test_the_page_of_a_party_can_show_its_questionnaires_in_one_query(
    sent: Sent, cast: Cast, django_assert_num_queries: Any
) -> None:
    from django.template.loader import render_to_string  # noqa: PLC0415

    context = {"party": cast.supplier, "organisation": cast.ministry, "may": {"ask"}}
    with django_assert_num_queries(1):
        text = render_to_string("questionnaires/of_party.html", context)
    assert "Sent" in text
