"""Makes one assessment: reads what there is, runs the engine, keeps the snapshot, stages the ratings, publishes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from fairlead.assess.recorded import assess_recorded
from fairlead.errors import OptionError
from fairlead.model.assessment import SNAPSHOT
from fairlead.model.assessment import Assessment as Made
from fairlead.model.progress import Progress
from fairlead.model.vocabulary import Band
from fairlead.risk.rank import rank
from fairlead.web.assessments.files import assessment_folder, read_checked, sha256_of
from fairlead.web.assessments.given import recorded, watch_lists
from fairlead.web.assessments.models import (
    NO_DATA,
    Assessment,
    Change,
    Rating,
    RatingTerms,
    SnapshotFile,
)
from fairlead.web.assessments.models.sealed import in_chunks
from fairlead.web.assessments.parts import shards_for, write_parts
from fairlead.web.assessments.publish import publish
from fairlead.web.files.keep import to_disk
from fairlead.web.parties.models import Party
from fairlead.write import write_snapshot

#: So many ratings are written at once; between two writes others can write.
CHUNK: Final = 1_000

_SNAPSHOT: Final = "snapshot"
_PARTS: Final = "parts"


def make(assessment: Assessment, progress: Progress) -> None:
    """Make an assessment from what its organisation has; begun again after a crash it starts from nothing.

    Nothing of it is seen before `publish`. Raises OptionError where there is no party to assess, an InputError where
    one of the organisation's own lists cannot be read.
    """
    if assessment.is_done:
        return
    clear(assessment)
    progress.start("Reading what is known")
    given = recorded(assessment.organisation, assessment.as_of)
    if not given.parties.num_rows:
        raise OptionError(_("There is no party to assess yet."), do=_("Import a list, or add a party by hand."))
    with tempfile.TemporaryDirectory() as folder:
        lists = watch_lists(list(assessment.lists.select_related("file")), Path(folder) / "lists")
    made = assess_recorded(given, lists, as_of=assessment.as_of, progress=progress)
    shards = shards_for(made.parties.num_rows)
    progress.start("Keeping the snapshot")
    _keep_snapshot(assessment, made, shards)
    _stage(assessment, made, progress)
    progress.start("Showing the new ratings")
    publish(assessment, facts={**_facts(made, given.evidence.num_rows), "shards": shards})


def clear(assessment: Assessment) -> None:
    """Take away what a run that was interrupted or failed has left."""
    for folder in (assessment_folder(assessment), _unfinished(assessment)):
        shutil.rmtree(folder, ignore_errors=True)
    ratings = Rating.objects.filter(assessment=assessment)
    while ids := list(ratings.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            RatingTerms.objects.filter(rating__in=ids).delete()
            Rating.objects.filter(pk__in=ids).delete()
    SnapshotFile.objects.filter(assessment=assessment).delete()


def _unfinished(assessment: Assessment) -> Path:
    folder = assessment_folder(assessment)
    return folder.with_name(f".{folder.name}.unfinished")


def _keep_snapshot(assessment: Assessment, made: Made, shards: int) -> None:
    """Write the snapshot beside its place, and move it there when it is whole."""
    folder, target = _unfinished(assessment), assessment_folder(assessment)
    (folder / _SNAPSHOT).mkdir(parents=True)
    write_snapshot(made, folder / _SNAPSHOT)
    write_parts(made, folder / _PARTS, shards)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        to_disk(path)
    for chunk in in_chunks(files, CHUNK):
        SnapshotFile.objects.bulk_create(
            SnapshotFile(assessment=assessment, name=path.relative_to(folder).as_posix(), sha256=sha256_of(path))
            for path in chunk
        )
    folder.replace(target)
    to_disk(target.parent)


def _stage(assessment: Assessment, made: Made, progress: Progress) -> None:
    """Write the ratings, chunk by chunk; nobody sees them before the assessment is done."""
    progress.start("Keeping the ratings", made.ratings.num_rows)
    before = _bands_before(assessment)
    parties = dict(Party.objects.filter(organisation=assessment.organisation).values_list("uid", "pk"))
    place = {uid: number for number, uid in enumerate(rank(made.ratings, made.evidence, made.links), 1)}
    for chunk in in_chunks(_rows(made), CHUNK):
        ratings = [
            _rating(assessment, row, parties[row["subject_id"]], place[row["subject_id"]], before) for row in chunk
        ]
        with transaction.atomic():
            Rating.objects.bulk_create(ratings)
            RatingTerms.objects.bulk_create(
                RatingTerms(rating=rating, terms=_terms(row)) for rating, row in zip(ratings, chunk, strict=True)
            )
        progress.advance(len(chunk))


def _rows(made: Made) -> Iterator[dict[str, Any]]:
    for batch in made.ratings.to_batches(max_chunksize=CHUNK):
        yield from batch.to_pylist()


def _bands_before(assessment: Assessment) -> Mapping[int, str] | None:
    """Return the bands of the assessment before this one by party, NO_DATA where there was none."""
    if assessment.previous_id is None:
        return None
    rows = Rating.objects.filter(assessment=assessment.previous_id).values_list("party_id", "band")
    return {party: band or NO_DATA for party, band in rows}


def _rating(
    assessment: Assessment, row: Mapping[str, Any], party: int, place: int, before: Mapping[int, str] | None
) -> Rating:
    previous = "" if before is None else before.get(party, "")
    return Rating(
        assessment=assessment,
        party_id=party,
        band=row["band"],
        data=row["data"],
        p=row["p"] if row["band"] else None,
        p_low=row["p_low"] if row["band"] else None,
        p_high=row["p_high"] if row["band"] else None,
        find_out=bool(row["find_out"]),
        rank=place,
        missing=row["missing"] or [],
        previous_band=previous,
        change=Change.FIRST if before is None else change_of(previous, row["band"] or NO_DATA),
    )


def change_of(previous: str, now: str) -> Change:
    """Say what became of a band; both are bands or NO_DATA, `previous` empty where the party was not there."""
    if previous == now:
        return Change.SAME
    if not previous:
        return Change.NEW
    if NO_DATA in (previous, now):
        return Change.RATED if previous == NO_DATA else Change.UNRATED
    order = list(Band)
    return Change.RAISED if order.index(Band(now)) < order.index(Band(previous)) else Change.LOWERED


def _terms(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**term, "text": plain_text(term["text"])} for term in row["terms"] or ()]


def plain_text(text: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a message of the engine as JSON keeps it."""
    return (
        None if text is None else {"template": text["template"], "values": [list(one) for one in text["values"] or ()]}
    )


def _facts(made: Made, given: int) -> dict[str, Any]:
    """Return what the row of the assessment says of what was made."""
    bands = [band or NO_DATA for band in made.ratings["band"].to_pylist()]
    return {
        "program_version": made.program_version,
        "model_version": made.model_version,
        "editions": [asdict(one) for one in made.editions],
        "counts": {band: bands.count(band) for band in (*map(str, Band), NO_DATA)},
        "evidence_given": given,
        "evidence_found": made.evidence.num_rows - given,
    }


def snapshot_folder(assessment: Assessment) -> Path:
    """Return the folder of the tables of an assessment, after checking that its head is the one that was written.

    The head names the hash of each table, which is checked when the table is read. Raises UnreadableFile.
    """
    folder = assessment_folder(assessment) / _SNAPSHOT
    head = SnapshotFile.objects.filter(assessment=assessment, name=f"{_SNAPSHOT}/{SNAPSHOT}").first()
    read_checked(folder / SNAPSHOT, head.sha256 if head else "")
    return folder
