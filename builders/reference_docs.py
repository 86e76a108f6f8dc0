"""`./run build reference-docs`: write docs/reference/reference-pack.md from the tables and their sources.

A test compares the page with what this makes, so that no table and no column stays undocumented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from builders.reference import shipped_sources
from fairlead.reference import Source, data_folder
from fairlead.reference.load import Row, parse_csv
from fairlead.reference.publishers import publishers
from fairlead.reference.table import Column, Table, tables

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "reference-pack.md"

HEAD: Final = """# The reference pack

<!-- Written by `./run build reference-docs` from the tables themselves; do not edit. -->

The facts that the program carries: one row, one fact, keyed to ISO 3166-1, HS 2022 and ISIC revision 4. Each row of
a CSV table ends with `source_id`, `edition`, `licence` and `checked`: where the fact comes from, in which edition, on
what terms, and whether it was compared with the publisher's own. `fairlead reference list` shows the same with ages,
`fairlead reference show TABLE` the rows. [Keep the reference pack up to
date](../how-to/keep-the-reference-pack-up-to-date.md) tells how a newer edition comes in.

A licence called “Facts” is none: the pack takes single facts, such as a year of ratification, which no one owns. “US
public domain” is what officers of the United States write on duty (17 U.S.C. 105). “UN, source named” is what the UN
Statistics Division lets anyone reuse who names it. What may not be passed on is not in the pack.
"""


def page() -> str:
    """Return the whole page."""
    sources = shipped_sources()
    parts = [HEAD, "## Tables\n", "\n".join(_overview()), ""]
    parts += ["\n".join(_section(entry)) for entry in tables().values()]
    parts += ["## Sources\n\nKept in `sources.csv`.\n", "\n".join(_sources(sources)), ""]
    return "\n".join(parts)


def _overview() -> Iterator[str]:
    yield "| table | what | rows | made |"
    yield "| --- | --- | ---: | --- |"
    for entry in tables().values():
        yield f"| [`{entry.name}`](#{entry.name}) | {entry.title} | {_count(entry)} | {_made(entry)} |"


def _count(entry: Table) -> str:
    """Return the number of rows of a table as shipped; one in YAML has none."""
    return str(len(_rows(entry))) if entry.format == "csv" else ""


def _made(entry: Table) -> str:
    if entry.made != "built":
        return "by hand"
    updatable = {name for publisher in publishers() for name in publisher.tables}
    return "from the publisher's file" + (", can be updated" if entry.name in updatable else "")


def _rows(entry: Table) -> tuple[Row, ...]:
    path = data_folder() / f"{entry.name}.csv"
    return parse_csv(path.read_bytes(), path.name)


def _section(entry: Table) -> Iterator[str]:
    yield f"### {entry.name}\n"
    yield f"{entry.about}\n"
    if entry.format == "yaml":
        yield f"The project's own, in `{entry.name}.yaml`; the file explains its fields.\n"
        return
    yield f"Key: {', '.join(f'`{column}`' for column in entry.key)}. From: {_origins(entry)}.\n"
    yield "| column | meaning | values |"
    yield "| --- | --- | --- |"
    for column in entry.columns:
        yield f"| `{column.name}` | {_cell(column.about)} | {_cell(_values(column))} |"
    yield ""


def _origins(entry: Table) -> str:
    counted = Counter(row["source_id"] for row in _rows(entry))
    return ", ".join(
        f"[`{source_id}`](#source-{source_id}) ({rows} rows)" for source_id, rows in sorted(counted.items())
    )


def _values(column: Column) -> str:
    if column.foreign:
        text = f"`{column.foreign[1]}` of `{column.foreign[0]}`"
    elif column.one_of:
        text = ", ".join(f"`{value}`" for value in column.one_of)
    elif column.number:
        text = "a number"
    else:
        text = f"like `{column.pattern}`" if column.pattern else "text"
    return text + (", or empty" if column.optional else "")


def _cell(text: str) -> str:
    """Return a text with the bars escaped that would end the cell."""
    return text.replace("|", "\\|")


def _sources(sources: Mapping[str, Source]) -> Iterator[str]:
    for source in sources.values():
        yield f"### Source {source.source_id}\n"
        yield "\n".join(_lines(source)) + "\n"


def _lines(source: Source) -> Iterator[str]:
    licence = f"[{source.licence}]({source.licence_url})" if source.licence_url else source.licence
    address = f" <{source.url}>" if source.url else ""
    age = f" A newer edition is to be expected after {source.max_age_days} days." if source.max_age_days else ""
    yield f"{source.title}. {source.publisher}.{address}\n"
    yield f"- Edition: {source.edition}, published {source.published}.{age}"
    yield f"- Licence: {licence}"
    yield f"- Compared with the publisher's own: {'yes' if source.checked else 'no'}"
    if source.note:
        yield f"- {source.note}"


def main(_: Sequence[str]) -> int:
    """Write the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} written")
    return 0
