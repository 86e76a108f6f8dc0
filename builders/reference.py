"""`./run build reference [--data FOLDER] [TABLE…]`: rebuild tables of the reference pack from the publishers' files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from fairlead.reference import data_folder
from fairlead.reference.builders import BUILDERS, Builder, builder_of
from fairlead.reference.load import parse_csv
from fairlead.reference.source import SOURCES_FILE, Source, source_from_row

#: Where the samples of the publishers' files lie, beside the checkout.
SAMPLES: Final = Path(__file__).resolve().parents[2] / "shared" / "data"


def shipped_sources() -> Mapping[str, Source]:
    """Return the sources as they are committed, whatever the developer's own FAIRLEAD_HOME holds."""
    path = data_folder() / SOURCES_FILE
    return {row["source_id"]: source_from_row(row) for row in parse_csv(path.read_bytes(), path.name)}


def built(builder: Builder, samples: Path) -> bytes:
    """Return a table made from the files in the folder of samples."""
    return builder.build({name: (samples / name).read_bytes() for name in builder.files}, shipped_sources())


def main(arguments: Sequence[str]) -> int:
    """Rebuild the tables named, or all; say which changed."""
    parser = argparse.ArgumentParser(prog="./run build reference", description=__doc__)
    parser.add_argument("--data", type=Path, default=SAMPLES, metavar="FOLDER", help="the publishers' files")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help="which tables; all when none is named")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"The folder {options.data} is not there; name the folder of samples with --data.", file=sys.stderr)
        return 2
    for builder in [builder_of(table) for table in options.tables] or BUILDERS:
        path = data_folder() / f"{builder.table}.csv"
        before = path.read_bytes() if path.exists() else b""
        after = built(builder, options.data)
        path.write_bytes(after)
        rows = len(parse_csv(after, path.name))
        print(f"{builder.table}: {rows} rows, {'unchanged' if after == before else 'changed'}")
    return 0
