"""Lists through the API: uploaded, their columns corrected, looked at, committed as shown, undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from fairlead.web.imports.models import Import
from fairlead.web.parties.models import Party
from tests.web.api.conftest import BASE, Program
from tests.web.conftest import Cast

LIST = """Supplier,Country,City,Tier
Amber Kiln Bricks LLP,Kazakhstan,Almaty,1
Silent Orchard Tea LLP,Kazakhstan,Astana,2
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


def send(caller: Program, path: str, files: Any, **headers: str) -> HttpResponse:
    """Send files as multipart/form-data."""
    named = {"Authorization": f"Bearer {caller.secret}", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return caller.client.post(f"{BASE}/{path}", files, headers=named)


def upload(caller: Program, content: str = LIST, **headers: str) -> HttpResponse:
    return send(caller, "imports", {"lists": [SimpleUploadedFile("list.csv", content.encode())]}, **headers)


def test_a_list_is_uploaded_looked_at_committed_and_undone(alice: Program, cast: Cast) -> None:
    made = upload(alice)
    assert (made.status_code, made.json()["files"][0]["name"]) == (201, "list.csv")
    one = alice.get(made["Location"]).json()
    assert (one["state"], one["counts"]["created"]) == ("preview", 2)
    rows = alice.get(f"{made['Location']}/tables/created?limit=1").json()
    assert (rows["total"], rows["items"][0]["told"]["name"]) == (2, "Amber Kiln Bricks LLP")
    assert alice.get(rows["next"]).json()["items"][0]["told"]["name"] == "Silent Orchard Tea LLP"
    assert Party.live.filter(organisation=cast.ministry).count() == 1
    done = alice.post(f"{made['Location']}/commit", {"preview": one["preview"]})
    assert done.status_code == 200
    assert alice.get(made["Location"]).json()["state"] == "committed"
    assert Party.live.filter(organisation=cast.ministry).count() == 3
    assert alice.post(f"{made['Location']}/undo").status_code == 200
    assert Party.live.filter(organisation=cast.ministry).count() == 1
    assert [each["state"] for each in alice.get("imports").json()["items"]] == ["undone"]


def test_a_preview_that_was_made_again_is_not_committed_by_its_old_name(alice: Program) -> None:
    made = upload(alice)
    before = alice.get(made["Location"]).json()["preview"]
    assert alice.post(f"{made['Location']}/read-again").status_code == 200
    refused = alice.post(f"{made['Location']}/commit", {"preview": before})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:fairlead:problem:not-now")
    assert Import.objects.get().state == "preview"


def test_corrected_columns_are_read_as_told_and_wrong_ones_are_refused(alice: Program) -> None:
    made = upload(alice)
    [sheet] = alice.get(f"{made['Location']}/columns").json()["sheets"]
    assert [each["field"] for each in sheet["columns"]] == ["name", "country", "city", "tier"]
    told = {
        "file": "list.csv",
        "header_rows": [1],
        "columns": [{"column": "A", "field": "name"}, {"column": "C", "field": "region"}],
    }
    wrong = {**told, "columns": [{"column": "B", "field": "country"}]}
    for sheets in ([wrong], [{**told, "file": "other.csv"}], [{**told, "header_rows": [1, 2, 3]}]):
        assert alice.post(f"{made['Location']}/columns", {"sheets": sheets}).status_code == 422
    assert alice.post(f"{made['Location']}/columns", {"sheets": [told]}).status_code == 200
    [sheet] = alice.get(f"{made['Location']}/columns").json()["sheets"]
    assert (sheet["by"], [each["field"] for each in sheet["columns"]]) == (
        "corrected",
        ["name", "ignored", "region", "ignored"],
    )


def test_an_upload_that_is_sent_again_with_its_key_is_kept_once(alice: Program) -> None:
    one, other = (upload(alice, Idempotency_Key="monday") for _ in range(2))
    assert (one.json(), other["Idempotency-Replayed"]) == (other.json(), "true")
    assert Import.objects.count() == 1
    assert upload(alice, LIST + "x", Idempotency_Key="monday").status_code == 422


def test_a_file_over_the_limit_is_refused_whole(alice: Program, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    refused = upload(alice, LIST * 10)
    assert (refused.status_code, refused.json()["type"]) == (413, "urn:fairlead:problem:too-large")
    assert Import.objects.count() == 0


def test_what_is_no_list_or_no_upload_is_refused(alice: Program) -> None:
    assert send(alice, "imports", {"lists": [SimpleUploadedFile("a.csv", b"\x89PNG\r\n")]}).status_code == 422
    assert send(alice, "imports", {"other": [SimpleUploadedFile("a.csv", LIST.encode())]}).status_code == 422
    assert alice.post("imports", {"lists": []}).status_code == 415
    raw = alice.client.generic(
        "POST",
        f"{BASE}/imports",
        b"--x\r\nnonsense",
        content_type="multipart/form-data",
        headers={"Authorization": f"Bearer {alice.secret}"},
    )
    assert (raw.status_code, raw["Content-Type"]) == (400, "application/problem+json")
    assert Import.objects.count() == 0


def test_an_import_of_another_organisation_is_not_there(alice: Program, bob: Program) -> None:
    number = upload(alice).json()["number"]
    assert bob.get(f"/api/organisations/port/imports/{number}").status_code == 404
    assert bob.post(f"/api/organisations/port/imports/{number}/undo").status_code == 404
