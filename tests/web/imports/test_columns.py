"""How columns were understood, corrected, and remembered for the next list."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from fairlead.web.imports.models import Import, ImportState, KeptMapping
from fairlead.web.imports.outline import read_outline
from fairlead.web.imports.storage import preview_of
from tests.web.conftest import Cast
from tests.web.imports.conftest import LIST, Upload


def sent(one: Import, **changes: str) -> dict[str, str]:
    """The form of the columns as the page shows it, with changes."""
    data: dict[str, str] = {}
    for number, sheet in enumerate(read_outline(preview_of(one))):
        if sheet["read"]:
            data[f"s{number}-read"] = "yes"
        data[f"s{number}-rows"] = ", ".join(map(str, sheet["header_rows"]))
        uses = {use["column"]: use for use in sheet["mapping"]["columns"]}
        for column in sheet["columns"]:
            use = uses.get(column["letter"], {})
            for name in ("field", "scheme", "currency", "decimals", "multiplier", "workforce"):
                data[f"s{number}-{column['letter']}-{name}"] = str(use.get(name) or "")
    return data | changes


def correct(cast: Cast, one: Import, **changes: str) -> HttpResponse:
    answer = cast.client(cast.alice).post(f"/o/ministry/imports/{one.pk}/columns/", sent(one, **changes))
    one.refresh_from_db()
    return answer


def use_of(one: Import, letter: str) -> dict[str, Any]:
    [sheet] = one.mapping
    return next(use for use in sheet["columns"] if use["column"] == letter)


def test_the_page_shows_headings_examples_and_what_was_understood(cast: Cast, upload: Upload) -> None:
    one = upload()
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/columns/").content.decode()
    for text in ("Spend, KZT", "2500.50", "Amber Kiln Bricks LLP", "recognised by headings and values", "KZ-BIN"):
        assert text in page


def test_a_corrected_column_is_read_anew(cast: Cast, upload: Upload) -> None:
    one = upload()
    assert use_of(one, "G")["currency"] == "KZT"
    assert correct(cast, one, **{"s0-G-currency": "usd", "s0-G-multiplier": "1000"}).status_code == 302
    assert one.state == ImportState.PREVIEW
    assert (use_of(one, "G")["currency"], use_of(one, "G")["multiplier"]) == ("USD", 1000)
    answer = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/changed/?export=csv")
    told = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "workers" in told or "site" in told


def test_the_next_list_with_the_same_headings_is_read_as_corrected(cast: Cast, upload: Upload) -> None:
    one = upload()
    correct(cast, one, **{"s0-H-field": "ignored"})
    assert KeptMapping.objects.count() == 1
    following = upload(LIST.replace("Amber Kiln", "Copper Kiln"), "next.csv")
    assert use_of(following, "H")["field"] == "ignored"
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{following.pk}/columns/").content.decode()
    assert "as corrected for an earlier list" in page
    other = upload(LIST.replace("Workers", "Staff"), "other.csv")
    assert use_of(other, "H")["field"] == "workers"


def test_what_was_kept_by_one_organisation_is_not_used_by_another(cast: Cast, upload: Upload) -> None:
    correct(cast, upload(), **{"s0-H-field": "ignored"})
    client = cast.client(cast.bob)
    client.post("/o/port/imports/add/", {"lists": [SimpleUploadedFile("x.csv", LIST.encode())]})
    assert use_of(Import.objects.get(organisation=cast.port), "H")["field"] == "workers"


def test_columns_that_nobody_understood_can_be_told(cast: Cast, upload: Upload) -> None:
    one = upload("a1,b2\nQuiet,Loud\nHere,There\n", "odd.csv")
    assert one.state == ImportState.FAILED
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/columns/").content.decode()
    assert "not understood" in page
    assert "Quiet" in page
    changes = {"s0-read": "yes", "s0-rows": "1", "s0-A-field": "name", "s0-B-field": "city"}
    assert correct(cast, one, **changes).status_code == 302
    assert one.state == ImportState.PREVIEW, one.what
    assert one.counts["used"] == 2


def test_two_columns_of_one_kind_and_no_name_at_all_are_refused_in_words(cast: Cast, upload: Upload) -> None:
    one = upload()
    before = one.mapping
    twice = correct(cast, one, **{"s0-F-field": "city"})
    assert twice.status_code == 422
    assert "both city" in twice.content.decode()
    nameless = correct(cast, one, **{"s0-A-field": "ignored"})
    assert "no column is the name" in nameless.content.decode()
    money = correct(cast, one, **{"s0-G-currency": "tenge"})
    assert "three letters" in money.content.decode()
    assert (one.state, one.mapping) == (ImportState.PREVIEW, before)


def test_values_that_no_page_sends_are_refused_and_break_nothing(cast: Cast, upload: Upload) -> None:
    one = upload()
    for changes in (
        {"s0-A-field": "evil"},
        {"s0-B-scheme": "'; drop table"},
        {"s0-G-multiplier": "-5"},
        {"s0-G-multiplier": "many"},
        {"s0-rows": "1, 2, 3"},
        {"s0-rows": "999"},
        {"s0-G-decimals": "both"},
    ):
        assert correct(cast, one, **changes).status_code == 422
    assert one.state == ImportState.PREVIEW


def test_a_sheet_can_be_left_out(cast: Cast, upload: Upload) -> None:
    one = upload()
    data = sent(one)
    del data["s0-read"]
    cast.client(cast.alice).post(f"/o/ministry/imports/{one.pk}/columns/", data)
    one.refresh_from_db()
    assert one.state == ImportState.FAILED
    assert "left out" in one.what
    correct(cast, one, **{"s0-read": "yes"})
    assert one.state == ImportState.PREVIEW


def test_the_columns_of_a_committed_import_stand_as_they_are(cast: Cast, upload: Upload) -> None:
    one = upload()
    cast.client(cast.alice).post(f"/o/ministry/imports/{one.pk}/commit/", {"preview": one.preview})
    answer = correct(cast, one, **{"s0-H-field": "ignored"})
    assert answer.status_code == 200
    assert one.state == ImportState.COMMITTED
    assert one.corrected == []
