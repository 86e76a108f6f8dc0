"""The example assessments, laid out once for all tests of the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from fairlead.language import LANGUAGES, Language
from fairlead.report import write_report
from fairlead.report.case import Case
from fairlead.report.content import Report
from fairlead.report.summary import ON_PAGE, report_of
from tests.report import example_assessment

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def rich() -> Case:
    return Case(example_assessment.rich())


@pytest.fixture(scope="session")
def english(rich: Case) -> Report:
    return report_of(rich, Language("en"), ON_PAGE)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory, rich: Case) -> dict[str, Path]:
    """The rich report in every language, by its code."""
    made = {}
    for code in LANGUAGES:
        made[code] = tmp_path_factory.mktemp(f"report-{code}")
        write_report(rich.assessment, made[code], Language(code))
    return made


@pytest.fixture(scope="module")  # its loop must not run on where tests of Django follow
def browser() -> Iterator[object]:
    """Debian's Chromium; tests that need it skip where it is absent."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed at /usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()
