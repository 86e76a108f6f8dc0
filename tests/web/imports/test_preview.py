"""The preview: what stands in it, page by page and as files; deciding doubtful pairs."""

from __future__ import annotations

import csv
import io
from typing import Any

from fairlead.web.imports.models import ImportState, PairDecision
from fairlead.web.parties.models import Party
from tests.web.conftest import Cast, add_party
from tests.web.imports.conftest import LIST, Upload, press


def rows_of(cast: Cast, number: int, kind: str) -> list[list[str]]:
    answer = cast.client(cast.alice).get(f"/o/ministry/imports/{number}/{kind}/?export=csv")
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def page_of(cast: Cast, number: int, kind: str, **query: str) -> str:
    answer = cast.client(cast.alice).get(f"/o/ministry/imports/{number}/{kind}/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_table_opens_also_an_empty_one(cast: Cast, upload: Upload) -> None:
    one = upload()
    for kind in ("created", "changed", "unchanged", "known", "review", "rejected", "remarks"):
        page_of(cast, one.pk, kind)
    assert cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/rows/").status_code == 404


def test_changes_are_told_field_by_field_from_old_to_new(cast: Cast, upload: Upload) -> None:
    press(cast, upload(), "commit")
    one = upload(LIST.replace("1000,20", "1250,25"))
    told = rows_of(cast, one.pk, "changed")[1:]
    assert ["Blue Heron Textiles LLP", "spend", "1000 KZT", "1250 KZT", "replaced", "suppliers.csv, 2"] in told
    assert ["Blue Heron Textiles LLP", "workers of a site", "20", "25", "replaced", "suppliers.csv, 2"] in told


def test_rejected_rows_come_with_place_reason_and_original_cells_and_stay_for_ever(cast: Cast, upload: Upload) -> None:
    one = upload()
    [heading, row] = rows_of(cast, one.pk, "rejected")
    assert heading[:5] == ["File", "Sheet", "Row", "Column", "Reason"]
    assert row[:4] == ["suppliers.csv", "", "5", "Supplier"]
    assert row[4] == "The row adds up others."
    assert row[5:] == ["Total", "", "", "", "", "", "3800.50", ""]
    press(cast, one, "discard")
    assert one.state == ImportState.DISCARDED
    assert rows_of(cast, one.pk, "rejected")[1] == row


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(cast: Cast, upload: Upload) -> None:
    one = upload(LIST.replace("Total,", "=cmd|' /C calc'!A0 Total,").replace(",,,,,3800", ",,,,,3800"))
    told = [cell for row in rows_of(cast, one.pk, "created") + rows_of(cast, one.pk, "rejected") for cell in row]
    assert not [cell for cell in told if cell.startswith("=")]
    assert [cell for cell in told if cell.startswith("'=cmd")]


def test_what_a_list_says_is_escaped_on_every_page(cast: Cast, upload: Upload) -> None:
    evil = "<script>alert(1)</script>"
    one = upload(LIST.replace("Amber Kiln", evil).replace("Total", f"Total {evil}").replace("City", f"City {evil}"))
    for kind in ("created", "rejected", "remarks", "columns"):
        assert "<script>alert" not in page_of(cast, one.pk, kind)
    assert "&lt;script&gt;alert" in page_of(cast, one.pk, "columns")


def test_a_long_table_has_pages_and_few_queries(cast: Cast, upload: Upload, django_assert_max_num_queries: Any) -> None:
    lines = "\n".join(f'"Kiln number {word} LLP",Kazakhstan,"{n} Clay st.",Almaty' for n, word in _words(120))
    one = upload(f"Supplier,Country,Address,City\n{lines}\n")
    assert one.counts["created"] == 120
    client = cast.client(cast.alice)
    with django_assert_max_num_queries(8):
        first = client.get(f"/o/ministry/imports/{one.pk}/created/").content.decode()
    assert "Page 1 of 3" in first
    last = page_of(cast, one.pk, "created", page="3")
    assert last.count("Kiln number") == 20


def _words(count: int) -> list[tuple[int, str]]:
    letters = "bdfgklmnprst"
    return [
        (n, "".join(letters[(n * k + n // 7) % 12] + "aeiou"[(n + k) % 5] for k in (1, 5, 7, 11))) for n in range(count)
    ]


def doubtful(cast: Cast, upload: Upload) -> Any:
    add_party(cast.ministry, "Amber Kiln Bricks LLP", "pty_9999999999999999", country="KAZ")
    one = upload()
    assert one.counts["review"] == 1
    return one


def decide(cast: Cast, one: Any, decision: str) -> Any:
    return cast.client(cast.alice).post(
        f"/o/ministry/imports/{one.pk}/decide/", {"preview": one.preview, "place": "0", "decision": decision}
    )


def test_a_doubtful_pair_stays_two_until_a_person_says_the_same(cast: Cast, upload: Upload) -> None:
    one = doubtful(cast, upload)
    assert one.counts["created"] == 2
    decide(cast, one, "same")
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode()
    assert "Take 1 decision into the preview" in page
    assert "Commit all of it" not in page
    press(cast, one, "again")
    assert (one.counts["created"], one.counts["review"]) == (1, 0)
    press(cast, one, "commit")
    assert Party.live.filter(name="Amber Kiln Bricks LLP").count() == 1
    assert Party.live.get(name="Amber Kiln Bricks LLP").uid == "pty_9999999999999999"


def test_a_pair_judged_different_is_not_asked_again(cast: Cast, upload: Upload) -> None:
    one = doubtful(cast, upload)
    decide(cast, one, "different")
    press(cast, one, "again")
    assert (one.counts["created"], one.counts["review"]) == (2, 0)
    press(cast, one, "commit")
    assert Party.live.filter(name="Amber Kiln Bricks LLP").count() == 2


def test_a_doubtful_pair_can_be_committed_undecided_and_is_never_merged_by_itself(cast: Cast, upload: Upload) -> None:
    press(cast, doubtful(cast, upload), "commit")
    assert Party.live.filter(name="Amber Kiln Bricks LLP").count() == 2


def test_a_decision_on_an_older_preview_or_a_made_up_pair_is_refused(cast: Cast, upload: Upload) -> None:
    one = doubtful(cast, upload)
    client = cast.client(cast.alice)
    for data, status in (
        ({"preview": "older", "place": "0", "decision": "same"}, 302),
        ({"preview": one.preview, "place": "7", "decision": "same"}, 404),
        ({"preview": one.preview, "place": "0", "decision": "merge"}, 404),
        ({"preview": one.preview, "place": "-1", "decision": "same"}, 404),
    ):
        assert client.post(f"/o/ministry/imports/{one.pk}/decide/", data).status_code == status
    assert not PairDecision.objects.exists()


def test_what_contradicts_is_named_and_overwrites_nothing(cast: Cast, upload: Upload) -> None:
    one = upload(LIST.replace("Blue Heron Textiles LLP", "Blue Heron Textiles JSC"))
    assert one.counts["contradicting"] == 1
    told = rows_of(cast, one.pk, "changed")
    assert [row[4] for row in told if row[1] == "legal form"] == ["contradicts; what is known stays"]
    press(cast, one, "commit")
    heron = Party.live.get(pk=cast.supplier.pk)
    assert (heron.name, heron.legal_form) == ("Blue Heron Textiles LLP", "llc")


def test_the_list_of_imports_has_a_constant_number_of_queries(
    cast: Cast, upload: Upload, django_assert_max_num_queries: Any
) -> None:
    client = cast.client(cast.alice)
    upload()
    with django_assert_max_num_queries(14):
        client.get("/o/ministry/imports/")
    for number in range(3):
        upload(LIST.replace("300", f"30{number}"))
    with django_assert_max_num_queries(14):
        page = client.get("/o/ministry/imports/").content.decode()
    assert page.count("suppliers.csv") == 4


def test_after_the_commit_the_same_merges_the_two_parties(cast: Cast, upload: Upload) -> None:
    one = press(cast, doubtful(cast, upload), "commit")
    page = page_of(cast, one.pk, "review")
    assert "they are merged, which can be undone" in page
    decide(cast, one, "same")
    assert Party.live.filter(name="Amber Kiln Bricks LLP").count() == 1
    assert Party.objects.filter(state="merged").count() == 1
    decide(cast, one, "same")  # pressed twice
    assert Party.live.filter(name="Amber Kiln Bricks LLP").count() == 1


def test_what_was_decided_here_holds_for_the_next_list(cast: Cast, upload: Upload) -> None:
    decide(cast, doubtful(cast, upload), "same")
    following = upload(LIST.replace("2500.50", "2600"), "next.csv")
    assert (following.counts["created"], following.counts["review"]) == (1, 0)
