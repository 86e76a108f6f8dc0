"""One whole story in a real browser, on the program as it is started: from the first start to a closed action.

`FAIRLEAD_DATABASE_URL` puts it on PostgreSQL. With `FAIRLEAD_PICTURES` set to a folder, each page is kept there as a
picture, at the width of a desk and of a phone.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

CHROMIUM = shutil.which("chromium")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ministry-tender"
LISTS = ["register-2025.xlsx", "regional-departments.csv", "upstream-disclosure.csv"]
PASSWORD = "a quiet harbour at dawn"
#: Milliseconds that background work may take on a busy machine.
PATIENCE = 180_000

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@dataclass(frozen=True)
class Running:
    """The program as it runs: where, and where it writes what it says."""

    url: str
    log: Path


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Running]:
    """`fairlead serve` on an empty home."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"FAIRLEAD_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "fairlead", "serve", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://localhost:{port}"
    try:
        _wait_for(port, process, log)
        yield Running(url, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8", "replace"))


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


class Story:
    """A page of one person, what the browser complained of, and pictures on the way."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.complaints: list[str] = []
        page.set_default_timeout(60_000)
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        """Open an address of the program."""
        self.page.goto(path if path.startswith("http") else self.url + path)

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        """Press the first button, or follow the first link, of this name in the main part of the page."""
        self.page.get_by_role("main").get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def sees(self, text: str | re.Pattern[str], *, wait: int = 60_000) -> None:
        """Wait until the main part of the page says something."""
        expect(self.page.get_by_role("main")).to_contain_text(text, timeout=wait)

    def keep(self, name: str) -> None:
        """Keep the page as a picture, where pictures are wanted; in any case nothing may stick out on a phone."""
        folder = os.environ.get("FAIRLEAD_PICTURES")
        for width, height, word in ((1280, 900, "desk"), (390, 844, "phone")):
            self.page.set_viewport_size({"width": width, "height": height})
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{name} sticks out by {wide} pixels at a width of {width}"
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                picture = Path(folder) / f"{name}-{word}.png"
                # Hiding the caret would put a style into the page, which its policy rightly blocks.
                self.page.screenshot(path=str(picture), full_page=True, caret="initial")
        self.page.set_viewport_size({"width": 1280, "height": 900})


def test_a_team_goes_from_the_first_start_to_a_closed_action(workbench: Running, browser: Browser) -> None:
    story = Story(browser.new_page(viewport={"width": 1280, "height": 900}), workbench.url)
    home = first_start(story)
    import_the_example(story, home)
    merge_a_duplicate(story, home)
    assess(story, home)
    top = open_the_first_supplier(story, home)
    link = send_a_questionnaire(story, top)
    answer_in_russian(Story(browser.new_page(viewport={"width": 390, "height": 844}), workbench.url), link)
    accept_the_answers(story, top)
    raise_an_action(story, home, top)
    verify_and_close_it(story, browser, workbench)
    assess(story, home)
    compare_the_two(story, home)
    export_the_report(story, home)
    verify_the_log(story, home)
    assert story.complaints == []


def first_start(story: Story) -> str:
    """Name the organisation and make the first account; return the address of the organisation."""
    story.go("/")
    story.keep("first-start")
    story.page.get_by_label("Name of your organisation").fill("Ministry of Quiet Waters")
    story.page.get_by_label("Your name").fill("Alice Harbour")
    story.page.get_by_label("Your e-mail address").fill("alice@ministry.example")
    story.page.get_by_label("Password", exact=True).fill(PASSWORD)
    sandbox = story.page.get_by_label("Add a sandbox with the example case")
    if sandbox.count():
        sandbox.uncheck()
    story.press("Begin")
    story.sees("Begin with your suppliers")
    story.keep("overview-empty")
    return "/o/ministry-of-quiet-waters"


def import_the_example(story: Story, home: str) -> None:
    """Upload the lists of the example, look at what would be done, and commit it."""
    story.go(f"{home}/imports/add/")
    story.keep("import-upload")
    story.page.locator("input[type=file]").set_input_files([EXAMPLE / name for name in LISTS])
    story.press("Upload and read")
    story.sees("What would be done", wait=PATIENCE)
    story.keep("import-preview")
    story.press("See and correct the columns", "link")
    story.keep("import-columns")
    story.page.go_back()
    story.press("Commit all of it")
    story.sees("What it brought is in use", wait=PATIENCE)
    story.keep("import-committed")
    story.go(f"{home}/parties/")
    story.keep("parties-not-assessed")


def merge_a_duplicate(story: Story, home: str) -> None:
    """Look for duplicates and merge the first pair that is found."""
    story.go(f"{home}/parties/duplicates/")
    story.press("Look for duplicates")
    story.page.wait_for_url("**/duplicates/**", timeout=PATIENCE)
    story.go(f"{home}/parties/duplicates/")
    story.keep("duplicates")
    story.press(re.compile("Choose what is kept"), "link")
    story.sees("Merge these parties into one?")
    story.keep("merge")
    story.press("Merge")
    story.sees(re.compile("Undo|undo"))


def assess(story: Story, home: str) -> None:
    """Assess what is there and wait for it."""
    story.go(f"{home}/assessments/begin/")
    story.keep("assess-begin")
    story.press("Assess")
    story.sees("What it was made from", wait=PATIENCE)
    story.keep("assessment")


def open_the_first_supplier(story: Story, home: str) -> str:
    """Open the supplier that stands at the top; return its address."""
    story.go(f"{home}/overview/")
    story.sees("Look at these first")
    story.keep("overview")
    story.go(f"{home}/parties/")
    story.keep("parties")
    story.page.locator("table.list a.row").first.click()
    story.page.wait_for_url("**/parties/pty_*/")
    story.keep("party")
    address = story.page.url
    for part in ("evidence", "chain", "work", "history"):
        story.go(f"{address}{part}/")
        story.keep(f"party-{part}")
    for page in ("chain/", "chain/map/", "chain/links/"):
        story.go(f"{home}/{page}")
        story.keep(page.strip("/").replace("/", "-"))
    return address


def send_a_questionnaire(story: Story, top: str) -> str:
    """Ask the supplier in Russian; return the link that it is sent."""
    story.go(f"{top}work/")
    story.press("Ask this party")
    story.page.locator("select[name=language]").select_option("ru")
    email = story.page.locator("input[type=email]")
    if email.count():
        email.first.fill("quality@supplier.example")
    story.press(re.compile("^(Make|Create|Generate|Ask|Keep|Prepare|Draft).*"))
    story.keep("questionnaire-draft")
    if story.page.get_by_role("button", name="Send", exact=True).count() == 0:
        story.page.get_by_role("main").locator("a[href*='/questionnaires/']").first.click()
    story.press("Send")
    shown = story.page.locator("input#link")
    shown.wait_for()
    story.keep("questionnaire-sent")
    return re.sub(r"^https?://[^/]+", story.url, shown.input_value())


def answer_in_russian(supplier: Story, link: str) -> None:
    """Answer every question as the supplier does, on a phone, and send it in; there is no account."""
    supplier.go(link)
    expect(supplier.page.locator("html")).to_have_attribute("lang", "ru")
    supplier.keep("supplier-start")
    supplier.page.locator("main a.button.primary").first.click()
    expect(supplier.page.locator("form.answers")).to_be_visible()
    for number in range(40):
        if "/section/" not in supplier.page.url and supplier.page.locator("form.answers").count() == 0:
            break
        for choice in supplier.page.locator("form.answers .question:visible").all():
            radios = choice.locator("input[type=radio]")
            if radios.count():
                radios.first.check()
            field = choice.locator("[data-answer]")
            if field.count():
                field.first.fill("10" if field.first.get_attribute("inputmode") in {"numeric", "decimal"} else "Да")
                unknown = choice.locator("input[value=not_known]")
                if field.first.get_attribute("type") == "date" or choice.locator("input.currency").count():
                    unknown.first.check()
        if number == 0:
            supplier.keep("supplier-section")
        supplier.page.locator("button[name=go][value=next]").click()
        supplier.page.wait_for_load_state()
    supplier.go(f"{link.rstrip('/')}/review/")
    supplier.keep("supplier-review")
    supplier.page.locator("form.stick button.primary").click()
    supplier.page.wait_for_load_state()
    supplier.keep("supplier-sent")
    assert supplier.page.locator("form.answers").count() == 0
    assert supplier.complaints == []


def accept_the_answers(story: Story, top: str) -> None:
    """Read the answers beside the evidence and take them into it."""
    story.go(f"{top}work/")
    story.page.locator("#questionnaires a.row").first.click()
    story.sees("Answers beside the evidence")
    story.keep("questionnaire-answered")
    story.press("Accept into the evidence")
    story.sees("in the evidence")
    story.go(f"{top}evidence/")
    story.keep("party-evidence-answered")


def raise_an_action(story: Story, home: str, top: str) -> None:
    """Take a step of the plan over, agree a date for it, and mark it as done."""
    uid = top.rstrip("/").split("/")[-1]
    story.go(f"{home}/actions/of/{uid}/add/")
    story.keep("action-add")
    story.page.locator("input[name=proposal]").first.check()
    story.press("Take over what is chosen")
    story.go(f"{home}/actions/")
    story.keep("actions")
    story.page.locator("table.list a.row").first.click()
    story.press("Change what is agreed", "link")
    story.page.get_by_label("Until").fill((datetime.now(tz=UTC).date() + timedelta(days=30)).isoformat())
    story.page.get_by_label("Who follows it").select_option(index=0)
    story.press("Save")
    for step, words in (("Agree", ""), ("Mark as done", "The receipts were seen at the supplier.")):
        box = story.page.locator("details.step").filter(has=story.page.locator("summary", has_text=step)).first
        box.locator("summary").click()
        box.locator("textarea").fill(words)
        box.get_by_role("button", name=step).click()
    story.sees("Done, not verified")
    story.keep("action-done")


def verify_and_close_it(story: Story, browser: Browser, workbench: Running) -> None:
    """Write down that a union has verified it."""
    box = story.page.locator("details.step").filter(has=story.page.locator("summary", has_text="Verify")).first
    box.locator("summary").click()
    box.locator("select[name=verifier]").select_option("union")
    box.locator("input[name=verifier_name]").fill("Textile Workers' Union")
    box.locator("textarea").fill("Asked off-site this week; everybody has them back.")
    box.get_by_role("button", name="Verify").click()
    story.sees("Verified by")
    story.keep("action-verified")


def compare_the_two(story: Story, home: str) -> None:
    """See what changed between the two assessments, and why."""
    story.press("Compare")
    story.page.wait_for_url("**/compared/**", timeout=PATIENCE)
    story.keep("comparison")


def export_the_report(story: Story, home: str) -> None:
    """Write the report and save it."""
    story.go(f"{home}/assessments/2/reports/")
    story.press("Write the report")
    story.page.get_by_role("link", name="HTML").wait_for(timeout=PATIENCE)
    story.keep("reports")
    with story.page.expect_download() as started:
        story.page.get_by_role("link", name="HTML").click()
    report = Path(started.value.path()).read_text("utf-8")
    assert "Ministry" in report or "report" in report
    with story.page.expect_download() as started:
        story.page.get_by_role("link", name="XLSX").click()
    assert Path(started.value.path()).read_bytes()[:2] == b"PK"


def verify_the_log(story: Story, home: str) -> None:
    """Every step of the story stands in the log."""
    story.go(f"{home}/audit/")
    story.keep("log")
    story.go(f"{home}/overview/")
    story.keep("overview-at-the-end")
    story.go(f"{home}/actions/calendar/")
    story.keep("calendar")
    story.go(f"{home}/organisation/")
    story.keep("organisation")
