"""The rooms one after the other: read, classify, resolve, screen, rate, plan, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.assess.output import fresh_output, refuse_output_among_inputs
from fairlead.assess.ownership import ownership_editions
from fairlead.assess.recorded import Recorded, assess_recorded
from fairlead.classify import classify
from fairlead.language import Language
from fairlead.model.assessment import Assessment
from fairlead.model.progress import Progress, Silent
from fairlead.read import ReadResult, read_mapping, read_suppliers, write_mapping
from fairlead.read.ownership import OwnershipData, read_ownership
from fairlead.report import write_report
from fairlead.resolve import resolve
from fairlead.resolve.judgements import JudgementFile, read_judgements
from fairlead.resolve.judgements.apply import JudgementUse
from fairlead.resolve.ownership import join_ownership
from fairlead.screen import WatchList, read_lists

#: What is written beside the report's own files.
MAPPING_FILE: Final = "mapping.yaml"


def assess(
    paths: Sequence[Path],
    *,
    out: Path,
    as_of: date,
    language: str = "en",
    mapping: Path | None = None,
    lists: Sequence[Path] = (),
    earlier_lists: Sequence[Path] = (),
    ownership: Sequence[Path] = (),
    judgements: Path | None = None,
    pdf: bool = True,
    progress: Progress | None = None,
) -> Assessment:
    """Assess supplier lists and write the report and its tables into the folder `out`.

    `paths` are files or folders (folders are not read recursively); `lists` are further lists of names to
    screen against, `earlier_lists` earlier editions of them, whose entries count less where they are gone;
    `ownership` are files of BODS or GLEIF that say who owns whom; `mapping` is a mapping.yaml that a person has
    corrected; `judgements` is a file of people's decisions on doubtful pairs. Everything is rated as of the date
    `as_of`. Either all files appear in `out` or, when something is wrong, none of them changes.

    Raises an InputError for input that cannot be used, a ReportError when the report cannot be written.
    """
    progress = progress or Silent()
    reader = Language(language)
    refuse_output_among_inputs(out, paths)
    read = read_suppliers(paths, mapping=read_mapping(mapping) if mapping else None, progress=progress)
    user_lists, earlier = read_lists(lists), read_lists(earlier_lists)
    owners = read_ownership(ownership, progress=progress) if ownership else None
    judged = read_judgements(judgements) if judgements else None
    assessment = evaluate(
        read, user_lists, earlier=earlier, judged=judged, as_of=as_of, ownership=owners, progress=progress
    )
    with fresh_output(out) as folder:
        write_mapping(read.mapping, folder / MAPPING_FILE)
        write_report(assessment, folder, reader, pdf=pdf, progress=progress)
    return assessment


def evaluate(
    read: ReadResult,
    user_lists: Sequence[WatchList],
    *,
    as_of: date,
    earlier: Sequence[WatchList] = (),
    ownership: OwnershipData | None = None,
    progress: Progress,
    judged: JudgementFile | None = None,
) -> Assessment:
    """Take rows that were read through resolving, screening, rating and planning; write nothing."""
    progress.start("Classifying goods and sectors")
    classification = classify(read.rows)
    events = judged.history.events if judged else ()
    resolved = resolve(read.rows, classification, judgements=events, progress=progress)
    joined = join_ownership(resolved, ownership, rows=read.rows, judgements=events)
    recorded = Recorded(
        parties=joined.parties,
        sites=resolved.sites,
        links=joined.links,
        classification=classification,
        rows=read.rows,
        holdings=joined.holdings,
        unknown=joined.unknown,
        possible=joined.possible,
        review=joined.review,
        rejected=read.rejected,
        remarks=pa.concat_tables([read.remarks, *([ownership.remarks] if ownership else [])]),
        inputs=(*read.inputs, *(ownership.inputs if ownership else ())),
        editions=ownership_editions(ownership),
        options={
            "records_in_divided_blocks": str(resolved.parted),
            **(_judgement_options(resolved.judged) if judged else {}),
        },
    )
    assessed = assess_recorded(recorded, user_lists, as_of=as_of, earlier=earlier, progress=progress)
    return replace(
        assessed,
        inputs=(*assessed.inputs, *([judged.input] if judged else [])),
        remarks=pa.concat_tables([assessed.remarks, resolved.remarks, *([judged.remarks] if judged else [])]),
        merged_ids=resolved.merged_ids if judged else None,
    )


def _judgement_options(use: JudgementUse) -> dict[str, str]:
    return {
        "judgements_in_effect": str(use.in_effect),
        "judgements_in_lists": str(use.in_lists),
        "judgements_disputed": str(use.disputed),
        "judgements_learned_from": str(use.learned_from),
    }
