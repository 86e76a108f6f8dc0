"""Rates what is recorded of a chain, whoever recorded it: parties, sites, links and evidence in, an assessment out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fairlead import __version__
from fairlead.assess.ownership import follow_owners
from fairlead.model.assessment import Assessment, Edition, InputFile
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import CLASSIFICATION, EVIDENCE, FULL_ROW, REJECTED, REVIEW, ROW, UNKNOWN_OWNER
from fairlead.plan import plan
from fairlead.reference import sources
from fairlead.resolve.ownership import Joined
from fairlead.resolve.ownership_links import holdings_of_links
from fairlead.risk import MODEL_VERSION, context_evidence, rate
from fairlead.screen import WatchList, find_hits, reference_lists, with_removed
from fairlead.screen.evidence import evidence_table


@dataclass(frozen=True)
class Recorded:
    """All that is recorded of a chain on one day: parties (PARTY), sites (SITE), links (LINK), and what goes with them.

    `evidence` (EVIDENCE) is what was learned besides: entered by hand, from questionnaires, from audits. It goes into
    the assessment as it is and counts as its cards say; what has expired or was withdrawn is not to be given. Evidence
    on a site or a link is kept and shown, and counts for nobody: a rating is made of evidence on its party.
    `classification` (CLASSIFICATION) says how sure each row's good and sector are. `rows` (ROW, or FULL_ROW) are those
    that the parties were made from, as far as they are at hand; reports name them as the source of what they say.
    `holdings` (HOLDING) and `unknown` (UNKNOWN_OWNER) say who owns whom; without `holdings` the links do. `possible`
    are pairs of parties that may be one, as `review` (REVIEW) has them for ownership data. `inputs`, `editions` (of
    sources that the evidence names and the reference pack has not), `rejected`, `remarks` (both REJECTED) and `options`
    go into the assessment.
    """

    parties: pa.Table
    sites: pa.Table
    links: pa.Table
    evidence: pa.Table = field(default_factory=EVIDENCE.empty_table)
    classification: pa.Table = field(default_factory=CLASSIFICATION.empty_table)
    rows: pa.Table = field(default_factory=FULL_ROW.empty_table)
    holdings: pa.Table | None = None
    unknown: pa.Table = field(default_factory=UNKNOWN_OWNER.empty_table)
    possible: tuple[tuple[str, str], ...] = ()
    review: pa.Table = field(default_factory=REVIEW.empty_table)
    rejected: pa.Table = field(default_factory=REJECTED.empty_table)
    remarks: pa.Table = field(default_factory=REJECTED.empty_table)
    inputs: tuple[InputFile, ...] = ()
    editions: tuple[Edition, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)


def assess_recorded(
    recorded: Recorded,
    user_lists: Sequence[WatchList] = (),
    *,
    as_of: date,
    earlier: Sequence[WatchList] = (),
    progress: Progress | None = None,
) -> Assessment:
    """Screen, follow owners, look up the context, rate and plan for what is recorded; nothing is written.

    `user_lists` are lists to screen against besides those of the reference pack, `earlier` earlier editions of them.
    Everything is rated as of the date `as_of`. The same recorded tables give the same assessment, in whatever order
    their rows come. Where evidence that is given has the id of evidence that is found again, the given row stands.
    """
    progress = progress or Silent()
    joined = _joined(recorded)
    lists = (*reference_lists(as_of), *with_removed(user_lists, earlier))
    hits = find_hits(
        joined.parties, lists, as_of=as_of, sites=recorded.sites, rows=_with_births(recorded.rows), progress=progress
    )
    followed = follow_owners(joined, hits, as_of)
    progress.start("Rating")
    context = context_evidence(
        joined.parties, recorded.sites, joined.links, as_of, classification=recorded.classification
    )
    evidence = _together(recorded.evidence, (evidence_table(hits, as_of), followed.evidence, context))
    ratings = rate(joined.parties, joined.links, evidence, as_of)
    actions = plan(joined.parties, joined.links, evidence, ratings)
    return Assessment(
        as_of=as_of,
        program_version=__version__,
        model_version=MODEL_VERSION,
        inputs=(
            *recorded.inputs,
            *(_list_as_input(each, "list") for each in user_lists),
            *(_list_as_input(each, "earlier_list") for each in earlier),
        ),
        editions=(*_editions(evidence, user_lists), *recorded.editions),
        rows=recorded.rows.select(ROW.names),  # what is said of persons besides stands in no result
        rejected=recorded.rejected,
        remarks=pa.concat_tables([recorded.remarks, followed.remarks]),
        classification=recorded.classification,
        parties=joined.parties,
        sites=recorded.sites,
        links=joined.links,
        review=joined.review,
        evidence=evidence,
        ratings=ratings,
        actions=actions,
        options={"as_of": as_of.isoformat(), **recorded.options},
    )


def _joined(recorded: Recorded) -> Joined:
    holdings = recorded.holdings
    return Joined(
        recorded.parties,
        recorded.links,
        recorded.review,
        holdings_of_links(recorded.links) if holdings is None else holdings,
        recorded.unknown,
        recorded.possible,
    )


def _with_births(rows: pa.Table) -> pa.Table | None:
    return rows if "birth_date" in rows.column_names else None


def _together(given: pa.Table, found: Sequence[pa.Table]) -> pa.Table:
    """Return the evidence that is given and what was found besides, by id."""
    tables = [table.cast(EVIDENCE) for table in found]
    if given.num_rows:
        ids = given["evidence_id"].combine_chunks()
        tables = [table.filter(pc.invert(pc.is_in(table["evidence_id"], value_set=ids))) for table in tables]
        tables.append(given.cast(EVIDENCE))
    return pa.concat_tables(tables).sort_by("evidence_id")


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
