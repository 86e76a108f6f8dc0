"""Parties, sites and links as an organisation keeps them; their columns are those of `fairlead.model.schemas`."""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fairlead.model.vocabulary import Band, LinkKind, PartyKind, SiteKind
from fairlead.web.records.models import Versioned

#: The place of a party that no assessment has put into an order yet.
UNRANKED: Final = 2_147_483_647


class RecordState(models.TextChoices):
    """Whether a record counts. Only live ones are seen; staged ones belong to an import that is not committed."""

    LIVE = "live", _("In use")
    STAGED = "staged", _("Being imported")
    MERGED = "merged", _("Merged into another")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: The states that do not count.
NOT_LIVE: Final = tuple(state for state in RecordState if state != RecordState.LIVE)


class LiveRecords(models.Manager[Any]):
    """Only records that count."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Return the live ones."""
        return super().get_queryset().filter(state=RecordState.LIVE)


def choices_of(words: Any) -> list[tuple[str, str]]:
    """Return the values of a closed list as choices of a field."""
    return [(str(word), str(word)) for word in words]


class Record(Versioned):
    """What party, site and link have in common: the organisation, the engine's id, whether it counts, its import."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    uid = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=RecordState.choices, default=RecordState.LIVE)
    import_batch = models.BigIntegerField(null=True, editable=False)  # the import that brought it; null by hand
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = models.Manager()
    live = LiveRecords()

    class Meta:
        abstract = True


class Party(Record):
    """A company, person, public body, labour provider or vessel.

    `names` are all its names, `search` what a search looks through (names folded, numbers). The columns from `band` on
    are copied from the newest assessment, so that a list can be ordered by them; they are null before the first.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=choices_of(PartyKind), default=PartyKind.COMPANY.value)
    name = models.CharField(_("name"), max_length=400)
    names = models.JSONField(_("other names"), default=list)
    folded = models.CharField(max_length=400, db_index=False, blank=True)
    legal_form = models.CharField(max_length=80, null=True, blank=True)
    country = models.CharField(_("country"), max_length=3, null=True, blank=True)
    workforce = models.JSONField(_("workforce"), default=list)
    note = models.TextField(_("note"), blank=True)
    search = models.TextField(blank=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    contact_email = models.EmailField(_("e-mail address for questionnaires"), blank=True)
    language = models.CharField(_("language of its questionnaires"), max_length=5, blank=True)

    tier = models.PositiveSmallIntegerField(_("tier"), null=True, blank=True)
    band = models.CharField(max_length=10, choices=choices_of(Band), null=True, blank=True)
    p = models.FloatField(null=True, blank=True)
    p_low = models.FloatField(null=True, blank=True)
    p_high = models.FloatField(null=True, blank=True)
    find_out = models.BooleanField(null=True, blank=True)
    rank = models.IntegerField(default=UNRANKED)
    assessed = models.BooleanField(default=False)  # whether the newest assessment had it at all

    history = HistoricalRecords(
        excluded_fields=["search", "band", "p", "p_low", "p_high", "find_out", "rank", "assessed"]
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = (models.UniqueConstraint(fields=["organisation", "uid"], name="one_party_per_id"),)
        indexes = (
            models.Index(fields=["organisation", "state", "rank", "folded", "id"], name="parties_by_rank"),
            models.Index(fields=["organisation", "state", "folded", "id"], name="parties_by_name"),
            models.Index(
                fields=["organisation", "state", "country", "band", "rank", "folded", "id"], name="parties_by_country"
            ),
            models.Index(fields=["organisation", "state", "band"], name="parties_by_band"),
            models.Index(fields=["organisation", "state", "kind"], name="parties_by_kind"),
            models.Index(fields=["import_batch"], name="parties_by_import"),
        )

    def __str__(self) -> str:
        return self.name


class PartyIdentifier(models.Model):
    """A number of a party in a register, such as KZ-BIN or LEI; `valid` is null where the scheme has no check."""

    MOVES_WITH_PARTY = ("party",)

    party = models.ForeignKey(Party, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("register"), max_length=40)
    value = models.CharField(_("number"), max_length=80)
    valid = models.BooleanField(null=True)

    history = HistoricalRecords()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["party", "scheme", "value"], name="one_identifier_once"),)
        indexes = (models.Index(fields=["scheme", "value"], name="identifiers_by_value"),)

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Site(Record):
    """A place where a party works."""

    MOVES_WITH_PARTY = ("party",)

    party = models.ForeignKey(Party, models.CASCADE, related_name="sites")
    kind = models.CharField(_("kind"), max_length=20, choices=choices_of(SiteKind), default=SiteKind.UNKNOWN.value)
    name = models.CharField(_("name"), max_length=400, blank=True)
    address = models.CharField(_("address"), max_length=600, blank=True)
    city = models.CharField(_("city"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=3, null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("site")
        constraints = (models.UniqueConstraint(fields=["organisation", "uid"], name="one_site_per_id"),)
        indexes = (
            models.Index(fields=["organisation", "state", "country"], name="sites_by_country"),
            models.Index(fields=["organisation", "state", "city"], name="sites_by_city"),
            models.Index(fields=["import_batch"], name="sites_by_import"),
        )

    def __str__(self) -> str:
        return self.name or self.address or self.uid


class Link(Record):
    """Who supplies, recruits for, owns or houses whom; `to_party` is null where it is the organisation itself."""

    MOVES_WITH_PARTY = ("from_party", "to_party")

    from_party = models.ForeignKey(Party, models.CASCADE, related_name="links_out")
    to_party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="links_in")
    to_self = models.BooleanField(_("supplies this organisation"), default=False)
    kind = models.CharField(_("kind"), max_length=20, choices=choices_of(LinkKind))
    good = models.CharField(_("good"), max_length=60, null=True, blank=True)
    product = models.CharField(_("HS code"), max_length=6, null=True, blank=True)
    sector = models.CharField(_("sector"), max_length=60, null=True, blank=True)
    isic = models.CharField(_("ISIC code"), max_length=6, null=True, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), null=True, blank=True)
    share = models.FloatField(_("share"), null=True, blank=True)
    spend = models.DecimalField(_("spend"), max_digits=24, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, null=True, blank=True)
    from_date = models.CharField(_("since"), max_length=10, null=True, blank=True)
    to_date = models.CharField(_("until"), max_length=10, null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("link")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "uid"], name="one_link_per_id"),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__gte=0, share__lte=1), name="share_is_a_share"
            ),
        )
        indexes = (
            models.Index(fields=["from_party", "state"], name="links_out"),
            models.Index(fields=["to_party", "state", "from_party"], name="links_in"),
            models.Index(
                fields=["organisation", "to_self", "state", "from_party", "currency", "spend"], name="links_to_self"
            ),
            models.Index(fields=["organisation", "state", "id"], name="links_in_order"),
            models.Index(fields=["organisation", "state", "kind", "id"], name="links_by_kind"),
            models.Index(fields=["organisation", "state", "good", "id"], name="links_by_good"),
            models.Index(fields=["organisation", "state", "sector", "id"], name="links_by_sector"),
            models.Index(fields=["import_batch"], name="links_by_import"),
        )

    def __str__(self) -> str:
        return f"{self.from_party} {self.kind}"


class SourceRow(models.Model):
    """A row of a list from which a party's facts come: where it stands, and its cells by their headings."""

    MOVES_WITH_PARTY = ("party",)

    party = models.ForeignKey(Party, models.CASCADE, related_name="source_rows")
    uid = models.CharField(max_length=40)
    import_batch = models.BigIntegerField()
    file = models.CharField(max_length=255)
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)  # field of the engine -> value as it was read

    class Meta:
        indexes = (models.Index(fields=["import_batch"], name="rows_by_import"),)

    def __str__(self) -> str:
        return f"{self.file}, {self.row}"
