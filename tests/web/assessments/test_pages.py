"""The pages of assessments: the list, the work list, why a party is rated so, and who may see what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from fairlead.web.assessments.models import Assessment, OwnList, Rating
from fairlead.web.assessments.parts import read_part
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Party
from tests.web.assessments.conftest import Chain
from tests.web.conftest import add_party

ROOT = "/o/ministry/assessments/"


def page(chain: Chain, address: str, role: Role = Role.ADMINISTRATOR, **headers: Any) -> str:
    answer = chain.cast.as_role(role).get(ROOT + address, **headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def of_party(chain: Chain, party: Party) -> str:
    """What a party's page includes."""
    request = RequestFactory().get("/")
    context = {"party": party, "organisation": chain.cast.ministry, "may": {"edit", "assess"}, "request": request}
    return Template('{% include "assessments/of_party.html" %}').render(Context(context))


def test_before_the_first_assessment_the_page_says_how_to_begin(chain: Chain) -> None:
    assert "No assessment yet" in page(chain, "")
    assert "3 parties will be screened" in page(chain, "begin/")


def test_an_assessment_is_begun_by_a_form_and_shown_when_it_is_done(chain: Chain) -> None:
    client = chain.cast.as_role(Role.ANALYST)
    answer = client.post(ROOT + "begin/", {"as_of": "2026-03-31", "note": "Spring"}, follow=True)
    assert answer.redirect_chain[-1][0] == ROOT + "1/"
    made = Assessment.objects.get()
    assert (made.as_of, made.note, made.created_by) == (date(2026, 3, 31), "Spring", chain.cast.people[Role.ANALYST])
    shown = page(chain, "")
    assert "Spring" in shown
    assert "1 No data" in shown


def test_a_day_that_has_not_come_is_refused(chain: Chain) -> None:
    answer = chain.cast.as_role(Role.ANALYST).post(ROOT + "begin/", {"as_of": "2999-01-01"})
    assert "has not come yet" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_an_own_list_is_kept_once_screened_against_and_offered_again(chain: Chain) -> None:
    client = chain.cast.as_role(Role.ANALYST)
    for _ in range(2):
        content = b"name,country\nBlue Heron Textiles LLP,Turkmenistan\n"
        upload = SimpleUploadedFile("our own list.csv", content, content_type="text/csv")
        client.post(ROOT + "begin/", {"as_of": "2026-11-26", "uploads": upload})
    one = OwnList.objects.get()
    assert one.file.name == "our own list.csv"
    made = Assessment.objects.order_by("number").last()
    assert made is not None
    found = read_part(made, chain.spinner.uid).evidence.to_pylist()
    assert [row for row in found if row["source_id"] == f"list_{one.sha256[:12]}" or "list_" in row["source_id"]]
    assert "our own list.csv" in page(chain, "begin/")
    assert "our own list.csv" in page(chain, f"{made.number}/")


def test_nothing_begins_without_a_list_that_was_over_the_limit(chain: Chain, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    upload = SimpleUploadedFile("our own list.csv", b"name\nBlue Heron Textiles LLP\n")
    answer = chain.cast.as_role(Role.ANALYST).post(ROOT + "begin/", {"as_of": "2026-11-26", "uploads": upload})
    assert "The file is larger than" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_list_that_cannot_be_read_is_named_and_nothing_begins(chain: Chain) -> None:
    upload = SimpleUploadedFile("broken.xlsx", b"\x50\x4b\x03\x04 this is no workbook")
    answer = chain.cast.as_role(Role.ANALYST).post(ROOT + "begin/", {"as_of": "2026-11-26", "uploads": upload})
    assert "broken.xlsx" in answer.content.decode()
    assert not Assessment.objects.exists()
    assert not OwnList.objects.exists()


def test_the_list_of_one_organisation_is_not_anothers(chain: Chain) -> None:
    upload = SimpleUploadedFile("mine.csv", b"name\nSomebody\n")
    chain.cast.as_role(Role.ANALYST).post(ROOT + "begin/", {"as_of": "2026-11-26", "uploads": upload})
    own = OwnList.objects.get()
    add_party(chain.cast.port, "Crane", "pty_7777777777777777")
    bob = chain.cast.client(chain.cast.bob)
    bob.post("/o/port/assessments/begin/", {"as_of": "2026-11-26", "lists": [own.pk]})
    assert not Assessment.objects.filter(organisation=chain.cast.port, lists=own).exists()
    assert bob.get(f"/o/port/assessments/1/parties/{chain.spinner.uid}/").status_code == 404
    assert bob.get("/o/port/assessments/2/").status_code == 404


def test_the_work_list_stands_in_the_order_in_which_to_look(chain: Chain) -> None:
    chain.find()
    chain.assess()
    shown = page(chain, "1/")
    names = [party.name for party in Party.objects.filter(assessed=True).order_by("rank")]
    places = [shown.index(f">{name}</a>") for name in names]
    assert places == sorted(places)
    assert len(places) == 3


def test_no_data_is_said_and_never_low(chain: Chain) -> None:
    chain.assess()
    shown = page(chain, "1/?band=no_data")
    assert "Nobody Knows" in shown
    assert "Blue Heron" not in shown
    row = shown[shown.index("Nobody Knows") :].split("</tr>")[0]
    assert "No data" in row
    assert "Low" not in row
    why = page(chain, f"1/parties/{chain.unknown.uid}/")
    assert "That is no sign of low risk" in why
    assert "chip low" not in why
    assert "waterfall" not in why


def test_the_work_list_is_filtered_by_what_changed(chain: Chain) -> None:
    chain.assess()
    add_party(chain.cast.ministry, "A newcomer", "pty_5555555555555555", country="KAZ")
    chain.assess()
    shown = page(chain, "2/?change=new")
    assert "A newcomer" in shown
    assert "Bright Windows" not in shown


def test_a_rating_adds_up_on_its_page_with_factors_and_sources(chain: Chain) -> None:
    chain.find()
    chain.assess()
    why = page(chain, f"1/parties/{chain.spinner.uid}/")
    assert "Passports are kept by the employer" in why
    assert "Interviews" in why
    assert "×" in why
    assert "Sum" in why
    assert "style=" not in why
    part = page(chain, f"1/parties/{chain.spinner.uid}/", HTTP_HX_TARGET="adds-up")
    assert part.lstrip().startswith('<div id="adds-up">')


def test_restricted_evidence_is_seen_only_by_those_who_handle_the_case(chain: Chain) -> None:
    chain.find(visibility="restricted", text={"template": "A secret thing", "values": []})
    chain.assess()
    address = f"1/parties/{chain.spinner.uid}/"
    assert "A secret thing" in page(chain, address, Role.ANALYST)
    seen = page(chain, address, Role.VIEWER)
    assert "A secret thing" not in seen
    assert (
        "documents" not in seen.split("adds-up")[1].lower().replace("their documents", "") or "Interviews" not in seen
    )
    assert "only those who handle the case may see" in seen


def test_a_rule_says_how_long_it_holds_and_where_to_appeal(chain: Chain) -> None:
    text = {"template": "Stands on a list of import bans", "values": []}
    chain.find("listed_import_ban", asserted_by="public_list", source_id="us_uflpa_entities", text=text)
    chain.assess()
    why = page(chain, f"1/parties/{chain.spinner.uid}/")
    assert "A rule holds this rating" in why
    assert "It ends when the publisher removes the name" in why
    assert "can appeal to the publisher" in why


def test_what_the_buyer_causes_is_shown_as_its_own(chain: Chain) -> None:
    from fairlead.risk.cards import Group, shipped_cards  # noqa: PLC0415

    card = next(card for card in shipped_cards().values() if card.group is Group.BUYER)
    value = next(iter(card.levels)) or None
    chain.find(card.key, value=value, asserted_by="buyer", text={"template": "We pay late", "values": []})
    chain.assess()
    why = page(chain, f"1/parties/{chain.spinner.uid}/")
    assert "your own" in why
    assert "This part is the buyer&#x27;s to mend." in why


def test_a_rating_by_another_model_is_told_from_its_terms(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    chain.find()
    chain.assess()
    monkeypatch.setattr("fairlead.web.assessments.told.model_version", lambda: "another")
    why = page(chain, f"1/parties/{chain.spinner.uid}/")
    assert "another version of the model" in why
    assert "Passports are kept by the employer" in why


def test_a_damaged_snapshot_is_named_and_the_page_stands(chain: Chain, files: Any) -> None:
    chain.assess()
    for path in files.rglob("*.parquet"):
        path.write_bytes(b"")
    assert "changed after it was written" in page(chain, f"1/parties/{chain.spinner.uid}/")


def test_a_party_page_shows_the_newest_rating_and_those_before(chain: Chain) -> None:
    assert "Not assessed yet" in of_party(chain, chain.spinner)
    chain.assess(as_of=date(2026, 1, 31))
    assert "<svg" not in of_party(chain, chain.spinner)
    chain.find()
    chain.assess()
    shown = of_party(chain, chain.spinner)
    assert "<path" in shown
    assert "Assessment 1" in shown
    assert "Assessment 2" in shown
    assert "style=" not in shown
    assert "No data" in of_party(chain, chain.unknown)


def test_nothing_of_a_running_assessment_is_on_a_page(chain: Chain) -> None:
    made = Assessment.objects.create(organisation=chain.cast.ministry, number=1, as_of=date(2026, 1, 1))
    facts = {"band": "high", "data": "assessed", "p": 0.4, "p_low": 0.2, "p_high": 0.6, "find_out": True, "rank": 1}
    Rating.objects.create(assessment=made, party=chain.spinner, **facts)
    assert "Not assessed yet" in of_party(chain, chain.spinner)
    assert "Being made" in page(chain, "")
    client = chain.cast.as_role(Role.ADMINISTRATOR)
    for address in (f"1/parties/{chain.spinner.uid}/", "1/reports/", "1/reports/html/"):
        assert client.get(ROOT + address).status_code == 404
    assert "Blue Heron" not in client.get(ROOT + "1/").content.decode()


@pytest.mark.parametrize(("address", "grow"), [("", "assessments"), ("2/", "parties"), ("2/?band=no_data", "parties")])
def test_pages_take_the_same_number_of_queries_whatever_their_size(chain: Chain, address: str, grow: str) -> None:
    chain.assess()
    chain.assess()
    client = chain.cast.as_role(Role.ADMINISTRATOR)

    def count(address: str) -> int:
        client.get(ROOT + address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ROOT + address).status_code == 200
        return len(queries)

    before = count(address)
    for number in range(20 if grow == "parties" else 0):
        add_party(chain.cast.ministry, f"Party {number}", f"pty_9{number:015x}")
    chain.assess()
    assert count(address.replace("2/", "3/")) == before


def test_a_party_page_takes_two_queries_whatever_its_history(chain: Chain, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        chain.assess()
        with django_assert_num_queries(2):
            of_party(chain, chain.spinner)
