"""The record of the benchmarks, docs/benchmarks.md: sections that were run are replaced, the others stay."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Final

PREFACE: Final = """# Benchmarks

Written by `./run bench --record`; each section is the output of `./run bench NAME` and says on which machine it ran.
Data sets that are not shipped with Fairlead are named where they are used, and a part whose data set is absent says so
instead of a figure. Times are single runs and serve comparison, not promises.
"""
_PART: Final = re.compile(r"^### (?P<title>.+)\n(?P<body>(?:(?!^### ).*\n?)*)", re.MULTILINE)
_SECTION: Final = re.compile(r"^## (?P<heading>.+)\n(?P<body>(?:(?!^## ).*\n?)*)", re.MULTILINE)


def recorded(
    before: str, found: Mapping[str, str], machine: str, headings: Sequence[str], in_part: Container[str] = ()
) -> str:
    """Return the text of the record with the sections of `found` (by heading) in place of older ones.

    Sections stand in the order of `headings`; an older section of another heading is dropped, one without a line of
    its own for the machine gets that of the whole older record. Of a section that ran only `in_part` the older parts
    stay that did not run, each with its machine where that was another.
    """
    sections = {match["heading"]: match["body"].strip() for match in _SECTION.finditer(before)}
    older = re.search(r"^Machine: .*$", before.split("\n## ", maxsplit=1)[0], re.MULTILINE)
    for heading, body in sections.items():
        if older and not body.startswith("Machine: "):
            sections[heading] = f"{older[0]}\n\n{body}"
    for heading, body in found.items():
        new = f"{machine}\n\n{body}"
        sections[heading] = (
            _with_older_parts(sections[heading], new) if heading in in_part and heading in sections else new
        )
    kept = [f"## {heading}\n\n{sections[heading]}\n" for heading in headings if heading in sections]
    return "\n".join([PREFACE, *kept])


def _with_older_parts(older: str, newer: str) -> str:
    """Return a section in which the parts of the newer one take the places of the same parts of the older one."""
    machines = [section.split("\n", maxsplit=1)[0] for section in (older, newer)]
    parts = {match["title"]: match["body"].strip() for match in _PART.finditer(older)}
    ran = {match["title"]: match["body"].strip() for match in _PART.finditer(newer)}
    for title, body in parts.items():
        if machines[0] != machines[1] and not body.startswith("Machine: "):
            parts[title] = f"{machines[0]}\n\n{body}"
    written = [f"### {title}\n\n{body}" for title, body in (parts | ran).items()]
    return "\n\n".join([newer.split("\n### ", maxsplit=1)[0].strip(), *written])
