"""`fairlead reference add io` and `fairlead risk upstream` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairlead.reference.input_output_store import keep_table
from tests.cli.test_app import fairlead
from tests.input_output import icio_text, small_table


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRLEAD_HOME", str(tmp_path / "home"))
    path = tmp_path / "2020_SML.csv"
    path.write_text(icio_text(), encoding="utf-8")
    return path


BUYING = ("risk", "upstream", "--country", "BGD", "--sector", "garments", "--spend", "1000", "--as-of", "2026-06-01")


def test_without_a_table_the_message_says_how_to_add_one(table: Path) -> None:
    done = fairlead(*BUYING)
    assert done.returncode == 2
    assert "fairlead reference add io FILE" in done.stderr
    assert "No input-output table has been added" in fairlead("reference", "add", "io", "--list").stdout


def test_a_table_is_added_listed_and_asked(table: Path, tmp_path: Path) -> None:
    added = fairlead("reference", "add", "io", str(table))
    assert (added.returncode, added.stderr) == (0, "")
    assert "icio-2020: 2 regions, 2 industries" in added.stdout
    assert "OECD terms" in added.stdout
    assert "icio-2020" in fairlead("reference", "add", "io", "--list").stdout
    out = tmp_path / "out" / "upstream.json"
    done = fairlead(*BUYING, "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert "found as BGD C13T15 (Textiles, wearing apparel, leather and footwear) in icio-2020" in done.stdout
    assert "times the average per unit of spend, 90% from" in done.stdout
    assert "All of it is modelled" in done.stdout
    assert "no supplier is meant" in done.stdout
    assert "What to do next: go down" in done.stdout
    first = out.read_bytes()
    document = json.loads(first)
    assert document["exposure"]["modelled"] == 1
    assert document["table"]["corrections"] == {"negative_flows": 0, "negative_share": 0.0, "circular": 0}
    assert document["table"]["sha256"] == document["table"]["sha256"].lower()
    assert sum(document["exposure"]["by_tier"]) == pytest.approx(1.0, abs=1e-4)
    fairlead(*BUYING, "--out", str(out))
    assert out.read_bytes() == first


def test_known_suppliers_replace_the_model(table: Path, tmp_path: Path) -> None:
    suppliers = tmp_path / "suppliers.csv"
    suppliers.write_text(
        "Supplier,Country,Product,Spend USD,Tier,Customer\n"
        "Dhaka Shirts Ltd,Bangladesh,Cotton T-shirts,400,1,\n"
        "Turkestan Cotton LLP,Kazakhstan,Raw cotton,40,2,Dhaka Shirts Ltd\n",
        encoding="utf-8",
    )
    assert fairlead("assess", str(suppliers), "--out", str(tmp_path / "results")).returncode == 0
    fairlead("reference", "add", "io", str(table))
    done = fairlead(*BUYING, "--mapped", str(tmp_path / "results"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Mapped: 1 direct suppliers of this product and 1 above them carry" in done.stdout
    assert "garments from BGD, 1,000 USD: found as" in done.stdout
    other = fairlead(*BUYING, "--mapped", str(tmp_path / "results"), "--currency", "kzt")
    assert other.returncode == 2
    assert "paid in USD, and the spend is in KZT" in other.stderr


def test_what_was_negative_is_told_when_a_table_is_added(table: Path) -> None:
    table.write_text(icio_text().replace("5.0,10.0,0.0,5.0", "5.0,10.0,-1.0,5.0"), encoding="utf-8")
    added = fairlead("reference", "add", "io", str(table))
    assert "1 negative values were set to 0; they come to 0.200% of all output" in added.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--country", "XYZ", "--sector", "garments", "--spend", "1"), "There is no country “XYZ”"),
        (("--country", "BGD", "--sector", "nonsense", "--spend", "1"), "There is no sector “nonsense”"),
        (("--country", "BGD", "--hs", "9999", "--spend", "1"), "no code of the Harmonized System"),
        (("--country", "BGD", "--spend", "1"), "either --sector or --hs"),
        (("--country", "BGD", "--sector", "garments", "--hs", "6109", "--spend", "1"), "either --sector or --hs"),
        (("--country", "BGD", "--sector", "garments", "--spend", "-5"), "above 0"),
        (("--country", "BGD", "--sector", "garments", "--spend", "nan"), "above 0"),
        (("--country", "BGD", "--sector", "garments", "--spend", "much"), "is no number"),
        (("--country", "FRA", "--sector", "garments", "--spend", "1"), "does not cover “FRA”"),
        (("--country", "BGD", "--sector", "garments", "--spend", "1", "--mapped", "nowhere"), "is not there"),
    ],
)
@pytest.mark.usefixtures("table")
def test_what_cannot_be_used_is_named(options: tuple[str, ...], message: str) -> None:
    keep_table(small_table())
    done = fairlead("risk", "upstream", *options)
    assert done.returncode == 2
    assert message in done.stderr
