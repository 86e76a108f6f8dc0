"""Evidence as an organisation keeps it; the columns are those of `fairlead.model.schemas.EVIDENCE`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fairlead.model.vocabulary import Polarity, SubjectKind, Visibility
from fairlead.web.evidence.words import INDICATORS, POINTS, SEEN_BY, WHO
from fairlead.web.parties.models import Party, Record
from fairlead.web.parties.models.records import choices_of


class Evidence(Record):
    """One thing learned. It is never changed, only withdrawn with a reason; what replaces it is a row of its own.

    `party` is the party it concerns, also where its subject is one of the party's sites or links.
    """

    MOVES_WITH_PARTY = ("party",)
    MOVED_BESIDES = ("subject_uid",)

    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="evidence")
    subject_kind = models.CharField(max_length=10, choices=choices_of(SubjectKind), default=SubjectKind.PARTY.value)
    subject_uid = models.CharField(max_length=40)
    finding = models.CharField(_("finding"), max_length=60)
    indicator = models.CharField(
        _("ILO indicator"), max_length=60, choices=list(INDICATORS.items()), null=True, blank=True
    )
    polarity = models.CharField(
        _("points"), max_length=12, choices=list(POINTS.items()), default=Polarity.SUPPORTS.value
    )
    value = models.CharField(_("value"), max_length=200, null=True, blank=True)
    unit = models.CharField(max_length=40, null=True, blank=True)
    source_id = models.CharField(_("source"), max_length=64)
    source_title = models.CharField(_("title of the source"), max_length=300, blank=True)
    edition = models.CharField(_("edition or date"), max_length=120, blank=True)
    locator = models.CharField(_("page, cell, line or address"), max_length=500, blank=True)
    asserted_by = models.CharField(_("said by"), max_length=20, choices=list(WHO.items()))
    verified_by = models.CharField(_("verified by"), max_length=20, choices=list(WHO.items()), null=True, blank=True)
    event_date = models.CharField(_("when it happened"), max_length=10, null=True, blank=True)
    confidence = models.FloatField(_("how sure"), default=1.0)
    cluster_key = models.CharField(max_length=120, null=True, blank=True)
    visibility = models.CharField(
        _("who may see it"), max_length=14, choices=list(SEEN_BY.items()), default=Visibility.ORGANISATION.value
    )
    text = models.JSONField(default=dict)  # a message: template and values
    expires_on = models.DateField(_("counts until"), null=True, blank=True)
    quote = models.CharField(_("quote"), max_length=500, blank=True)
    withdrawn_because = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("evidence")
        constraints = (models.UniqueConstraint(fields=["organisation", "uid"], name="one_evidence_per_id"),)
        indexes = (
            models.Index(fields=["party", "state", "-event_date"], name="evidence_of_party"),
            models.Index(fields=["organisation", "state", "finding", "-id"], name="evidence_by_finding"),
            models.Index(fields=["organisation", "state", "-id", "party"], name="evidence_newest"),
            models.Index(fields=["import_batch"], name="evidence_by_import"),
        )

    def __str__(self) -> str:
        return f"{self.finding}: {self.party}"

    def moved_to(self, party: Party) -> None:
        """Follow the party to another one: what is said of it is said of that one then."""
        if self.subject_kind == SubjectKind.PARTY:
            self.subject_uid = party.uid


class Proof(models.Model):
    """A file that shows what a piece of evidence says."""

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="proofs")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)
