"""A supplier answers section by section, in its language; two people there do not overwrite each other."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from fairlead.web.questionnaires.models import NOT_APPLICABLE, Answer, State
from fairlead.web.questionnaires.tokens import token_of
from tests.web.questionnaires.conftest import Sent, form_of


def value(sent: Sent, key: str) -> str:
    """The answer to a question as it is kept."""
    return Answer.objects.get(questionnaire=sent.one, question=key).value


def test_a_russian_questionnaire_is_answered_from_the_first_page_to_the_receipt(cast: Any) -> None:
    from tests.web.questionnaires.conftest import ask, send  # noqa: PLC0415 - beside the others

    russian = send(cast, ask(cast, cast.supplier, language="ru"))
    first = russian.browser.get(russian.url()).content.decode()
    assert '<html lang="ru"' in first
    topics = re.findall(rf"/q/{re.escape(russian.token)}/section/(\w+)/", first)
    seen: set[str] = set()
    for topic in dict.fromkeys(topics):
        for _ in range(3):  # answers open more questions
            page = russian.browser.get(russian.url(f"section/{topic}/")).content.decode()
            form = _filled(page)
            russian.browser.post(russian.url(f"section/{topic}/"), {**form, "go": "stay"})
        seen |= {name[2:] for name in form if name.startswith("v-")}
    assert russian.now().answered_count == russian.now().asked_count > 40
    assert value(russian, "workers_total") == "1250.5"
    assert value(russian, "lowest_wage") == "100000"
    assert Answer.objects.get(questionnaire=russian.one, question="lowest_wage").currency == "KZT"
    assert value(russian, "pay_compared") == "2026-01-31"
    review = russian.browser.get(russian.url("review/")).content.decode()
    assert "31 января 2026" in review
    assert russian.browser.post(russian.url("send/")).status_code == 302
    receipt = russian.browser.get(russian.url("receipt/html/"))
    assert "attachment" in receipt["Content-Disposition"]
    assert "31 января 2026" in receipt.content.decode()
    assert russian.now().state == State.SUBMITTED


def _filled(page: str) -> dict[str, str]:
    """Fill in every field of a page: yes or the first choice, the Russian way of writing numbers."""
    form = dict(re.findall(r'name="(v-\w+)" value="(\d+)"', page))
    for name, choice in re.findall(r'type="radio" name="(a-\w+)" value="(\w+)"', page):
        form.setdefault(name, choice)
    for name, kind in re.findall(r'name="(a-\w+)" type="(\w+)"', page):
        form[name] = "2026-01-31" if kind == "date" else "1250,5"
        if f'name="c-{name[2:]}"' in page:
            form[name], form[f"c-{name[2:]}"] = "100 000", "тенге"
    for name in re.findall(r'<textarea id="\S+" name="(a-\w+)"', page):
        form[name] = "Агентство «Рога и копыта»"
    return form


def test_not_knowing_and_not_applying_are_answers_of_their_own(sent: Sent) -> None:
    sent.write("workforce", x__workers_total="not_known", a__migrant_workers="not_applicable")
    assert value(sent, "workers_total") == "not_known"
    assert value(sent, "migrant_workers") == NOT_APPLICABLE
    assert sent.now().answered_count == 2
    page = sent.browser.get(sent.url("review/")).content.decode()
    assert "We do not know" in page
    assert "Does not apply to us" in page


def test_what_cannot_be_read_is_told_shown_again_and_counts_as_nothing(sent: Sent) -> None:
    answer = sent.write("workforce", a__workers_total="1,234", a__seasonal_workers="yes")
    assert answer.status_code == 422
    assert "cannot be read as one number without doubt" in answer.content.decode()
    assert 'value="1,234"' in sent.browser.get(sent.url("section/workforce/")).content.decode()
    assert value(sent, "workers_total") == ""
    assert value(sent, "seasonal_workers") == "yes"
    assert sent.now().answered_count == 1


def test_an_answer_opens_the_question_that_depends_on_it(sent: Sent) -> None:
    page = sent.browser.get(sent.url("section/workforce/")).content.decode()
    assert '<div class="question" id="q-migrant_workers_count" hidden>' in page
    answer = sent.write("workforce", go="next", a__migrant_workers="yes")
    assert answer["Location"].endswith("section/workforce/")
    page = sent.browser.get(sent.url("section/workforce/")).content.decode()
    assert '<div class="question" id="q-migrant_workers_count">' in page


def test_htmx_is_told_the_new_versions_and_what_has_opened(sent: Sent) -> None:
    answer = sent.browser.post(
        sent.url("section/workforce/"), form_of(sent.one, a__migrant_workers="yes"), headers={"HX-Request": "true"}
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in body
    assert 'id="v-migrant_workers" name="v-migrant_workers" value="1" hx-swap-oob="true"' in body
    assert 'id="q-migrant_workers_count" hx-swap-oob="true">' in body


def test_htmx_shows_what_somebody_else_answered_meanwhile(sent: Sent) -> None:
    stale = form_of(sent.one, a__workers_total="120")
    sent.write("workforce", a__workers_total="240")
    answer = sent.browser.post(sent.url("section/workforce/"), stale, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="q-workers_total" hx-swap-oob="true"' in body
    assert "Somebody else at your company answered this meanwhile" in body
    assert 'name="ma-workers_total" value="120"' in body
    assert value(sent, "workers_total") == "240"


def test_htmx_leaves_a_page_that_was_sent_in_elsewhere(sent: Sent) -> None:
    sent.browser.post(sent.url("send/"))
    answer = sent.browser.post(
        sent.url("section/wages/"), form_of(sent.one, a__payslips="yes"), headers={"HX-Request": "true"}
    )
    assert answer["HX-Redirect"] == sent.url()
    assert not sent.one.answers.exists()


def test_two_people_do_not_overwrite_each_other(sent: Sent) -> None:
    other = Client()
    stale = form_of(sent.one, a__wages_on_time="often_late", n__wages_on_time="Since spring", a__payslips="yes")
    sent.write("wages", a__wages_on_time="always")
    answer = other.post(sent.url("section/wages/"), {**stale, "go": "next"})
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Somebody else at your company answered this meanwhile" in body
    assert "Since spring" in body
    assert value(sent, "wages_on_time") == "always"
    assert value(sent, "payslips") == "yes"  # what nobody else touched is saved
    chosen = dict(re.findall(r'name="((?:m[axcn]|v)-wages_on_time)" value="([^"]*)"', body))
    other.post(sent.url("section/wages/"), {**chosen, "a-wages_on_time": "always", "take-mine": "wages_on_time"})
    kept = Answer.objects.get(questionnaire=sent.one, question="wages_on_time")
    assert (kept.value, kept.note, kept.version) == ("often_late", "Since spring", 2)


def test_a_stale_page_that_did_not_touch_an_answer_takes_nothing_back(sent: Sent) -> None:
    sent.write("wages", a__wages_on_time="always")
    stale = form_of(sent.one, a__wages_on_time="always")
    sent.write("wages", a__wages_on_time="sometimes_late")
    answer = sent.browser.post(sent.url("section/wages/"), {**stale, "go": "stay"})
    assert answer.status_code == 302
    assert value(sent, "wages_on_time") == "sometimes_late"


def test_the_same_page_may_go_on_writing_before_it_knows_of_its_last_version(sent: Sent) -> None:
    page = {"page": "0011223344556677", "v-payslips": "0"}
    for word in ("yes", "no"):
        sent.browser.post(sent.url("section/wages/"), {**page, "a-payslips": word})
    assert value(sent, "payslips") == "no"


def test_scripts_in_every_answer_are_shown_as_text(sent: Sent, cast: Any) -> None:
    nasty = "<script>alert(1)</script>"
    sent.write(
        "recruitment",
        a__uses_labour_provider="yes",
        n__uses_labour_provider=nasty,
        a__labour_provider_names=f'{nasty}"><img src=x onerror=alert(2)>',
    )
    sent.write("wages", a__lowest_wage=nasty, c__lowest_wage=nasty, x__wages_owed=nasty, a__payslips=nasty)
    pages = [sent.browser.get(sent.url(rest)) for rest in ("section/recruitment/", "section/wages/", "review/")]
    sent.browser.post(sent.url("send/"))
    pages.append(sent.browser.get(sent.url("receipt/html/")))
    pages.append(cast.client(cast.alice).get(f"/o/ministry/questionnaires/{sent.one.pk}/"))
    for page in pages:
        assert page.status_code == 200
        text = page.content.decode()
        assert nasty not in text
        assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in pages[0].content.decode()


def test_nothing_of_how_the_organisation_sees_the_supplier_reaches_it(sent: Sent, cast: Any) -> None:
    from fairlead.web.evidence.store import keep_evidence  # noqa: PLC0415
    from tests.web.conftest import add_party  # noqa: PLC0415
    from tests.web.questionnaires.conftest import ask, send  # noqa: PLC0415

    cast.supplier.band, cast.supplier.assessed = "very_high", True
    cast.supplier.note = "Watched by us"
    cast.supplier.save()
    add_party(cast.ministry, "Silent Rival LLP", "pty_4444444444444444")
    row = {
        "evidence_id": "evd_9",
        "subject_kind": "party",
        "subject_id": cast.supplier.uid,
        "finding": "documents_held",
        "polarity": "supports",
        "source_id": "audit-of-ours",
        "asserted_by": "auditor",
        "visibility": "organisation",
        "text": {"template": "The auditor saw a locked drawer.", "values": []},
    }
    keep_evidence([row], organisation=cast.ministry, party_of={cast.supplier.uid: cast.supplier}, user=None)
    deep = send(cast, ask(cast, cast.supplier))
    because = [each["because"]["template"] for each in deep.one.questions]
    assert any("evidence on record" in text for text in because)
    first = deep.browser.get(deep.url()).content.decode()
    topics = dict.fromkeys(re.findall(r"/section/(\w+)/", first))
    pages = [first, deep.browser.get(deep.url("review/")).content.decode()]
    pages += [deep.browser.get(deep.url(f"section/{topic}/")).content.decode() for topic in topics]
    deep.browser.post(deep.url("send/"))
    pages.append(deep.browser.get(deep.url("receipt/html/")).content.decode())
    forbidden = ("locked drawer", "audit-of-ours", "evidence on record", "no data to assess", "very_high", "Very high")
    for page in pages:
        assert len(page) > 1000
        for word in (*forbidden, "Watched by us", "Silent Rival", "estimate", "because of evidence"):
            assert word not in page, word


def test_a_section_costs_the_same_queries_however_much_is_answered(
    sent: Sent, django_assert_max_num_queries: Any
) -> None:
    sent.browser.get(sent.url("section/wages/"))
    with django_assert_max_num_queries(8):
        sent.browser.get(sent.url("section/wages/"))
    for number in range(1, 12):
        Answer.objects.create(questionnaire=sent.one, question=sent.one.keys[number], value="not_known")
    with django_assert_max_num_queries(8):
        assert sent.browser.get(sent.url("section/wages/")).status_code == 200
    assert token_of(sent.one.links.get()) == sent.token
