"""The report of an assessment: made once in a language, given away as a file, without what is restricted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairlead.web.accounts.models import User
from fairlead.web.assessments import reports as module
from fairlead.web.assessments.models import Report
from fairlead.web.organisations.capabilities import Role
from tests.web.assessments.conftest import Chain

ADDRESS = "/o/ministry/assessments/1/reports/"


@pytest.fixture(autouse=True)
def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page set in print takes seconds and has tests of its own: here it is a file that says so."""
    real = module.report_of_folder

    def quick(folder: Path, *, out: Path, pdf: bool, **besides: object) -> object:
        made = real(folder, out=out, pdf=False, **besides)  # type: ignore[arg-type]
        (out / "report.pdf").write_bytes(b"%PDF of a test")
        return made

    monkeypatch.setattr(module, "report_of_folder", quick)


def test_a_report_is_made_when_it_is_asked_for_and_kept(chain: Chain) -> None:
    chain.find()
    chain.assess()
    client = chain.cast.as_role(Role.VIEWER)
    assert client.get(ADDRESS + "html/").status_code == 404
    for _ in range(2):
        assert client.post(ADDRESS, follow=True).status_code == 200
    assert Report.objects.count() == 1
    for kind, begins in (("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")):
        answer = client.get(f"{ADDRESS}{kind}/")
        assert answer.status_code == 200, kind
        assert answer.content.startswith(begins), kind
        assert answer["Content-Disposition"].startswith("attachment"), kind
    assert b"Blue Heron" in client.get(ADDRESS + "html/").content
    assert client.get(ADDRESS + "exe/").status_code == 404


def test_a_report_is_in_the_language_of_its_reader(chain: Chain) -> None:
    chain.assess()
    reader = chain.cast.people[Role.VIEWER]
    User.objects.filter(pk=reader.pk).update(language="ru")
    client = chain.cast.client(reader)
    client.post(ADDRESS)
    assert Report.objects.get().language == "ru"
    assert b'lang="ru"' in client.get(ADDRESS + "html/").content
    User.objects.filter(pk=reader.pk).update(language="en")
    assert client.get(ADDRESS + "html/").status_code == 404


def test_restricted_evidence_is_only_in_the_report_that_asks_for_it(chain: Chain) -> None:
    chain.find(visibility="restricted", text={"template": "A secret thing", "values": []})
    chain.assess()
    analyst, viewer = chain.cast.as_role(Role.ANALYST), chain.cast.as_role(Role.VIEWER)
    analyst.post(ADDRESS)
    analyst.post(ADDRESS, {"restricted": "yes"})
    assert Report.objects.count() == 2
    assert b"A secret thing" not in analyst.get(ADDRESS + "json/").content
    assert b"A secret thing" in analyst.get(ADDRESS + "json/?restricted=yes").content
    assert b"A secret thing" not in viewer.get(ADDRESS + "json/?restricted=yes").content


def test_the_report_says_what_the_snapshot_says(chain: Chain) -> None:
    made = chain.assess()
    client = chain.cast.as_role(Role.VIEWER)
    client.post(ADDRESS)
    document = json.loads(client.get(ADDRESS + "json/").content)
    assert document["as_of"] == "2026-11-26"
    assert {row["subject_id"]: row["p"] for row in document["ratings"]} == {
        row.party.uid: row.p for row in made.ratings.select_related("party")
    }


def test_a_report_that_was_changed_is_not_given_away(chain: Chain, files: Path) -> None:
    chain.assess()
    client = chain.cast.as_role(Role.VIEWER)
    client.post(ADDRESS)
    [path] = files.rglob("report.html")
    path.write_text("something else")
    answer = client.get(ADDRESS + "html/", follow=True)
    assert "changed after it was written" in answer.content.decode()
    assert "something else" not in answer.content.decode()


def test_a_report_that_could_not_be_made_says_so_and_can_be_asked_again(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.assess()
    client = chain.cast.as_role(Role.VIEWER)
    with monkeypatch.context() as broken:
        broken.setattr(module, "report_of_folder", lambda *args, **besides: 1 / 0)
        client.post(ADDRESS)
    assert "Something went wrong on our side" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS)
    assert client.get(ADDRESS + "html/").status_code == 200
