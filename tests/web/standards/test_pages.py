"""The standard is read, adapted never below the legal minimum, kept in versions, compared and taken away."""

from __future__ import annotations

import html
import io
from typing import Any

import pytest
import yaml
from django.utils import timezone
from openpyxl import load_workbook

from fairlead.standard import adapt, changes_from, shipped_standard
from fairlead.web.organisations.capabilities import Role
from fairlead.web.questionnaires.models import Questionnaire
from fairlead.web.standards.keep import standard_of
from fairlead.web.standards.models import StandardDraft, StandardVersion
from tests.web.conftest import Cast

BASE = "/o/ministry/standard/"


def change(cast: Cast, key: str, role: Role = Role.CASE_LEAD, **fields: str) -> Any:
    """Put a change to a provision into the draft."""
    draft = StandardDraft.objects.first()
    seen = str(draft.version if draft else 1)
    return cast.as_role(role).post(f"{BASE}draft/provision/{key}/", {"seen": seen, **fields})


def keep(cast: Cast, name: str) -> StandardVersion:
    """Keep the draft as a version."""
    draft = StandardDraft.objects.first()
    seen = str(draft.version if draft else 1)
    assert cast.as_role(Role.CASE_LEAD).post(f"{BASE}draft/keep/", {"name": name, "seen": seen}).status_code == 302
    return StandardVersion.objects.latest("number")


def provision(key: str) -> Any:
    """A provision of Fairlead's own standard."""
    return shipped_standard().provision(key)


def test_law_stands_apart_from_guidance_and_supplements_are_chosen(cast: Cast) -> None:
    viewer = cast.as_role(Role.VIEWER)
    page = viewer.get(BASE).content.decode()
    wages = provision("wages_paid")
    assert wages.legal_minimum in page
    assert "Law: Protection of Wages Convention" in page
    assert shipped_standard().version in page
    sea = next(one for one in shipped_standard().provisions if one.supplement == "sea")
    assert sea.title not in page
    assert sea.title in viewer.get(f"{BASE}?supplement=sea").content.decode()
    assert "Adapt" not in page


def test_changes_are_collected_kept_as_a_version_with_its_hash_and_compared(cast: Cast) -> None:
    lead = cast.as_role(Role.CASE_LEAD)
    title = provision("wages_paid").title
    practice = provision("wages_paid").good_practice
    fields = {"title": title, "good_practice": practice, "own_words": "By the fifth.", "raised": "on"}
    assert change(cast, "wages_paid", do="reword", **fields).status_code == 302
    assert change(cast, "buyer_practice", do="remove", reason="In our rules for buyers.").status_code == 302
    added = {
        "key": "pay_scales_published",
        "topic": "wages",
        "title": "Pay scales are published",
        "good_practice": "The employer publishes what each job pays.",
        "source": "ungp",
        "at": "Principle 21",
        "ask": "Are the pay scales published?",
        "type": "yes_no",
        "seen": str(StandardDraft.objects.get().version),
    }
    assert lead.post(f"{BASE}draft/add/", added).status_code == 302
    assert StandardVersion.objects.count() == 0
    version = keep(cast, "Quiet Waters 2026")
    changes = [
        {"reword": "wages_paid", "own_words": "By the fifth."},
        {"raise": "wages_paid"},
        {"remove": "buyer_practice", "reason": "In our rules for buyers."},
        dict(StandardDraft.objects.get().changes[-1]),
    ]
    assert version.changes == changes
    expected = adapt(shipped_standard(), *changes_from({"name": "Quiet Waters 2026", "changes": changes}, ""))
    assert version.hashed == expected.version == standard_of(version).version
    page = lead.get(BASE).content.decode()
    assert "By the fifth." in page
    assert "Are the pay scales published?" in page
    assert provision("buyer_practice").title not in page
    compared = lead.get(f"{BASE}compare/?old=0&new=1").content.decode()
    for word in ("Taken out", "Level raised", "Added", "By the fifth."):
        assert word in compared
    assert version.hashed in lead.get(f"{BASE}versions/").content.decode()


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("wages_paid", {"do": "remove"}),
        ("no_forced_labour", {"do": "remove_question", "question": "deposit_taken"}),
    ],
)
def test_nobody_goes_below_the_legal_minimum_and_the_error_is_named(
    cast: Cast, key: str, fields: dict[str, str]
) -> None:
    answer = change(cast, key, reason="We would rather not.", **fields)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "part of the legal minimum" in text
    assert "Nothing was changed." in text
    assert not StandardDraft.objects.exists()


def test_why_a_provision_cannot_be_added_is_told_in_the_reader_s_language(cast: Cast) -> None:
    person = cast.people[Role.CASE_LEAD]
    person.language = "ru"
    person.save()
    added = {
        "key": "wages_paid",
        "topic": "wages",
        "title": "Wages are paid",
        "good_practice": "They are paid.",
        "source": "ungp",
        "at": "Principle 21",
        "ask": "Are they paid?",
        "type": "yes_no",
        "seen": "1",
    }
    text = html.unescape(cast.client(person).post(f"{BASE}draft/add/", added).content.decode())
    assert "Положение «wages_paid», поле «key» стоит там дважды. Исправьте это там." in text
    assert "stands there twice" not in text


def test_a_change_can_be_taken_back_and_needs_a_reason(cast: Cast) -> None:
    assert change(cast, "buyer_practice", do="remove", reason="").status_code == 200
    change(cast, "buyer_practice", do="remove", reason="Elsewhere.")
    draft = StandardDraft.objects.get()
    cast.as_role(Role.CASE_LEAD).post(f"{BASE}draft/undo/1/", {"seen": str(draft.version)})
    assert StandardDraft.objects.get().changes == []


def test_two_people_cannot_change_the_draft_over_each_other(cast: Cast) -> None:
    change(cast, "buyer_practice", do="remove", reason="Elsewhere.")
    change(cast, "due_diligence", do="remove", reason="Elsewhere.")
    answer = change(cast, "subcontracting_known", do="remove", reason="Elsewhere.", seen="1")
    assert "Somebody else changed the draft" in answer.content.decode()
    assert len(StandardDraft.objects.get().changes) == 2


def test_only_some_roles_adapt_and_scripts_are_shown_as_text(cast: Cast) -> None:
    assert change(cast, "wages_paid", Role.ANALYST, do="reword", title="x").status_code == 403
    nasty = "<script>alert(1)</script>"
    change(cast, "wages_paid", do="reword", title=nasty, good_practice=nasty, own_words=nasty)
    keep(cast, nasty)
    lead = cast.as_role(Role.CASE_LEAD)
    for rest in ("", "draft/", "draft/provision/wages_paid/", "versions/", "compare/", "versions/1/"):
        text = lead.get(f"{BASE}{rest}").content.decode()
        assert nasty not in text
        assert "&lt;script&gt;" in text


def test_a_questionnaire_names_the_version_it_was_made_from_and_keeps_it(cast: Cast) -> None:
    lead = cast.as_role(Role.CASE_LEAD)
    form = {"selected": cast.supplier.uid, "make": "yes", "due_on": timezone.localdate().isoformat()}
    lead.post("/o/ministry/questionnaires/new/", form)
    change(cast, "buyer_practice", do="remove", reason="Elsewhere.")
    keep(cast, "Second")
    lead.post("/o/ministry/questionnaires/new/", form)
    first, second = Questionnaire.objects.order_by("pk")
    assert (first.standard.number, second.standard.number) == (1, 2)
    assert first.standard.hashed == shipped_standard().version
    assert "price_covers_labour" in first.keys
    assert "price_covers_labour" not in second.keys
    page = lead.get("/o/ministry/questionnaires/?standard=2").content.decode()
    assert f"/questionnaires/{second.pk}/" in page
    assert f"/questionnaires/{first.pk}/" not in page


def test_a_version_is_taken_away_whole_as_yaml_and_xlsx_and_as_changes_that_can_be_read(cast: Cast) -> None:
    change(cast, "buyer_practice", do="remove", reason="=cmd()")
    version = keep(cast, "Ours")
    viewer = cast.as_role(Role.VIEWER)
    whole = yaml.safe_load(viewer.get(f"{BASE}versions/1/export/yaml/").content)
    assert whole["version_hash"] == version.hashed
    assert [one["key"] for one in whole["provisions"]] == [one.key for one in standard_of(version).provisions]
    changes = yaml.safe_load(viewer.get(f"{BASE}versions/1/export/changes/").content)
    assert adapt(shipped_standard(), *changes_from(changes, "")).version == version.hashed
    answer: Any = viewer.get(f"{BASE}versions/1/export/xlsx/")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 1 + len(standard_of(version).questions)
    assert cast.client(cast.bob).get("/o/port/standard/versions/1/").status_code == 404


def test_the_pages_cost_the_same_queries_however_many_versions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    lead = cast.as_role(Role.CASE_LEAD)
    for number in range(3):
        keep(cast, f"Version {number}")
    for rest in ("", "versions/", "compare/"):
        lead.get(f"{BASE}{rest}")
        with django_assert_max_num_queries(9):
            assert lead.get(f"{BASE}{rest}").status_code == 200
