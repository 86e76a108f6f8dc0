"""`fairlead risk explain`, as a person types it, on the results of an assessment."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from fairlead.cli.app import app
from fairlead.errors import NothingToRead, OptionError
from tests.cli import restricted_snapshot

LIST = """name,country,product,workforce,labour provider,workers
Lebap Pamyk Zavody,Turkmenistan,raw cotton,,,
Lebap Dokma Toplumy,Turkmenistan,cotton yarn,seasonal,,640
Kyzyl Tikuv MChJ,Kazakhstan,garments,migrant,Zher Kadr Service,
Nameless Trading,,,,,
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assessed")
    suppliers = folder / "suppliers.csv"
    suppliers.write_text(LIST, encoding="utf-8")
    options = ["--out", str(folder / "results"), "--as-of", "2026-03-31", "--no-pdf", "--quiet"]
    assert CliRunner().invoke(app, ["assess", str(suppliers), *options]).exit_code == 0
    return folder / "results"


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["risk", "explain", *words], catch_exceptions=False)


def test_the_terminal_shows_steps_stages_flags_and_what_to_find_out(results: Path) -> None:
    text = run("Lebap Pamyk Zavody", "--in", str(results)).stdout
    for words in ("Starting point", "Country and listed goods", "Labour imposed by the State", "= Inherent"):
        assert words in text
    assert "Residual, after what was verified to lower it" in text
    assert "The ILO's two axes" in text
    assert "Find out: what would narrow the interval most" in text
    assert re.search(r"Weight elicited|Weight measured", text)
    assert re.search(r"number 2 of its cluster", text)


def test_the_json_adds_up_exactly(results: Path) -> None:
    document = orjson.loads(run("Lebap Dokma", "--in", str(results), "--json").stdout)
    total = sum(step["nats"] for step in document["steps"])
    assert total == pytest.approx(math.log(document["p"] / (1 - document["p"])), abs=1e-9)
    pieces = [piece for step in document["steps"] for piece in step["pieces"]]
    assert pieces and all(piece["citation"] and piece["basis"] in {"measured", "elicited"} for piece in pieces)


def test_how_many_work_there_is_told_beside_the_rating_and_is_no_part_of_it(results: Path) -> None:
    document = orjson.loads(run("Lebap Dokma", "--in", str(results), "--json").stdout)
    assert document["scale"] == {
        "workers": 640,
        "places": 0,
        "workers_times_p": pytest.approx(640 * document["p"]),
        "workers_times_p_low": pytest.approx(640 * document["p_low"]),
        "workers_times_p_high": pytest.approx(640 * document["p_high"]),
        "why_null": None,
    }
    text = run("Lebap Dokma", "--in", str(results)).stdout
    assert "640 workers, as the lists give it." in text and "no count of people in forced labour" in text
    unknown = orjson.loads(run("Lebap Pamyk", "--in", str(results), "--json").stdout)["scale"]
    assert (unknown["workers_times_p"], unknown["why_null"]) == (None, "headcount_not_known")


def test_the_same_results_give_the_same_bytes(results: Path, tmp_path: Path) -> None:
    for name in ("one.html", "two.html", "one.svg", "two.svg"):
        run("Lebap Dokma", "--in", str(results), "--out", str(tmp_path / name))
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", (tmp_path / "one.html").read_text(encoding="utf-8"))


def test_words_that_fit_several_parties_name_them(results: Path) -> None:
    with pytest.raises(OptionError, match=r"Lebap Dokma Toplumy \(pty_.*Lebap Pamyk Zavody"):
        run("Lebap", "--in", str(results))


def test_a_name_in_another_script_and_the_beginning_of_an_id_are_understood(results: Path) -> None:
    by_name = run("кызыл тикув", "--in", str(results)).stdout
    party_id = re.search(r"pty_[0-9a-f]{16}", by_name)
    assert party_id is not None
    assert run(party_id[0][:10], "--in", str(results)).stdout == by_name


def test_nobody_of_the_name_and_a_folder_without_results_are_named_errors(results: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"parties\.csv"):
        run("Nobody", "--in", str(results))
    with pytest.raises(NothingToRead, match=r"assessment\.json"):
        run("Lebap", "--in", str(tmp_path))
    with pytest.raises(OptionError, match=r"\.html or \.svg"):
        run("Lebap Dokma", "--in", str(results), "--out", str(tmp_path / "a.pdf"))


def test_a_party_without_data_is_told_as_such_and_has_no_picture(results: Path, tmp_path: Path) -> None:
    text = run("Nameless", "--in", str(results), "--out", str(tmp_path / "n.html")).stdout
    assert "No data: too little is known to rate it" in text
    assert "%" not in text
    with pytest.raises(OptionError, match="no waterfall"):
        run("Nameless", "--in", str(results), "--out", str(tmp_path / "n.svg"))


@pytest.mark.parametrize("lang", ["ru", "kk", "fr"])
def test_every_language_can_be_asked_for(results: Path, lang: str) -> None:
    assert run("Lebap Dokma", "--in", str(results), "--lang", lang).exit_code == 0


@pytest.fixture(scope="module")
def restricted(results: Path) -> Path:
    """A snapshot in which restricted evidence, one piece of it of no weight, is about a supplier."""
    out = results.parent / "snapshot"
    restricted_snapshot.write(
        results, out, "Lebap Dokma Toplumy", "wages_withheld", "buyer_pays_late", "policy_document"
    )
    return out


GIVES_AWAY = ("zrxqvw", "wages_withheld", "Wages withheld", "buyer_pays_late", "Withholding of wages")


@pytest.mark.parametrize("words", [(), ("--json",), ("--out", "page.html"), ("--out", "picture.svg")])
def test_restricted_evidence_is_told_only_to_those_who_ask_for_it(
    restricted: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    options = [str(tmp_path / word) if "." in word else word for word in words]
    told = run("Lebap Dokma", "--in", str(restricted), *options).stdout
    told += "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    for word in GIVES_AWAY:
        assert word not in told
    assert "only those who handle the case may see" in told or "Evidence that is not shown" in told
    shown = run("Lebap Dokma", "--in", str(restricted), "--restricted", *options).stdout
    shown += "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert "zrxqvw" in shown or "picture.svg" in words
    assert "Evidence that is not shown" not in shown


def test_the_pieces_that_are_restricted_are_counted_and_the_sum_stays(restricted: Path) -> None:
    text = run("Lebap Dokma", "--in", str(restricted)).stdout
    assert "3 pieces of evidence are restricted" in " ".join(text.split())
    shown = orjson.loads(run("Lebap Dokma", "--in", str(restricted), "--json").stdout)
    whole = orjson.loads(run("Lebap Dokma", "--in", str(restricted), "--json", "--restricted").stdout)
    assert (shown["p"], shown["log_odds"]) == (whole["p"], whole["log_odds"])
    assert [step["nats"] for step in shown["steps"]] == [step["nats"] for step in whole["steps"]]
    hidden = [piece for step in shown["steps"] for piece in step["pieces"] if piece["hidden"]]
    assert len(hidden) == 2  # the third weighs nothing
    assert {name for piece in hidden for name, value in piece.items() if value is not None} == {
        "hidden",
        "text",
        "nats",
        "sd",
    }
    assert whole["buyers_own_part"] is not None and shown["buyers_own_part"] is None


def test_a_question_that_restricted_evidence_answers_is_asked_all_the_same(restricted: Path) -> None:
    shown = orjson.loads(run("Lebap Dokma", "--in", str(restricted), "--json").stdout)
    whole = orjson.loads(run("Lebap Dokma", "--in", str(restricted), "--json", "--restricted").stdout)
    answered = {one["key"] for one in shown["questions"]} - {one["key"] for one in whole["questions"]}
    assert answered, "the restricted finding answers a question"


def test_results_without_restricted_evidence_say_that_the_rating_rests_on_it(restricted: Path, tmp_path: Path) -> None:
    words = ["report", str(restricted), "--out", str(tmp_path / "report"), "--no-pdf", "--quiet"]
    assert CliRunner().invoke(app, words, catch_exceptions=False).exit_code == 0
    text = " ".join(run("Lebap Dokma", "--in", str(tmp_path / "report")).stdout.split())
    assert "also rests on restricted evidence, which the folder does not have" in text
    assert "run fairlead assess again" not in text
