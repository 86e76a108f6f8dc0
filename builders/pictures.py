"""`./run build pictures`: photograph the example's report for the documentation, with Chromium.

Needs Chromium (Debian and Ubuntu: apt install chromium). Assesses the example into a temporary folder first.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from fairlead.assess import assess

ROOT: Final = Path(__file__).resolve().parents[1]
EXAMPLE: Final = ROOT / "examples" / "ministry-tender"
IMAGES: Final = ROOT / "docs" / "images"
WIDTH: Final = 1280
AS_OF: Final = date(2026, 1, 31)

#: File in docs/images, the element that is photographed, and its greatest height in pixels.
PICTURES: Final = {
    "report.png": ("body", 1000),
    "report-work-list.png": ("#work-list table.work", 700),
    "report-reasons.png": ("#details article", 900),
    "report-map.png": ("#map", 760),
    "report-tiers.png": ("#tiers", 900),
    "report-coverage.png": ("#coverage", 620),
}


def main(arguments: Sequence[str]) -> int:
    """Make every picture of the documentation anew."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is needed to take the pictures (apt install chromium).", file=sys.stderr)
        return 2
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lists = [EXAMPLE / "lists" / "import-ban-list.csv"]
        assess([EXAMPLE], out=Path(folder), as_of=AS_OF, lists=lists, pdf=False)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
        page.goto((Path(folder) / "report.html").as_uri())
        for name, (selector, height) in PICTURES.items():
            (IMAGES / name).write_bytes(_photograph(page, selector, height))
            print(f"docs/images/{name}")
        browser.close()
    return 0


def _photograph(page: Page, selector: str, greatest_height: int) -> bytes:
    """Return a PNG of the element's top, in a palette of 128 colours so that the repository stays small."""
    box = page.locator(selector).first.bounding_box()
    if box is None:
        raise SystemExit(f"The report has no visible element {selector}.")
    scrolled = page.evaluate("window.scrollY")
    clip = {
        "x": box["x"],
        "y": box["y"] + scrolled,
        "width": box["width"],
        "height": min(box["height"], greatest_height),
    }
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip, full_page=True)))  # type: ignore[arg-type]
    buffer = io.BytesIO()
    picture.convert("RGB").quantize(128).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
