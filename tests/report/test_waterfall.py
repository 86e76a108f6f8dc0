"""The waterfall of one rating: its steps meet, its bars lie on the axis, it reads aloud, it stays within its frame."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from fairlead.language import Language
from fairlead.report.explained import explained
from fairlead.report.explained_content import Explained
from fairlead.report.explained_page import explained_page
from fairlead.report.waterfall import waterfall
from fairlead.risk.explanation import explain
from fairlead.risk.forecast import forecasts
from fairlead.risk.scale import scale
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party

UNKNOWN = scale(None, 0.2, 0.5, 0.8)
TODAY = AS_OF.isoformat()
ROWS = (
    evidence("good_forced_labour_listed", cluster_key="listing"),
    evidence("sector_exposure", value="far_above", asserted_by="model"),
    evidence("workforce_migrant", asserted_by="buyer"),
    evidence("buyer_price_below_labour_cost", asserted_by="self", event_date=TODAY),
    evidence("recruitment_debt_reported", asserted_by="union", event_date=TODAY, cluster_key="debt"),
    evidence("threats_reported", asserted_by="union", event_date=TODAY),
    evidence("fees_repaid_confirmed", asserted_by="union", polarity="mitigates", event_date=TODAY),
    evidence("listed_import_ban"),
    evidence("policy_document", polarity="mitigates", asserted_by="self"),
)


def told(*rows: dict[str, Any], name: str = "Aral Tikuv") -> Explained:
    tables = (parties(party(country="KAZ")), links(link(good="cotton")), evidences(*rows), "pty_a", AS_OF)
    questions = forecasts(*tables)
    return explained(Language("en"), explain(*tables), questions, UNKNOWN, name=name, country="KAZ", editions=())


def test_every_step_begins_where_the_one_before_it_ended() -> None:
    steps = told(*ROWS).steps
    assert [step.kind for step in steps[:2]] == ["prior", "raises"]
    for before, after in itertools.pairwise(steps):
        assert after.before == before.after


def test_the_terms_shown_add_up_to_the_sum_shown() -> None:
    for count in range(1, len(ROWS) + 1):
        one = told(*ROWS[:count])
        terms, total = one.sum.split(" → ")[0].replace("−", "-").split(" = ")
        assert sum(Decimal(term) for term in terms.split()) == Decimal(total)
        assert terms.split() == [step.nats.replace("−", "-") for step in one.steps]
        assert sum(Decimal(stage.nats.replace("−", "-")) for stage in one.stages) == Decimal(total)


def test_the_picture_has_a_bar_for_every_step_and_a_mark_for_every_stage() -> None:
    one = told(*ROWS)
    picture = waterfall(one)
    assert len(re.findall(r'class="step ', picture)) == len(one.steps)
    assert picture.count('class="stand"') == len(one.stages) - 1
    assert "<title" in picture and "<desc" in picture


def test_bars_lie_between_the_ends_of_the_axis() -> None:
    for x, wide in re.findall(r'<rect x="([\d.]+)" [^>]*width="([\d.]+)" [^>]*class="step', waterfall(told(*ROWS))):
        assert 330 <= float(x) <= float(x) + float(wide) <= 803


def test_the_buyer_s_part_is_named_as_the_buyer_s_own() -> None:
    one = told(*ROWS)
    assert any(step.name.startswith("The buyer's own: ") for step in one.steps)
    assert "the buyer causes" in one.buyer


def test_a_name_cannot_smuggle_in_markup() -> None:
    html = explained_page(told(*ROWS, name="<script>alert(1)</script>"))
    assert "<script>" not in html


def test_a_party_without_data_has_a_page_without_a_picture() -> None:
    one = explained(
        Language("en"),
        explain(parties(party()), links(), evidences(), "pty_a", AS_OF),
        (),
        UNKNOWN,
        name="A",
        country=None,
        editions=(),
    )
    assert waterfall(one) == ""
    assert "No data" in explained_page(one)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_runs_over_the_edge(browser: Any, tmp_path: Path, width: int) -> None:
    file = tmp_path / "explained.html"
    file.write_text(explained_page(told(*ROWS)), encoding="utf-8")
    opened = browser.new_page(viewport={"width": width, "height": 900})
    opened.goto(file.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()


def test_how_many_work_there_stands_beside_the_rating() -> None:
    assert told(*ROWS).scale == (
        "How many people work there is not known, so there is no figure. That does not mean none.",
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str) -> None:
    file = tmp_path / "explained.html"
    file.write_text(explained_page(told(*ROWS)), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    opened.goto(file.as_uri())
    found = Axe().run(opened).response["violations"]
    opened.close()
    assert [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in found] == []


def test_the_rule_of_a_listing_says_when_it_ends_and_where_to_appeal() -> None:
    step = next(step for step in told(*ROWS).steps if step.stage == "rule")
    assert "It ends when the publisher removes the name" in step.note
    assert "can appeal to the publisher" in step.note
    assert step.pieces[0].made_of == "at least 80%"
