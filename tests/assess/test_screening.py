"""Names against lists as a whole: the file of hits and what lies beside it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from fairlead.assess import ScreeningRun, screen_file
from fairlead.errors import OptionError

AS_OF = date(2026, 3, 31)
LIST = (
    "entry id,name,country,kind,end date\n"
    "E1,Quillon Harrow Weaving,India,company,\n"
    "E2,Brook Stroy,Russia,company,2025-06-30\n"
)
NAMES = (
    "id,name,country,kind\n"
    "b,Brook Stroy LLC,Russia,\n"
    "a,Quillon Harrow Weaving Ltd,India,company\n"
    "a,Somebody Else Entirely,India,company\n"
    "c,,India,\n"
    "d,CORP,,\n"
    "e,Quillon Harrow Weaving,Cuba,\n"
)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, names: str = NAMES, listed: str = LIST, **options: object) -> ScreeningRun:
    return screen_file(
        written(folder, "names.csv", names),
        [written(folder, "own.csv", listed)],
        out=folder / "out" / "hits.csv",
        as_of=AS_OF,
        **options,  # type: ignore[arg-type]
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_hits_come_in_the_order_of_the_names_with_exactly_these_columns(tmp_path: Path) -> None:
    run(tmp_path)
    found = rows(tmp_path / "out" / "hits.csv")
    assert list(found[0]) == ["id", "entry_id", "entry_name", "list", "edition", "score", "verdict", "reasons"]
    assert [(row["id"], row["entry_id"], row["verdict"]) for row in found] == [
        ("b", "E2", "match"),
        ("a", "E1", "match"),
        ("e", "E1", "review"),
    ]
    assert (found[0]["list"], len(found[0]["edition"])) == ("own.csv", 12)
    assert all(len(row["score"]) == 6 and 0 <= float(row["score"]) <= 1 for row in found)


def test_the_reasons_are_sentences_and_say_that_a_listing_has_ended(tmp_path: Path) -> None:
    run(tmp_path)
    ended, listed, _ = rows(tmp_path / "out" / "hits.csv")
    assert listed["reasons"] == (
        "Every word that tells names apart is the same. The country agrees. Confirm who it is before acting."
    )
    assert "The listing ended on 30 June 2025." in ended["reasons"]


def test_names_that_are_not_screened_are_kept_beside_the_hits(tmp_path: Path) -> None:
    done = run(tmp_path)
    set_aside = rows(tmp_path / "out" / "hits.rejected.csv")
    assert [(row["row"], row["cells"]) for row in set_aside] == [
        ("5", '["c","","India",""]'),
        ("6", '["d","CORP","",""]'),
    ]
    assert set_aside[1]["reason"].startswith("Not screened, because")
    assert len(done.screening.not_screened) == 1


def test_an_id_that_stands_twice_is_screened_twice_and_named(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.names.repeated == ("a",)
    remarks = rows(tmp_path / "out" / "hits.remarks.csv")
    assert [(row["row"], row["column"]) for row in remarks] == [("3", "id"), ("4", "id")]


def test_files_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    run(tmp_path)
    run(tmp_path, names="id,name\n1,Quillon Harrow Weaving\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["hits.csv", "hits.record.json"]


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_the_lists(tmp_path: Path) -> None:
    names = written(tmp_path, "names.csv", NAMES)
    one = written(tmp_path, "one.csv", LIST)
    other = written(tmp_path, "other.csv", LIST.replace("Brook Stroy", "Brook Stroy Trading"))
    texts = []
    for lists in ([one, other], [other, one]):
        screen_file(names, lists, out=tmp_path / "hits.csv", as_of=AS_OF)
        texts.append((tmp_path / "hits.csv").read_bytes())
    assert texts[0] == texts[1]


def test_without_a_list_the_reference_pack_is_used(tmp_path: Path) -> None:
    names = written(tmp_path, "names.csv", NAMES)
    done = screen_file(names, out=tmp_path / "hits.csv", as_of=AS_OF)
    assert not done.own_lists
    assert done.lists


@pytest.mark.parametrize("out", ["names.csv", "own.csv"])
def test_the_hits_never_replace_what_is_read(tmp_path: Path, out: str) -> None:
    names, listed = written(tmp_path, "names.csv", NAMES), written(tmp_path, "own.csv", LIST)
    with pytest.raises(OptionError, match="replace a file that is read"):
        screen_file(names, [listed], out=tmp_path / out, as_of=AS_OF)
    assert names.read_text(encoding="utf-8") == NAMES


def test_reasons_follow_the_language(tmp_path: Path) -> None:
    run(tmp_path, language="ru")
    assert "Страна совпадает" in rows(tmp_path / "out" / "hits.csv")[1]["reasons"]


def test_a_later_run_says_what_has_changed_and_may_replace_the_earlier_one(tmp_path: Path) -> None:
    run(tmp_path)
    out = tmp_path / "out" / "hits.csv"
    done = run(tmp_path, listed=LIST.replace("E2,Brook Stroy,Russia,company,2025-06-30\n", ""), since=out)
    assert done.changes is not None
    (change,) = rows(tmp_path / "out" / "hits.changes.csv")
    assert (change["change"], change["id"], change["verdict_before"], change["verdict_now"]) == (
        "gone",
        "b",
        "match",
        "",
    )
    assert change["reason"].startswith("The entry was on the list until edition")
    assert change["edition_before"] != change["edition_now"]


def test_entries_that_cannot_be_found_and_rows_without_a_name_are_named(tmp_path: Path) -> None:
    run(tmp_path, listed="name,country\nQuillon Harrow Weaving,India\nCORP,\n-0-,India\n")
    assert ("own.csv", "4") in {(row["file"], row["row"]) for row in rows(tmp_path / "out" / "hits.rejected.csv")}
    remarks = {(row["file"], row["row"]): row["reason"] for row in rows(tmp_path / "out" / "hits.remarks.csv")}
    assert remarks["own.csv", "3"].startswith("The entry CORP cannot be found by its name")


def test_a_registration_number_finds_an_entry_whatever_its_name(tmp_path: Path) -> None:
    names = "name,country,registration number\nOther Words Entirely,India,U17111KA2004PTC033893\n"
    listed = "name,country,registration number\nQuillon Harrow Weaving,India,U17111KA2004PTC033893\n"
    run(tmp_path, names=names, listed=listed)
    (found,) = rows(tmp_path / "out" / "hits.csv")
    assert (found["verdict"], found["entry_name"]) == ("match", "Quillon Harrow Weaving")
    assert "Both have the number U17111KA2004PTC033893." in found["reasons"]
