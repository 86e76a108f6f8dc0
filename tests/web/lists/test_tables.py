"""Every table of a page can be taken away as a file, safe to open in a spreadsheet, by whoever may take tables away."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import fairlead.web
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Capability, Role, capabilities
from fairlead.web.organisations.models import Membership
from fairlead.web.parties.models import Label, Link, Party, Site
from tests.web.conftest import Cast

WEB = Path(fairlead.web.__path__[0])

#: Templates with a table that is no table of data, or is one that is taken away elsewhere.
NOT_TAKEN_AWAY = {
    # facts of one record, one a row
    "actions/action.html", "assessments/challenge.html", "evidence/evidence.html", "questionnaires/file.html",
    # a form, or what is about to be done
    "imports/columns.html", "organisations/wipe.html", "parties/merge.html", "questionnaires/many.html",
    "questionnaires/refused.html", "records/conflict.html",
    # an account's own things, and the parts of the API
    "api/docs.html", "api/fields.html", "api/tokens.html", "mfa/webauthn/authenticator_list.html",
    "organisations/choose.html", "usersessions/usersession_list.html",
    # a part of a list, which is taken away there
    "actions/of_party.html", "chain/country.html", "questionnaires/of_party.html", "standards/differences.html",
    # the calendar is taken away as a calendar, answers by the menu of their questionnaire
    "actions/calendar.html", "questionnaires/answers_table.html",
    # drawn by lists
    "lists/table.html", "assessments/assessment.html", "assessments/comparison.html", "imports/review.html",
    # of a party: facts, and the rows of the lists it was read in, which are the organisation's own files
    "parties/page_overview.html",
    # the frame of all pages: keys of the keyboard
    "base.html",
}  # fmt: skip


def test_every_table_of_a_page_is_taken_away_as_a_file_or_has_a_reason_not_to_be() -> None:
    without = {
        path.relative_to(WEB).as_posix().partition("/templates/")[2]
        for path in WEB.rglob("templates/**/*.html")
        if "<table" in (text := path.read_text("utf-8")) and "lists/export_menu.html" not in text
    }
    assert sorted(without - NOT_TAKEN_AWAY) == []


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """A party whose name would run as a formula, with a site, a link and a label."""
    Party.objects.filter(pk=cast.supplier.pk).update(name="=HYPERLINK(1)", country="KAZ")
    Site.objects.create(organisation=cast.ministry, party=cast.supplier, uid="sit_1", name="+Camp", country="KAZ")
    Link.objects.create(
        organisation=cast.ministry, from_party=cast.supplier, uid="lnk_1", to_self=True, kind="supplies", good="cotton"
    )
    cast.supplier.labels.add(Label.objects.create(organisation=cast.ministry, name="@tender"))
    return cast


def _pages(cast: Cast) -> dict[str, str]:
    of_party = f"party={cast.supplier.uid}&"
    return {
        "overview/?": "Corrective actions",
        "chain/map/?": "KAZ",
        "parties/duplicates/?": "Likeness",
        "parties/labels/?": "@tender",
        f"chain/sites/?{of_party}": "+Camp",
        f"chain/links/?{of_party}": "=HYPERLINK(1)",
        "standard/versions/?": "Hash",
        "standard/compare/?": "Provision",
        "questionnaires/shared/?": "Shared since",
        "organisation/?": "administrator@ministry.example",
    }


@pytest.mark.parametrize("number", range(10))
def test_a_table_is_given_in_both_formats_and_no_cell_runs_as_a_formula(filled: Cast, number: int) -> None:
    page, holds = list(_pages(filled).items())[number]
    administrator = filled.client(filled.alice)
    written = b"".join(administrator.get(f"/o/ministry/{page}export=csv")).decode()
    assert holds in written
    assert "\n=" not in written and ",=" not in written and ",+" not in written and "\n@" not in written
    book = openpyxl.load_workbook(io.BytesIO(b"".join(administrator.get(f"/o/ministry/{page}export=xlsx"))))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any(holds in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    assert AuditEntry.objects.filter(action="list.exported", organisation=filled.ministry).count() == 2


@pytest.mark.parametrize("number", range(10))
def test_whoever_may_not_take_tables_away_is_refused_and_sees_no_menu(
    filled: Cast, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = list(_pages(filled))[number]
    without = capabilities()[Role.ADMINISTRATOR] - {Capability.EXPORT}
    monkeypatch.setattr(Membership, "capabilities", without)
    administrator = filled.client(filled.alice)
    assert administrator.get(f"/o/ministry/{page}export=csv").status_code == 403
    assert "export=csv" not in administrator.get(f"/o/ministry/{page}").content.decode()


def test_the_members_are_taken_away_by_administrators_alone(filled: Cast) -> None:
    page = filled.as_role(Role.CASE_LEAD).get("/o/ministry/organisation/?export=csv")
    assert page["Content-Type"].startswith("text/html")
    assert not AuditEntry.objects.filter(action="list.exported").exists()


def test_the_figures_of_the_overview_say_what_is_not_known_by_an_empty_cell(filled: Cast) -> None:
    written = b"".join(filled.client(filled.alice).get("/o/ministry/overview/?export=csv")).decode()
    assert "Rating,Not assessed yet,1,,1" in written
    assert 'Corrective actions,"days until verified, median",,,' in written
