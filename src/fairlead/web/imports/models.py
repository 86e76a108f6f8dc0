"""Imports: their files and state, how columns were understood, what they changed."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import Decision


class ImportState(models.TextChoices):
    """How far an import is."""

    UPLOADED = "uploaded", _("Uploaded")
    READING = "reading", _("Being read")
    PREVIEW = "preview", _("To be looked at")
    COMMITTING = "committing", _("Being committed")
    COMMITTED = "committed", _("Committed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Could not be read")
    DISCARDED = "discarded", _("Discarded")


#: States in which work goes on in the background.
AT_WORK: Final = (ImportState.READING, ImportState.COMMITTING, ImportState.UNDOING)
#: States in which columns may be corrected and the files read again.
OPEN: Final = (ImportState.UPLOADED, ImportState.PREVIEW, ImportState.FAILED)


class Import(models.Model):
    """One upload of one or several lists, and what became of it.

    `corrected` is the mapping that a person corrected (sheets as `fairlead.read.ColumnMapping` has them, headings may
    be wanting); `mapping` is the one by which the files were read. `preview` is the name of the folder with the tables
    of the preview, `basis` says on which state of the parties it rests. At most one import of an organisation is
    committed or undone at a time.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="imports")
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    corrected = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    preview = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    what = models.TextField(blank=True)  # why it could not be read, or what is to be known before the next step
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    committed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state__in=[ImportState.COMMITTING, ImportState.UNDOING]),
                name="one_commit_at_a_time",
            ),
        )
        indexes = (models.Index(fields=["organisation", "-id"], name="imports_newest"),)

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def at_work(self) -> bool:
        """Whether work goes on in the background."""
        return self.state in AT_WORK

    @property
    def open(self) -> bool:
        """Whether columns may be corrected and the files read again."""
        return self.state in OPEN

    @property
    def undecided(self) -> int:
        """How many decisions on doubtful pairs were made since the preview, and are not in it yet."""
        return self.decisions.filter(judgement__gt=self.counts.get("judged", 0)).count()

    @property
    def seen(self) -> bool:
        """Whether there is a preview to look at."""
        return bool(self.preview)


class ImportFile(models.Model):
    """One uploaded file: what it was called, its bytes by their hash, and what was noticed of it."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)  # only shown; the file is stored under its hash
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    notes = models.JSONField(default=list)  # keys of `words.FILE_NOTES`
    same_as = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="+")  # an earlier one with these bytes

    class Meta:
        ordering = ("place",)
        indexes = (models.Index(fields=["sha256"], name="import_files_by_hash"),)

    def __str__(self) -> str:
        return self.name


class KeptMapping(models.Model):
    """How somebody corrected the columns under certain headings; the next list with the same headings is read so."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    headings = models.CharField(max_length=64)  # hash of the headings in their order
    header_rows = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "headings"], name="one_mapping_per_headings"),)

    def __str__(self) -> str:
        return self.headings


class PairDecision(models.Model):
    """What a person said of a pair on the page of an import: the keys of its records, and the judgement kept."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="decisions")
    left_key = models.CharField(max_length=40)
    right_key = models.CharField(max_length=40)
    decision = models.CharField(max_length=10, choices=[(str(each), str(each)) for each in Decision])
    judgement = models.ForeignKey("parties.JudgementEntry", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.decision


class StagedRow(models.Model):
    """A row of a list that speaks of a party which is known, kept here until the import is committed."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="+")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    uid = models.CharField(max_length=40)
    file = models.CharField(max_length=255)
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.uid


class AppliedChange(models.Model):
    """One value of a known party, site or link that a committed import changed: what it was, and what it is since."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="applied")
    record = models.CharField(max_length=10)  # party, site, link, identifier
    number = models.BigIntegerField()  # primary key of the record
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.record} {self.number}: {self.field}"


class KeptRecord(models.Model):
    """A party that an import created and its undoing left in place, because later work rests on it, and which."""

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="kept")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    because = models.JSONField(default=list)  # keys of `words.LATER_WORK`

    class Meta:
        constraints = (models.UniqueConstraint(fields=["of_import", "party"], name="kept_once"),)

    def __str__(self) -> str:
        return str(self.party)
