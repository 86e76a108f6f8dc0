"""Makes the report of an assessment that was kept, later and in any language."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from fairlead.assess.output import fresh_output
from fairlead.assess.pipeline import MAPPING_FILE
from fairlead.errors import OptionError, Where
from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import MERGED_ID
from fairlead.read.assessment import read_assessment
from fairlead.read.merged_ids import read_merged_ids
from fairlead.report import write_report

_MERGED_IDS_FILE = "merged_ids.csv"


def report_of_folder(
    folder: Path,
    *,
    out: Path,
    language: str = "en",
    pdf: bool = True,
    restricted: bool = False,
    progress: Progress | None = None,
) -> Assessment:
    """Write the report and its tables of an assessment that lies in a folder; return the assessment.

    `folder` holds the results of `assess` or a snapshot. The files are those that `assess` would have written in this
    language, byte for byte. With `restricted` evidence that only those who handle the case may see is in them, where
    the folder has it: a snapshot does, results do only where they were written so.

    Raises OptionError where `out` is the folder itself or a file, an InputError where the folder holds no assessment,
    a ReportError when the report cannot be written.
    """
    progress = progress or Silent()
    reader = Language(language)
    _refuse(folder, out)
    progress.start("Reading the assessment")
    assessment = _with_merged_ids(read_assessment(folder), folder)
    mapping = folder / MAPPING_FILE
    with fresh_output(out) as fresh:
        if mapping.is_file():
            shutil.copyfile(mapping, fresh / MAPPING_FILE)
        write_report(assessment, fresh, reader, pdf=pdf, restricted=restricted, progress=progress)
    return assessment


def _refuse(folder: Path, out: Path) -> None:
    if out.exists() and (not out.is_dir() or out.resolve() == folder.resolve()):
        raise OptionError(
            "The report needs a folder of its own.", where=Where(file=str(out)), do="Give another folder with --out."
        )


def _with_merged_ids(assessment: Assessment, folder: Path) -> Assessment:
    """Return the assessment with what became of party ids, which results keep in a file of their own."""
    path = folder / _MERGED_IDS_FILE
    if assessment.merged_ids is not None or not path.is_file():
        return assessment
    rows = [{"old_party_id": old, "party_id": now, "judgement_ids": list(by)} for old, now, by in read_merged_ids(path)]
    return replace(assessment, merged_ids=pa.Table.from_pylist(rows, schema=MERGED_ID))
