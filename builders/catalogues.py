"""`./run build catalogues`: collect what is to be translated, update each language's catalogue, compile it.

A new language is added by naming it once: `./run build catalogues --add de` makes an empty catalogue.
Prints how many texts each catalogue still lacks.
"""

from __future__ import annotations

import argparse
import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from builders import library_texts
from fairlead.language.language import CATALOGUES, DOMAIN, UNCHECKED

SOURCE: Final = Path(__file__).resolve().parents[1] / "src" / "fairlead"

#: The rooms and the report.
METHODS: Final = [
    ("**/catalogues/**", "ignore"),
    ("web/**", "ignore"),
    ("**.py", "python"),
    ("report/templates/**.html", "jinja2"),
    ("identity/tables/**.yaml", "fairlead.language.extract:extract_yaml"),
    ("read/tables/**.yaml", "fairlead.language.extract:extract_yaml"),
    ("remedy/tables/**.yaml", "fairlead.language.extract:extract_yaml"),
    ("reference/data/**.csv", "fairlead.language.extract:extract_csv"),
    ("reference/data/**.yaml", "fairlead.language.extract:extract_yaml"),
]
#: The pages of the workbench, whose texts Django translates.
WEB_METHODS: Final = [
    ("web/**.py", "python"),
    ("web/**/templates/**.html", "builders.template_texts:extract_template"),
    ("web/**/templates/**.txt", "builders.template_texts:extract_template"),
]
KEYWORDS: Final = {
    "message": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "_": (1,),
    "_now": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "N_": (1,),
}

#: What stands in a compiled catalogue in place of the day it was made.
UNDATED: Final = datetime(2026, 1, 1, tzinfo=UTC)

#: Lines of a catalogue's header that would change from day to day.
DATED: Final = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By')


@dataclass(frozen=True)
class Domain:
    """One set of catalogues: its name, where it lies, and where its texts stand."""

    name: str
    folder: Path
    methods: Sequence[tuple[str, str]]

    def file(self, code: str, ending: str) -> Path:
        """Return a language's catalogue: its .po or .mo file."""
        return self.folder / code / "LC_MESSAGES" / f"{self.name}.{ending}"


ENGINE: Final = Domain(DOMAIN, CATALOGUES, METHODS)
WEB: Final = Domain("django", SOURCE / "web" / "locale", WEB_METHODS)
DOMAINS: Final = (ENGINE, WEB)
#: What the libraries of the workbench say on its pages and have no translation of: other texts in each language.
OF_LIBRARIES: Final = Domain("django", SOURCE / "web" / "locale_of_libraries", ())


def template(domain: Domain = ENGINE) -> Catalog:
    """Return a catalogue of every text that is to be translated, without translations."""
    texts = Catalog(project="Fairlead", charset="utf-8", fuzzy=False)
    found = extract_from_dir(str(SOURCE), method_map=list(domain.methods), keywords=KEYWORDS)
    for file, line, text, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        texts.add(text, None, [(file, line)], auto_comments=comments, context=context)
    return texts


def read(path: Path, code: str) -> Catalog:
    """Read a language's catalogue, or begin one that says it is not checked."""
    if not path.exists():
        return Catalog(locale=code, project="Fairlead", last_translator=UNCHECKED, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def as_bytes(catalogue: Catalog) -> bytes:
    """Write a catalogue as a PO file that depends on its texts only."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, no_location=True, sort_output=True, omit_header=False, ignore_obsolete=True)
    return b"".join(line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(DATED))


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue in the binary form that gettext reads."""
    plain = read_po(io.BytesIO(as_bytes(catalogue)), locale=catalogue.locale)
    plain.creation_date = plain.revision_date = UNDATED
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def updated(code: str, texts: Catalog, domain: Domain = ENGINE) -> Catalog:
    """Return a language's catalogue with the texts of today; translations of texts that are gone are dropped."""
    catalogue = read(domain.file(code, "po"), code)
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.header_comment = f"# Fairlead's catalogue for {catalogue.locale_identifier}.\n#"
    return catalogue


def updated_of_libraries(code: str) -> Catalog:
    """Return a language's catalogue of the libraries' texts: those that no library translates today."""
    ours = read(OF_LIBRARIES.file(code, "po"), code)
    return updated(code, library_texts.lacking(code, ours), OF_LIBRARIES)


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts that have no translation."""
    return [str(entry.id) for entry in catalogue if entry.id and not (all(entry.string) if entry.string else False)]


def save(catalogue: Catalog, code: str, domain: Domain) -> None:
    """Write a catalogue and its compiled form, and say how much of it is still to be translated."""
    domain.file(code, "po").parent.mkdir(parents=True, exist_ok=True)
    domain.file(code, "po").write_bytes(as_bytes(catalogue))
    domain.file(code, "mo").write_bytes(compiled(catalogue))
    lacks = len(missing(catalogue))
    print(
        f"{domain.folder.relative_to(SOURCE).as_posix()}, {code}: {len(catalogue)} texts, {lacks} without a translation"
    )


def save_of_libraries(code: str) -> None:
    """Write a language's catalogue of the libraries' texts, or take it away where the libraries lack nothing."""
    catalogue = updated_of_libraries(code)
    if len(catalogue):
        save(catalogue, code, OF_LIBRARIES)
    elif (folder := OF_LIBRARIES.folder / code).exists():
        shutil.rmtree(folder)


def main(arguments: Sequence[str]) -> int:
    """Update and compile every catalogue; with --add CODE begin a new one."""
    parser = argparse.ArgumentParser(prog="./run build catalogues", description=__doc__)
    parser.add_argument("--add", metavar="CODE", help="begin the catalogue of a new language")
    added = parser.parse_args(arguments).add
    if added:
        (CATALOGUES / added / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    codes = sorted(folder.parent.name for folder in CATALOGUES.glob("*/LC_MESSAGES"))
    for domain in DOMAINS:
        texts = template(domain)
        for code in codes:
            save(updated(code, texts, domain), code, domain)
    for code in codes:
        save_of_libraries(code)
    return 0
