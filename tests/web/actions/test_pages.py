"""The pages of corrective actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format

from fairlead.remedy import leaving
from fairlead.web.actions.models import ActionEvent, CorrectiveAction, Disengagement
from fairlead.web.actions.proposals import proposals
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.merge import merge
from tests.web.conftest import Cast, add_party


def test_the_plan_proposes_steps_for_what_is_known_and_taking_them_over_leaves_none_twice(cast: Cast) -> None:
    Evidence.objects.create(
        organisation=cast.ministry,
        uid="evd_1",
        party=cast.supplier,
        subject_uid=cast.supplier.uid,
        finding="documents_held",
        source_id="by hand",
        asserted_by="union",
    )
    cast.supplier.band, cast.supplier.assessed = "high", True
    cast.supplier.save()
    today = timezone.localdate()
    proposed = proposals(cast.supplier, today)
    assert "documents_held" in {row["finding"] for row in proposed}
    client, address = cast.as_role(Role.CASE_LEAD), f"/o/ministry/actions/of/{cast.supplier.uid}/add/"
    assert "What the plan proposes" in client.get(address).content.decode()
    chosen = [proposed[0]["action_id"], proposed[1]["action_id"]]
    client.post(address, {"take": "yes", "proposal": [*chosen, "act_of_somebody_else"]})
    assert set(CorrectiveAction.objects.values_list("uid", flat=True)) == set(chosen)
    assert not set(chosen) & {row["action_id"] for row in proposals(cast.supplier, today)}


def test_an_action_in_ones_own_words_is_added_and_shown(cast: Cast) -> None:
    client = cast.as_role(Role.CASE_LEAD)
    form = {
        "words": "<b>Pay</b> the fees back",
        "owner": "supplier",
        "cost_bearer": "buyer_and_supplier",
        "cost": "1200.50",
        "owed": "900",
        "currency": "kzt",
        "due_on": "2026-12-24",
    }
    answer = client.post(f"/o/ministry/actions/of/{cast.supplier.uid}/add/", form, follow=True)
    page = answer.content.decode()
    assert "&lt;b&gt;Pay&lt;/b&gt; the fees back" in page
    assert "1,200.50 KZT" in page
    assert "24 December 2026" in page


@pytest.mark.parametrize(
    "form", [{"cost": "5"}, {"owed": "-1", "currency": "KZT"}, {"currency": "TENGE", "cost": "5"}, {"words": ""}]
)
def test_what_cannot_be_is_named_and_nothing_is_kept(form: dict[str, str], cast: Cast) -> None:
    given = {"words": "Pay", "owner": "supplier", "cost_bearer": "buyer", **form}
    answer = cast.as_role(Role.CASE_LEAD).post(f"/o/ministry/actions/of/{cast.supplier.uid}/add/", given)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert not CorrectiveAction.objects.exists()


def test_two_people_who_change_an_action_see_both_sides(cast: Cast, action: CorrectiveAction) -> None:
    client, address = cast.as_role(Role.CASE_LEAD), f"/o/ministry/actions/{action.uid}/edit/"
    form = {"owner": "supplier", "cost_bearer": "buyer", "seen": 1}
    client.post(address, {**form, "words": "Give the passports back at once"})
    answer = client.post(address, {**form, "words": "Give the passports to the workers"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Give the passports back at once" in page
    assert "Give the passports to the workers" in page
    action.refresh_from_db()
    assert action.words == "Give the passports back at once"


def test_proof_is_given_back_as_an_attachment_and_only_to_the_organisation(
    cast: Cast, action: CorrectiveAction
) -> None:
    client = cast.as_role(Role.CASE_LEAD)
    proof = SimpleUploadedFile("receipts.html", b"<script>1</script>", "text/html")
    client.post(f"/o/ministry/actions/{action.uid}/step/done/", {"seen": 1, "file": proof})
    event = action.events.get()
    address = f"/o/ministry/actions/{action.uid}/files/{event.pk}/"
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"<script>1</script>"
    assert cast.client(cast.bob).get(address).status_code == 404


def test_a_viewer_is_shown_no_way_to_change_and_refused_when_trying(cast: Cast, action: CorrectiveAction) -> None:
    viewer = cast.as_role(Role.VIEWER)
    assert '<form method="post" enctype' not in viewer.get(f"/o/ministry/actions/{action.uid}/").content.decode()
    assert viewer.post(f"/o/ministry/actions/{action.uid}/step/done/", {"seen": 1, "words": "x"}).status_code == 403


def test_an_action_of_another_organisation_is_not_found(cast: Cast, action: CorrectiveAction) -> None:
    party = add_party(cast.port, "Lantern Cranes", "pty_2")
    CorrectiveAction.objects.create(organisation=cast.port, uid="act_2", party=party, words="x")
    assert cast.as_role(Role.ADMINISTRATOR).get("/o/ministry/actions/act_2/").status_code == 404


def test_the_list_finds_what_is_overdue(cast: Cast, action: CorrectiveAction) -> None:
    action.due_on = timezone.localdate() - timedelta(days=1)
    action.save()
    viewer = cast.as_role(Role.VIEWER)
    assert "Give the passports back" in viewer.get("/o/ministry/actions/?due=overdue").content.decode()
    CorrectiveAction.objects.update(state="done")
    assert "Give the passports back" not in viewer.get("/o/ministry/actions/?due=overdue").content.decode()


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        CorrectiveAction.objects.create(
            organisation=cast.ministry, uid=f"act_{number}", party=cast.supplier, words="Pay", followed_by=cast.alice
        )
    client = cast.as_role(Role.VIEWER)
    client.get("/o/ministry/actions/")
    with django_assert_max_num_queries(11):
        client.get("/o/ministry/actions/")


def test_what_is_done_and_waits_for_its_verification_is_not_shown_as_overdue(
    cast: Cast, action: CorrectiveAction
) -> None:
    viewer, address = cast.as_role(Role.VIEWER), f"/o/ministry/actions/{action.uid}/"
    CorrectiveAction.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "overdue" in viewer.get(address).content.decode()
    CorrectiveAction.objects.update(state="done")
    assert "overdue" not in viewer.get(address).content.decode()


def test_the_next_step_of_the_escalation_is_shown_with_its_day_and_opened_when_it_is_due(
    cast: Cast, action: CorrectiveAction
) -> None:
    lead, address = cast.as_role(Role.CASE_LEAD), f"/o/ministry/actions/{action.uid}/"
    CorrectiveAction.objects.update(due_on=timezone.localdate() - timedelta(days=10))
    page = lead.get(address).content.decode()
    assert "remind the person who is to do it" in page
    assert '<details class="step" open><summary>Escalate' in page
    CorrectiveAction.objects.update(escalation=1)
    page = lead.get(address).content.decode()
    assert "speak with the management" in page
    assert f"Due from {date_format(timezone.localdate() + timedelta(days=4))} on." in page
    assert '<details class="step"><summary>Escalate' in page


def test_what_was_changed_is_told_in_the_language_of_the_reader(cast: Cast, action: CorrectiveAction) -> None:
    lead = cast.people[Role.CASE_LEAD]
    lead.language = "ru"
    lead.save()
    client, address = cast.client(lead), f"/o/ministry/actions/{action.uid}/"
    form = {"seen": action.version, "words": action.words or "Give the passports back.", "owner": "supplier"}
    sent = client.post(address + "edit/", {**form, "cost_bearer": "buyer", "workers": "12"})
    assert sent.status_code == 302, sent.content.decode()[:3000]
    changed = action.events.get(kind="change")
    assert "Workers concerned" in changed.words
    assert "Workers concerned" not in client.get(address).content.decode()
    assert "Workers concerned" in cast.as_role(Role.VIEWER).get(address).content.decode()


def test_of_a_long_history_the_newest_is_shown_and_the_rest_when_asked_for(
    cast: Cast, action: CorrectiveAction
) -> None:
    viewer, address = cast.as_role(Role.VIEWER), f"/o/ministry/actions/{action.uid}/"
    action.events.all().delete()
    for number in range(23):
        ActionEvent.objects.create(action=action, kind="note", at=timezone.now(), words=f"Visit no. {number} was made.")
    page = viewer.get(address).content.decode()
    assert "Visit no. 22 was made." in page and "Visit no. 3 was made." in page
    assert "Visit no. 2 was made." not in page and "Show 3 earlier ones" in page
    page = viewer.get(address + "?events=all").content.decode()
    assert "Visit no. 0 was made." in page and "earlier ones" not in page


def test_each_question_of_leaving_names_what_it_rests_on(cast: Cast) -> None:
    address = f"/o/ministry/actions/of/{cast.supplier.uid}/leaving/"
    page = cast.as_role(Role.CASE_LEAD).get(address).content.decode()
    assert "Guiding Principles on Business and Human Rights (United Nations, 2011),&nbsp;19" in page
    assert page.count("<fieldset") == len(leaving().points)


def test_leaving_is_decided_only_when_what_is_needed_is_answered(cast: Cast) -> None:
    client, address = cast.as_role(Role.CASE_LEAD), f"/o/ministry/actions/of/{cast.supplier.uid}/leaving/"
    answer = client.post(address, {"decision": "leave", "reasons": "Nothing has changed."})
    assert "Leaving cannot be decided yet" in answer.content.decode()
    assert not Disengagement.objects.exclude(decision="draft").exists()
    answers = {f"{point.key}-answer": "yes" for point in leaving().points}
    without_words = client.post(address, {**answers, "decision": "leave", "reasons": "Nothing has changed."})
    assert "Leaving cannot be decided yet" in without_words.content.decode()
    words = {f"{point.key}-words": "Since May, from the union." for point in leaving().points}
    client.post(address, {**answers, **words, "decision": "leave", "reasons": "Nothing has changed."})
    decided = Disengagement.objects.get(decision="leave")
    assert (decided.decided_by, decided.reasons) == (cast.people[Role.CASE_LEAD], "Nothing has changed.")


def test_a_decision_needs_reasons(cast: Cast) -> None:
    address = f"/o/ministry/actions/of/{cast.supplier.uid}/leaving/"
    answer = cast.as_role(Role.CASE_LEAD).post(address, {"decision": "pause", "reasons": " "})
    assert "needs its reasons" in answer.content.decode()


def test_a_proof_over_the_limit_is_refused_and_the_step_is_not_taken(
    cast: Cast, action: CorrectiveAction, settings: Any
) -> None:
    settings.UPLOAD_LIMIT = 10
    proof = SimpleUploadedFile("receipts.pdf", b"more than ten letters")
    form = {"seen": 1, "words": "Receipts.", "file": proof}
    answer = cast.as_role(Role.CASE_LEAD).post(f"/o/ministry/actions/{action.uid}/step/done/", form, follow=True)
    assert "larger than" in answer.content.decode()
    action.refresh_from_db()
    assert action.state == "agreed"


def test_actions_go_with_their_party_when_it_is_merged(cast: Cast, action: CorrectiveAction) -> None:
    kept = add_party(cast.ministry, "Blue Heron Textiles", "pty_kept")
    merge(kept, [cast.supplier], user=cast.alice)
    action.refresh_from_db()
    assert action.party == kept
