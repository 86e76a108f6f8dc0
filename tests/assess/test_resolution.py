"""Duplicates in files: one line for every usable row, nothing lost, and nothing told of persons but their names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.assess import assess, resolve_files
from fairlead.errors import OptionError
from tests.read.files import xlsx

PERSONS = """rec_id,given_name,surname,date_of_birth,birth_place,occupation,suburb,postcode,soc_sec_id,phone,email
p1,Aigul,Karlygash,1960-02-13,Karakol,welder,Medeu,722200,4711009,555123456,aigul@mail.example
p2,Aygul,Karligash,1960-02-13,Karakol,,Medeu,722200,4711009,,
p3,Erlan,Boztorgay,1951-07-30,Osh,weaver,Alatau,723500,8822006,555987654,erlan@mail.example
p4,Erlan,Boztorgay,,,weaver,,,,,
"""
#: What is said of the persons above and must stand in no result.
SECRETS = ("1960", "1951", "Karakol", "welder", "weaver", "4711009", "8822006", "555123456", "mail.example")


def listed(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parties(path: Path) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for line in lines(path):
        groups.setdefault(line["party_id"], []).append(line["id"])
    return sorted(groups.values())


def test_persons_of_two_files_meet_and_keep_the_order_of_the_rows(tmp_path: Path) -> None:
    head, *rows = PERSONS.splitlines()
    one, other = (
        listed(tmp_path / f"{name}.csv", "\n".join((head, *part))) for name, part in (("a", rows[1:]), ("b", rows[:1]))
    )
    out = tmp_path / "out" / "clusters.csv"
    resolve_files([one, other], out=out)
    assert [line["id"] for line in lines(out)] == ["p2", "p3", "p4", "p1"]
    assert ["p2", "p1"] in parties(out)


def test_no_result_tells_of_a_person_more_than_names(tmp_path: Path) -> None:
    path = listed(tmp_path / "persons.csv", PERSONS)
    out = tmp_path / "out" / "clusters.csv"
    resolve_files([path], out=out)
    said = "".join(file.read_text(encoding="utf-8") for file in out.parent.iterdir())
    assert lines(out.with_name("review.csv")), "p3 and p4 are a doubtful pair"
    assert [secret for secret in (*SECRETS, "Medeu", "722200") if secret in said] == []


def test_nor_does_an_assessment(tmp_path: Path) -> None:
    from datetime import date  # noqa: PLC0415

    path = listed(tmp_path / "persons.csv", PERSONS)
    assess([path], out=tmp_path / "out", as_of=date(2026, 3, 31), pdf=False)
    said = b"".join(file.read_bytes() for file in (tmp_path / "out").iterdir())
    assert b"Karligash" in said
    assert [secret for secret in SECRETS if secret.encode() in said and secret not in ("1960", "1951")] == []


def test_a_row_of_a_list_without_ids_is_called_by_its_place(tmp_path: Path) -> None:
    table = [["name", "country"], ["Acme LLP", "Kenya"]]
    one = xlsx(tmp_path / "one.xlsx", {"A": table})
    two = xlsx(tmp_path / "two.xlsx", {"A": table, "B": [["name", "country"], ["Bela LLP", "Peru"]]})
    out = tmp_path / "out" / "clusters.csv"
    resolve_files([one, two], out=out)
    assert [line["id"] for line in lines(out)] == ["one.xlsx:2", "two.xlsx:A:2", "two.xlsx:B:2"]


def test_equal_numbers_of_rows_in_two_lists_are_no_reason_to_merge_and_different_ones_none_to_part(
    tmp_path: Path,
) -> None:
    one = listed(
        tmp_path / "a.csv", "vendor number;name;address;city\n1;Karlygash LLP;Abay 12;Almaty\n2;Suluu LLP;Abay 9;Osh"
    )
    two = listed(
        tmp_path / "b.csv",
        "vendor number;name;address;city\n1;Boztorgay LLP;Mira 4;Osh\n9;Karlygash LLP;Abay 12;Almaty",
    )
    out = tmp_path / "out" / "clusters.csv"
    run = resolve_files([one, two], out=out)
    by_place = {(row["file"], row["row"]): row["row_id"] for row in run.read.rows.to_pylist()}
    party = {row["row_id"]: row["party_id"] for row in run.resolved.members.to_pylist()}
    assert party[by_place["a.csv", 2]] == party[by_place["b.csv", 3]]
    assert party[by_place["a.csv", 2]] != party[by_place["b.csv", 2]]
    assert run.repeated == ("1",)
    assert [(line["file"], line["row"]) for line in lines(tmp_path / "out" / "clusters.remarks.csv")] == [
        ("a.csv", "2"),
        ("b.csv", "2"),
    ]


def test_columns_that_tell_the_truth_are_not_read(tmp_path: Path) -> None:
    rows = ["5;X;X;Karlygash LLP;Abay 12;Almaty", "6;X;X;Boztorgay LLP;Mira 4;Almaty"]
    path = listed(tmp_path / "list.csv", "\n".join(("id;true_id;cluster;name;address;city", *rows)))
    out = tmp_path / "out" / "clusters.csv"
    resolve_files([path], out=out)
    assert parties(out) == [["5"], ["6"]]


@pytest.mark.parametrize("name", ["list.csv", "review.csv"])
def test_a_file_that_is_read_is_never_replaced(tmp_path: Path, name: str) -> None:
    path = listed(tmp_path / name, "id;name\n1;Acme LLP")
    with pytest.raises(OptionError):
        resolve_files([path], out=tmp_path / ("clusters.csv" if name == "review.csv" else name))
    assert path.read_text(encoding="utf-8") == "id;name\n1;Acme LLP"


def test_the_result_is_not_written_among_the_lists_of_a_folder_or_in_the_place_of_its_own_companion(
    tmp_path: Path,
) -> None:
    path = listed(tmp_path / "list.csv", "id;name\n1;Acme LLP")
    for paths, out in (([tmp_path], tmp_path / "c.csv"), ([path], tmp_path / "out" / "review.csv"), ([path], tmp_path)):
        with pytest.raises(OptionError):
            resolve_files(paths, out=out)


def test_an_earlier_run_s_files_are_not_left_beside_a_new_result(tmp_path: Path) -> None:
    out = tmp_path / "out" / "clusters.csv"
    resolve_files([listed(tmp_path / "a.csv", "id;name\n1;Acme LLP\n1;Bela LLP\n2;")], out=out)
    assert (tmp_path / "out" / "clusters.rejected.csv").exists()
    resolve_files([listed(tmp_path / "a.csv", "id;name\n1;Acme LLP\n2;Bela LLP")], out=out)
    assert sorted(path.name for path in out.parent.iterdir()) == ["clusters.csv", "clusters.mapping.yaml", "review.csv"]


ODD = [
    "", " ", "Karlygash", "ТОО", "K" * 10_000, "😀😀", "\u202eKarlygash\u202c", "Kаrlygаsh", "Kar\x00lygash",
    "\x07\x1b[31m", "=cmd()", "№", "()", "Karlygash\u200b", "Қарлығаш 🧵 LLP",
]  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["1", "2", "", "x y"]), *[st.sampled_from(ODD)] * 2), max_size=8))
def test_rows_in_are_lines_out_and_rejected_rows(tmp_path: Path, said: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([["id", "name", "address"], ["0", "Acme LLP", "Abay 1 " * 2_000], *said])
    out = tmp_path / "out" / "clusters.csv"
    run = resolve_files([path], out=out)
    filled = 1 + sum(1 for row in said if any(cell.strip() for cell in row))
    assert len(lines(out)) + run.read.rejected.num_rows == filled
    assert all(0 < float(line["probability"]) <= 1 for line in lines(out))
    rejected = out.with_name("clusters.rejected.csv")
    assert len(lines(rejected) if rejected.exists() else []) == run.read.rejected.num_rows
