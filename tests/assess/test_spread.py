"""`fairlead risk spread`: from a folder of results to its tables, and what it says of folders that cannot be used."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from fairlead.assess import assess
from fairlead.assess.output import fresh_output
from fairlead.assess.spread import spread_folder
from fairlead.cli.app import app
from fairlead.errors import FairleadError, LinkError, NothingToRead, OptionError, UnreadableFile
from fairlead.model.assessment import LATER_FILES
from tests.risk.spread.make import link_rows, named, rated, supplies

DAY = date(2026, 3, 31)
LIST = """Supplier,Country,Product,Customer,Tier,Spend,Currency,Labour provider
Fictional Shop Ltd,GBR,workwear,,1,900,GBP,
Fictional Mill Ltd,IND,thread,Fictional Shop Ltd,2,300,GBP,Fictional Labour Ltd
Fictional Cotton Farm,TKM,cotton,Fictional Mill Ltd,3,100,GBP,
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spread")
    (folder / "list.csv").write_text(LIST)
    assess([folder / "list.csv"], out=folder / "results", as_of=DAY, pdf=False)
    return folder / "results"


def parquet(folder: Path, *rows: dict[str, Any], **p: float | None) -> Path:
    pq.write_table(link_rows(*rows), folder / "links.parquet")
    pq.write_table(rated(**p), folder / "ratings.parquet")
    pq.write_table(named(*p), folder / "parties.parquet")
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_assessment_s_own_folder_is_read_and_the_tables_lie_beside_it(results: Path) -> None:
    run = spread_folder(results, as_of=DAY)
    assert [file.name for file in run.files] == [
        "spread.csv",
        "spread.parquet",
        "spread_paths.csv",
        "spread_paths.parquet",
    ]
    rows = {row["name"]: row for row in table(results / "spread.csv")}
    mill, farm = rows["Fictional Mill Ltd"], rows["Fictional Cotton Farm"]
    assert (farm["data"], farm["upstream_data"], farm["upstream"]) == ("assessed", "no_data", "")
    assert float(mill["upstream"]) > float(farm["p"])  # the labour provider counts as well
    texts = {row["path"] for row in table(results / "spread_paths.csv")}
    assert "Fictional Labour Ltd —recruits for 50%→ Fictional Mill Ltd" in texts
    assert any(text.startswith("Fictional Cotton Farm —supplies cotton 100%→ Fictional Mill Ltd —") for text in texts)


def test_a_new_assessment_in_the_folder_removes_what_was_spread_from_the_old_one(tmp_path: Path) -> None:
    folder = parquet(tmp_path, supplies("farm", "shop"), farm=0.4, shop=0.1)
    run = spread_folder(folder, as_of=DAY, trace="farm")
    assert {file.name for file in run.files} == set(LATER_FILES)
    with fresh_output(folder):
        pass
    assert not any(file.exists() for file in run.files)


def test_the_same_folder_gives_the_same_bytes(results: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        spread_folder(results, as_of=DAY, out=tmp_path / name)
    for file in ("spread.csv", "spread.parquet", "spread_paths.csv", "spread_paths.parquet"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_parquet_is_read_where_it_is_there_and_says_what_it_was_made_from(tmp_path: Path) -> None:
    run = spread_folder(parquet(tmp_path, supplies("farm", "shop"), farm=0.4, shop=0.1), as_of=DAY)
    assert run.parties["upstream"].to_pylist() == pytest.approx([0.4, None])
    stamp = pq.read_schema(tmp_path / "spread.parquet").metadata
    assert stamp[b"as_of"] == b"2026-03-31"
    assert len(stamp[b"sha256 links.parquet"]) == 64


def test_the_trace_tells_where_the_output_of_a_party_goes(results: Path, tmp_path: Path) -> None:
    run = spread_folder(results, as_of=DAY, out=tmp_path, trace="fictional COTTON farm")
    assert run.traced is not None
    rows = table(tmp_path / "downstream.csv")
    assert [row["name"] for row in rows] == [
        "Fictional Mill Ltd",
        "Fictional Shop Ltd",
        "(the assessing organisation)",
    ]
    assert (rows[-1]["arrives"], rows[-1]["ends"], rows[-1]["good"]) == ("1.0", "1.0", "workwear")
    spread_folder(results, as_of=DAY, out=tmp_path)
    assert not (tmp_path / "downstream.csv").exists()  # an earlier trace is not taken for this run's


def test_a_party_that_is_not_there_or_not_the_only_one_is_named(tmp_path: Path) -> None:
    folder = parquet(tmp_path, supplies("farm", "shop"), farm=0.4, shop=0.1)
    with pytest.raises(OptionError, match="There is no party “nobody”"):
        spread_folder(folder, as_of=DAY, trace="nobody")
    twins = pa.table({"party_id": ["farm", "shop"], "name": ["Twin", "TWIN"]})
    pq.write_table(twins, folder / "parties.parquet")
    with pytest.raises(OptionError, match=r"“twin” fits 2 parties: TWIN \(shop\); Twin \(farm\)"):
        spread_folder(folder, as_of=DAY, trace="twin")


def edited(results: Path, folder: Path, file: str, change: Callable[[str], str]) -> Path:
    for name in ("links.csv", "parties.csv"):
        text = (results / name).read_text(encoding="utf-8")
        (folder / name).write_text(change(text) if name == file else text, encoding="utf-8")
    return folder


def _with_share(share: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        heading, first, *rest = text.splitlines()
        cells = first.split(",")
        cells[heading.split(",").index("share")] = share
        return "\n".join([heading, ",".join(cells), *rest]) + "\n"

    return change


@pytest.mark.parametrize(
    ("file", "change", "error", "says"),
    [
        ("links.csv", _with_share("-0.2"), LinkError, "links.csv, row 2, column “share”: a share of -0.2 cannot be"),
        ("links.csv", _with_share("7"), LinkError, "links.csv, row 2, column “share”: a share of 7.0 cannot be"),
        ("links.csv", _with_share("half"), UnreadableFile, "links.csv: The table cannot be read"),
        ("links.csv", lambda text: text.replace("to_id", "id", 1), UnreadableFile, "no column “to_id”"),
        ("links.csv", lambda text: "", UnreadableFile, "links.csv: There is no column “from_id”"),
        ("parties.csv", lambda text: text + text.splitlines()[1] + "\n", UnreadableFile, "stands in the table twice"),
        ("parties.csv", lambda text: text + "," * text.splitlines()[0].count(",") + "\n", UnreadableFile, "has no id"),
        ("parties.csv", lambda text: text.replace(",0.", ",4.", 1), UnreadableFile, "A probability of 4"),
    ],
)
def test_a_damaged_folder_is_named_and_nothing_is_written(
    results: Path, tmp_path: Path, file: str, change: Callable[[str], str], error: type[FairleadError], says: str
) -> None:
    with pytest.raises(error, match=says):
        spread_folder(edited(results, tmp_path, file, change), as_of=DAY)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["links.csv", "parties.csv"]


def test_a_folder_without_results_or_without_rows_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="There is no such folder"):
        spread_folder(tmp_path / "none", as_of=DAY)
    with pytest.raises(NothingToRead, match="no tables of parties and links"):
        spread_folder(tmp_path, as_of=DAY)
    with pytest.raises(NothingToRead, match="no party and no link"):
        spread_folder(parquet(tmp_path), as_of=DAY)


def test_parties_without_links_are_no_data_and_no_error(tmp_path: Path) -> None:
    run = spread_folder(parquet(tmp_path, a=0.4, b=None), as_of=DAY)
    assert run.parties["upstream_data"].to_pylist() == ["no_data", "no_data"]
    assert run.paths.num_rows == 0


def test_results_do_not_go_into_a_file(tmp_path: Path) -> None:
    folder = parquet(tmp_path, a=0.4)
    (folder / "taken").write_text("")
    with pytest.raises(OptionError, match="this is a file"):
        spread_folder(folder, as_of=DAY, out=folder / "taken")


def test_the_command_prints_the_first_with_the_path_that_carries_most(results: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app,
        [
            *("risk", "spread", str(results), "--out", str(tmp_path), "--as-of", "2026-03-31"),
            *("--trace", "Fictional Cotton Farm", "--top", "2"),
        ],
    )
    assert done.exit_code == 0
    assert "Fictional Cotton Farm —supplies Cotton 100%→ Fictional Mill Ltd" in done.output
    assert "The assessing organisation itself: upstream" in done.output
    assert "5 parties: 4 with rated parties behind them, 1 without (no data), of whom 1 have nobody" in done.output
    assert "Links followed: supplies 3, recruits for 1" in done.output
    assert "no shares" in done.output  # what the list does not say of shares is told, and not taken for all
    assert "Next: ask those at the beginning" in done.output
    assert "Downstream: 3 parties reached; of the mapped output 100.0% ends with them" in done.output
    assert "Thread and yarn" in done.output and "thread_yarn" not in done.output
    quiet = CliRunner().invoke(app, ["risk", "spread", str(results), "--out", str(tmp_path), "--quiet"])
    assert (quiet.exit_code, quiet.output) == (0, "")
