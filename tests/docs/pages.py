"""The pages that people read, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Return every page in Markdown: at the top, under docs, and beside the examples."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "examples").rglob("*.md")])


def text(page: Path) -> str:
    """Return what is written on a page."""
    return page.read_text(encoding="utf-8")


def links(page: Path) -> Iterator[str]:
    """Yield the target of every link and picture of a page, code left out."""
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text(page)))
    yield from re.findall(r"\]\(([^)\s]+)\)", prose)
    yield from re.findall(r'<img[^>]*\ssrc="([^"]+)"', prose)


def anchors(page: Path) -> set[str]:
    """Return the anchors that the headings of a page make."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def shown_commands(page: Path) -> Iterator[str]:
    """Yield every line or phrase in code that calls `./run` or `fairlead`."""
    body = text(page)
    fenced = FENCE.findall(body)
    for block in fenced:
        lines = block.replace("\\\n", " ").splitlines()[1:-1]
        yield from (line.removeprefix("$ ").strip() for line in lines if _calls(line.removeprefix("$ ").strip()))
    for phrase in re.findall(r"`([^`\n]+)`", FENCE.sub("", body)):
        if _calls(phrase):
            yield phrase


def _calls(line: str) -> bool:
    return line.startswith(("./run ", "fairlead "))
