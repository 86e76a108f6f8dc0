"""A supplier's pages in a browser: on a phone, saved as they are written, without a barrier that axe finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe

from fairlead.web.organisations.capabilities import Role
from tests.web import browser
from tests.web.conftest import Cast
from tests.web.questionnaires.conftest import Sent

OVER_THE_EDGE: Final = """() => [...document.querySelectorAll("main *, header *, footer *")]
    .filter((one) => !one.closest(".scroll, .hidden, details:not([open]), [hidden]"))
    .filter((one) => one.getBoundingClientRect().width && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all of these tests."""
    with browser.chromium() as opened:
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    live_server: Any, sent: Sent, cast: Cast, chromium: Any, width: int, scheme: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for rest in ("", "section/workforce/", "section/recruitment/", "section/wages/", "review/"):
        page.goto(live_server.url + sent.url(rest))
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        found = Axe().run(page).response["violations"]
        assert [(rest, one["id"], [node["html"] for node in one["nodes"][:2]]) for one in found] == []
        page.evaluate("document.querySelectorAll('details.menu').forEach((one) => (one.open = false))")
        assert page.evaluate(OVER_THE_EDGE) == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_the_organisations_pages(
    live_server: Any, sent: Sent, cast: Cast, chromium: Any, width: int, scheme: str
) -> None:
    sent.write("workforce", a__workers_total="20", a__migrant_workers="yes")
    sent.write("workforce", a__migrant_workers_count="30")
    sent.browser.post(sent.url("send/"))
    lead = cast.as_role(Role.CASE_LEAD)
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.add_cookies([{"name": "sessionid", "value": lead.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    one = f"questionnaires/{sent.one.pk}/"
    for rest in ("questionnaires/", one, "standard/", "standard/draft/", "standard/draft/provision/wages_paid/"):
        page.goto(f"{live_server.url}/o/ministry/{rest}")
        assert page.url.endswith(rest)
        found = Axe().run(page).response["violations"]
        assert [(rest, each["id"], [node["html"] for node in each["nodes"][:2]]) for each in found] == []
        assert page.evaluate(OVER_THE_EDGE.replace(".scroll,", ".scroll, nav.side,")) == []
    context.close()


@pytest.mark.browser
def test_what_is_written_is_saved_opens_questions_and_shows_what_others_wrote(
    live_server: Any, sent: Sent, cast: Cast, chromium: Any
) -> None:
    address = live_server.url + sent.url("section/workforce/")
    one, other = (chromium.new_page(viewport={"width": 390, "height": 844}) for _ in range(2))
    one.goto(address)
    other.goto(address)
    assert one.locator("#q-migrant_workers_count").is_hidden()
    with one.expect_response(lambda answer: answer.request.method == "POST"):
        one.check("input[name=a-migrant_workers][value=yes]")
    one.locator("#q-migrant_workers_count").wait_for(state="visible")
    with one.expect_response(lambda answer: answer.request.method == "POST"):
        one.fill("[name=a-workers_total]", "120")
        one.press("[name=a-workers_total]", "Tab")
    one.locator("#v-workers_total[value='1']").wait_for(state="attached")
    other.fill("[name=a-workers_total]", "140")
    other.press("[name=a-workers_total]", "Tab")
    notice = other.locator("#q-workers_total .notice")
    notice.wait_for(state="visible")
    assert "140" in notice.inner_text()
    assert other.input_value("[name=a-workers_total]") == "120"
    notice.get_by_role("button").click()
    other.wait_for_load_state()
    assert other.input_value("[name=a-workers_total]") == "140"
    for page in (one, other):
        page.close()
