"""The report as a page: one file, usable without script, accessible in both colour schemes and every language."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from fairlead.language import LANGUAGES, Language
from fairlead.report.case import Case
from fairlead.report.page import page
from fairlead.report.summary import ON_PAGE, report_of
from tests.report import example_assessment
from tests.report.example_suppliers import Supplier


class Outline(HTMLParser):
    """Collects headings, ids and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found["href"]))
        if tag == "html":
            self.language = str(found["lang"])
        self.loaded += [str(found[name]) for name in ("src", "srcset", "poster", "data") if found.get(name)]
        if tag == "link":
            self.loaded.append(str(found.get("href")))


def html_of(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_says_its_language(folders: dict[str, Path], code: str) -> None:
    assert Outline(html_of(folders[code])).language == code


def test_nothing_is_loaded_from_anywhere(folders: dict[str, Path]) -> None:
    html = html_of(folders["en"])
    assert Outline(html).loaded == []
    urls = re.findall(r"url\((?!#)[\"']?([^\"')]{0,20})", html)
    assert urls and all(url.startswith("data:font/woff2") for url in urls)
    assert "@import" not in html


def test_headings_are_in_order_and_ids_are_unique(folders: dict[str, Path]) -> None:
    outline = Outline(html_of(folders["en"]))
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))


def test_every_link_leads_to_a_place_on_the_page(folders: dict[str, Path]) -> None:
    outline = Outline(html_of(folders["en"]))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_a_name_cannot_smuggle_in_markup() -> None:
    supplier = Supplier("<script>alert(1)</script>", "KAZ", "</style><b>x", sector="cleaning")
    case = Case(example_assessment.assessment_of([supplier]))
    html = page(report_of(case, Language("en"), ON_PAGE), ())
    assert "<script>alert" not in html
    assert "</style><b>" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("make", [example_assessment.empty, example_assessment.single])
def test_a_report_on_nothing_or_on_one_supplier_stands(make: Any) -> None:
    html = page(report_of(Case(make()), Language("en"), ON_PAGE), ())
    assert html.count("<h2 ") == 9


def test_very_many_suppliers_still_make_a_page_that_opens() -> None:
    case = Case(example_assessment.large(3000))
    html = page(report_of(case, Language("en"), ON_PAGE), ())
    assert len(html) < 1_500_000
    assert html.count('<tr id="row-') == ON_PAGE.work_list + len(case.unrated)
    assert "worklist.xlsx has all of them" in html


#: One of each scheme; the other languages, whose pages are built alike, take half a minute.
AXE_QUICKLY = {("en", "light"), ("kk", "dark")}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("code", "scheme"),
    [
        pytest.param(code, scheme, marks=[] if (code, scheme) in AXE_QUICKLY else [pytest.mark.heavy])
        for code in LANGUAGES
        for scheme in ("light", "dark")
    ],
)
def test_axe_finds_nothing(browser: Any, folders: dict[str, Path], code: str, scheme: str) -> None:
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    opened.goto((folders[code] / "report.html").as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found = Axe().run(opened).response["violations"]
    opened.close()
    assert [(one["id"], [node["html"] for node in one["nodes"][:3]]) for one in found] == []


@pytest.mark.browser
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_runs_over_the_edge(browser: Any, folders: dict[str, Path], code: str, width: int) -> None:
    opened = browser.new_page(viewport={"width": width, "height": 900})
    opened.goto((folders[code] / "report.html").as_uri())
    over = opened.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")]
        .filter((one) => !one.closest(".pan, .hidden, details:not([open])"))
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.outerHTML.slice(0, 120))"""
    )
    opened.close()
    assert over == []


@pytest.mark.browser
def test_the_work_list_can_be_ordered_by_workers_times_probability_and_narrowed_by_signs(
    browser: Any, folders: dict[str, Path]
) -> None:
    opened = browser.new_page()
    opened.goto((folders["en"] / "report.html").as_uri())
    first = opened.locator("table.work tbody tr")
    for choose in (
        lambda: opened.locator("select[name=order]").select_option("exposed"),
        lambda: opened.get_by_role("button", name="Workers × probability").click(),
    ):
        choose()
        values = first.evaluate_all("(rows) => rows.map((row) => row.dataset.exposed)")
        known = [float(one) for one in values if one]
        assert values[: len(known)] == [one for one in values if one]
        assert len(known) > 1 and known in (sorted(known), sorted(known, reverse=True))
    opened.locator("select[name=order]").select_option("rank")
    assert first.evaluate_all("(rows) => rows.map((row) => Number(row.dataset.rank))") == [*range(1, first.count() + 1)]
    opened.locator("select[name=signs]").select_option("both_axes")
    shown = opened.locator("table.work tbody tr:visible")
    assert shown.count() == 1 and "Aqbulaq" in shown.inner_text()
    opened.close()


def test_without_any_sign_or_number_of_workers_the_list_says_so_once_and_has_no_empty_column() -> None:
    supplier = Supplier("Aral Tikuv", "KAZ", "cleaning", sector="cleaning", terms=(("sector_exposure", 1.6, "", {
        "sector": "cleaning", "exposure": "more often than on average"}),))  # fmt: skip
    html = page(report_of(Case(example_assessment.assessment_of([supplier])), Language("en"), ON_PAGE), ())
    assert html.count("are reported of no supplier here") == 1
    assert 'data-sort="exposed"' not in html and 'name="signs"' not in html
    assert "How many people work there is not known" in html


@pytest.mark.browser
def test_search_band_and_sorting_narrow_and_order_the_work_list(browser: Any, folders: dict[str, Path]) -> None:
    opened = browser.new_page()
    opened.goto((folders["en"] / "report.html").as_uri())
    rows = opened.locator("table.work tbody tr:visible")
    everything = rows.count()
    opened.keyboard.press("/")
    opened.keyboard.type("cotton turkmenistan")
    assert {"Lebap Cotton Collective"} <= set(opened.locator("table.work tbody tr:visible .name").all_inner_texts())
    assert 0 < rows.count() < everything
    opened.get_by_role("button", name="Show all").click()
    opened.locator("select[name=band]").select_option("low")
    assert set(opened.locator("table.work tbody tr:visible .chip").all_inner_texts()) == {"Low"}
    opened.get_by_role("button", name="Show all").click()
    opened.get_by_role("button", name="Supplier").click()
    names = opened.locator("table.work tbody tr:visible .name").all_inner_texts()
    assert names[0].startswith("“Aqbulaq") or names == sorted(names, key=str.casefold)
    assert opened.locator("table.work th[aria-sort=ascending]").count() == 1
    opened.close()


@pytest.mark.browser
def test_the_work_list_is_there_without_script(browser: Any, folders: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((folders["en"] / "report.html").as_uri())
    assert opened.locator("table.work tbody tr").count() == 55
    assert not opened.locator(".tools").is_visible()
    context.close()
