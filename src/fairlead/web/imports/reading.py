"""Reads an import's files and makes its preview: all of it or nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from fairlead.classify import classify
from fairlead.errors import InputError, NothingToRead
from fairlead.model.progress import Progress
from fairlead.read import ColumnMapping, ReadResult, SheetMapping, read_suppliers
from fairlead.read.sheet import column_index
from fairlead.resolve import match_known
from fairlead.web.imports.known import basis, known_parties, last_judgement
from fairlead.web.imports.models import Import, ImportState
from fairlead.web.imports.outline import NOT_UNDERSTOOD, SheetOutline, keep_mapping, outline, write_outline
from fairlead.web.imports.preview import fingerprint, write_preview
from fairlead.web.imports.storage import drop_other_previews, fresh_preview, path_of, preview_of
from fairlead.web.parties.judgements import events_of


def read_import(one: Import, progress: Progress) -> None:
    """Read the files of an import and keep the preview. Raises an InputError where they cannot be read.

    Where only the columns could not be understood, the outline of the sheets is kept all the same, so that a person
    can say what they are.
    """
    progress.start("Looking at the sheets")
    outlines, mappings = outline(one)
    try:
        read = _read(one, mappings, outlines, progress)
    except InputError:
        with fresh_preview(one) as folder:
            write_outline(outlines, mappings, folder)
            Import.objects.filter(pk=one.pk).update(preview=folder.name, counts={})
        raise
    stand, counts, name = _make_preview(one, read, outlines, mappings, progress)
    with transaction.atomic():
        kept = Import.objects.filter(pk=one.pk, state=ImportState.READING).update(
            state=ImportState.PREVIEW,
            preview=name,
            basis=stand,
            counts=counts,
            mapping=[each.model_dump(mode="json") for each in mappings],
            what="",
        )
        if kept:
            _keep_corrections(one, outlines, mappings)
    one.refresh_from_db()
    drop_other_previews(one)


def still_so(one: Import, progress: Progress) -> bool:
    """Say whether committing an import would still do what its preview shows, made again where the parties changed.

    Where it would do something else the new preview takes the place of the old one.
    """
    if basis(one.organisation) == one.basis:
        return True
    shown = fingerprint(preview_of(one))
    outlines, mappings = outline(one)
    read = _read(one, mappings, outlines, progress)
    stand, counts, name = _make_preview(one, read, outlines, mappings, progress)
    Import.objects.filter(pk=one.pk).update(preview=name, basis=stand, counts=counts)
    one.refresh_from_db()
    drop_other_previews(one)
    return fingerprint(preview_of(one)) == shown


def _read(one: Import, mappings: list[SheetMapping], outlines: list[SheetOutline], progress: Progress) -> ReadResult:
    """Read the files, but those that a person left out as a whole."""
    told = [each for each, shown in zip(mappings, outlines, strict=True) if shown.by != NOT_UNDERSTOOD]
    left_out = {each.file for each in told} - {each.file for each in told if each.read}
    left_out -= {shown.file for shown in outlines if shown.by == NOT_UNDERSTOOD and not shown.hidden}
    files = [file for file in one.files.all() if file.name not in left_out]
    if not files:
        raise NothingToRead(_("Every sheet is left out."), do=_("Let at least one sheet be read."))
    return read_suppliers(
        [path_of(file) for file in files],
        mapping=ColumnMapping(sheets=tuple(told)),
        names={path_of(file): file.name for file in files},
        progress=progress,
    )


def _make_preview(
    one: Import,
    read: ReadResult,
    outlines: list[SheetOutline],
    mappings: list[SheetMapping],
    progress: Progress,
) -> tuple[str, dict[str, int], str]:
    """Write a preview; return on which state of the parties it rests, its counts and the name of its folder."""
    progress.start("Classifying goods and sectors")
    classification = classify(read.rows)
    stand = basis(one.organisation)
    judged = last_judgement(one.organisation)
    known = known_parties(one.organisation)
    match = match_known(read.rows, classification, known, judgements=events_of(one.organisation), progress=progress)
    progress.start("Writing the preview")
    with fresh_preview(one) as folder:
        write_outline(outlines, mappings, folder)
        made = write_preview(read, match, known, folder)
    return stand, {**made.counts, "judged": judged}, folder.name


def _keep_corrections(one: Import, outlines: list[SheetOutline], mappings: list[SheetMapping]) -> None:
    for each, mapping in zip(outlines, mappings, strict=True):
        if each.by == "corrected":
            keep_mapping(one, mapping, _headings(each))


def _headings(one: SheetOutline) -> list[str]:
    width = max((column_index(column.letter) + 1 for column in one.columns), default=0)
    headings = [""] * width
    for column in one.columns:
        headings[column_index(column.letter)] = column.heading
    return headings
