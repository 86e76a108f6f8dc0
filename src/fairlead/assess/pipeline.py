"""The rooms one after the other: read, classify, resolve, screen, rate, plan, report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead import __version__
from fairlead.assess.output import fresh_output, refuse_output_among_inputs
from fairlead.assess.ownership import follow_owners, ownership_editions
from fairlead.classify import classify
from fairlead.language import Language
from fairlead.model.assessment import Assessment, Edition, InputFile
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import EVIDENCE, ROW
from fairlead.plan import plan
from fairlead.read import ReadResult, read_mapping, read_suppliers, write_mapping
from fairlead.read.ownership import OwnershipData, read_ownership
from fairlead.reference import sources
from fairlead.report import write_report
from fairlead.resolve import resolve
from fairlead.resolve.judgements import JudgementFile, read_judgements
from fairlead.resolve.judgements.apply import JudgementUse
from fairlead.resolve.ownership import join_ownership
from fairlead.risk import MODEL_VERSION, context_evidence, rate
from fairlead.screen import WatchList, find_hits, read_lists, reference_lists, with_removed
from fairlead.screen.evidence import evidence_table

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
    lists = (*reference_lists(as_of), *with_removed(user_lists, earlier))
    hits = find_hits(joined.parties, lists, as_of=as_of, sites=resolved.sites, rows=read.rows, progress=progress)
    followed = follow_owners(joined, hits, as_of)
    progress.start("Rating")
    context = context_evidence(joined.parties, resolved.sites, joined.links, as_of, classification=classification)
    found = (evidence_table(hits, as_of), followed.evidence, context)
    evidence = pa.concat_tables([table.cast(EVIDENCE) for table in found]).sort_by("evidence_id")
    ratings = rate(joined.parties, joined.links, evidence, as_of)
    actions = plan(joined.parties, joined.links, evidence, ratings)
    return Assessment(
        as_of=as_of,
        program_version=__version__,
        model_version=MODEL_VERSION,
        inputs=(
            *read.inputs,
            *(ownership.inputs if ownership else ()),
            *(_list_as_input(each, "list") for each in user_lists),
            *(_list_as_input(each, "earlier_list") for each in earlier),
            *([judged.input] if judged else []),
        ),
        editions=(*_editions(evidence, user_lists), *ownership_editions(ownership)),
        rows=read.rows.select(ROW.names),  # what is said of persons besides stands in no result
        rejected=read.rejected,
        remarks=pa.concat_tables(
            [
                read.remarks,
                *([ownership.remarks] if ownership else []),
                followed.remarks,
                resolved.remarks,
                *([judged.remarks] if judged else []),
            ]
        ),
        classification=classification,
        parties=joined.parties,
        sites=resolved.sites,
        links=joined.links,
        review=joined.review,
        evidence=evidence,
        ratings=ratings,
        actions=actions,
        merged_ids=resolved.merged_ids if judged else None,
        options={
            "as_of": as_of.isoformat(),
            "records_in_divided_blocks": str(resolved.parted),
            **(_judgement_options(resolved.judged) if judged else {}),
        },
    )


def _judgement_options(use: JudgementUse) -> dict[str, str]:
    return {
        "judgements_in_effect": str(use.in_effect),
        "judgements_in_lists": str(use.in_lists),
        "judgements_disputed": str(use.disputed),
        "judgements_learned_from": str(use.learned_from),
    }


def _list_as_input(watch_list: WatchList, role: str) -> InputFile:
    used, rejected = len(watch_list.entries), len(watch_list.left_out)
    return InputFile(
        name=watch_list.title,
        sha256=watch_list.sha256,
        role=role,
        rows_in=used + rejected,
        rows_used=used,
        rows_rejected=rejected,
    )


def _editions(evidence: pa.Table, user_lists: Sequence[WatchList]) -> tuple[Edition, ...]:
    """Return the sources that the evidence names, in the order of their ids, then the user's own lists."""
    used = set(evidence.column("source_id").to_pylist())
    shipped = [edition for source_id, edition in sorted(sources().items()) if source_id in used]
    own = [
        Edition(
            source_id=watch_list.list_id,
            title=watch_list.title,
            publisher="",
            edition=watch_list.edition,
            licence="",
            url="",
            checked=False,
        )
        for watch_list in user_lists
    ]
    return (*shipped, *own)
