"""`./run build api-reference`: write docs/reference/api.md from the OpenAPI document.

A test compares the page with what this makes, so that no operation and no field stays undocumented.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "api.md"

HEAD: Final = """# The API

<!-- Written by `./run build api-reference` from the OpenAPI document; do not edit. -->

"""
RULES: Final = """
The workbench gives the whole document at `/api/openapi.json`, and the same as a page at `/api/docs`. [Use the
API](../how-to/use-the-api.md) begins with a token and a few calls.

## What holds everywhere

- **Token**: `Authorization: Bearer TOKEN`. Missing, expired, revoked or made up: 401. Its scopes or its owner's role do
  not suffice: 403. An organisation or a record of somebody else: 404, as if it were not there.
- **Lists**: `limit` (50, at most 200) rows; `next` is the address of the next page, null on the last. Rows that are
  added meanwhile neither move nor repeat anything. Filters and orders are those of the pages; one that is not
  known: 422.
- **Versions**: the ETag of a record is its version. `If-None-Match`: 304 where it is unchanged. PATCH and steps need
  `If-Match`: 428 where it is missing, 412 where somebody else has changed the record.
- **Repeating**: a POST with `Idempotency-Key` is done once within 24 hours; repeated, it gets the kept answer, with
  `Idempotency-Replayed: true`. The same key with another request: 422. A request that was refused is not kept.
- **Bodies**: JSON in UTF-8, at most 1 MiB (413), `Content-Type: application/json` (415). A field that is not known, or
  of another type: 422, each named in `places`.
- **Problems**: `application/problem+json` (RFC 9457) with `what`, `where`, `do` and `places`. Nothing was changed.
- **Rate**: 600 requests a minute for each token, or what `FAIRLEAD_API_REQUESTS_PER_MINUTE` says, counted by each
  process of the server (`FAIRLEAD_WORKERS`). Beyond it: 429, with the seconds to wait in `Retry-After`.
- **Words**: money is text with an ISO 4217 currency beside it, dates are ISO 8601, null is “not known”, which is
  neither low nor zero.
"""


def page() -> str:
    """Return the whole page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.web.site.settings")
    import django  # noqa: PLC0415

    django.setup()
    from fairlead.web.api.docs import groups  # noqa: PLC0415
    from fairlead.web.api.document import document  # noqa: PLC0415

    about = document()["info"]["description"].strip()
    parts = [HEAD + about + "\n" + RULES]
    for group in groups():
        parts.append(f"## {group['name'].capitalize()}\n")
        parts += ["\n".join(_operation(each)) for each in group["operations"]]
    return "\n".join(parts)


def _operation(each: Mapping[str, Any]) -> Iterator[str]:
    yield f"### `{each['method']} {each['path']}`\n"
    yield f"{each['summary']}. {each['about']}".strip() + "\n"
    needs = f"Scope: `{each['needs']}`." if each["needs"] else "Any valid token."
    media = each["reply_type"]
    with_what = f" with `{media}`" if media and media != "application/json" else ""
    yield f"{needs} Answers {each['status']}{with_what}; refused: {', '.join(each['problems'])}.\n"
    if each["parameters"]:
        yield "| parameter | in | type | meaning |\n| --- | --- | --- | --- |"
        for row in each["parameters"]:
            place = row["in"] + (", required" if row["required"] else "")
            yield f"| `{row['name']}` | {place} | {_cell(row['type'])} | {_cell(row.get('description', ''))} |"
        yield ""
    yield from _fields("body", each["takes"], each["media_type"])
    yield from _fields("answer", each["gives"], "")


def _fields(what: str, rows: Sequence[Mapping[str, Any]], media_type: str) -> Iterator[str]:
    if not rows:
        return
    heading = f"{what} ({media_type})" if media_type else what
    yield f"| {heading} | type | meaning |\n| --- | --- | --- |"
    for row in rows:
        name = f"`{row['name']}`" + (", required" if what == "body" and row["required"] else "")
        yield f"| {name} | {_cell(row['type'])} | {_cell(row['about'])} |"
    yield ""


def _cell(text: str) -> str:
    """Return a text with the bars escaped that would end the cell."""
    return text.replace("|", "\\|").replace("\n", " ")


def main(_: Sequence[str]) -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} written")
    return 0
