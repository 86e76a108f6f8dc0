"""The figures of the overview, each from a bounded number of queries however large the organisation is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from fairlead.model.vocabulary import Band
from fairlead.remedy import OPEN, State
from fairlead.web.actions.action_list import overdue
from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, Party
from fairlead.web.records.remembered import remembered

NO_DATA: Final = "no_data"
NOT_ASSESSED: Final = "not_assessed"

#: What may be known of a party, in the order in which it is told.
_KNOWN: Final = ("country", "product", "tier", "beyond", "assessed")
#: Over so many days back the time to close is told.
_YEAR: Final = timedelta(days=365)
#: At most so many closed actions are looked at for a median.
_MOST: Final = 10_000


@dataclass(frozen=True)
class Share:
    """A part of a whole, as a bar draws it: `start` and `width` in percent of the bar."""

    key: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Risk:
    """How many parties are in each band, have no data, or were not assessed."""

    shares: Sequence[Share]
    total: int

    def count(self, *keys: str) -> int:
        """Return how many parties are in some of the groups."""
        return sum(share.count for share in self.shares if share.key in keys)

    @property
    def raised(self) -> int:
        """How many are rated high or very high."""
        return self.count(Band.VERY_HIGH, Band.HIGH)

    @property
    def unknown(self) -> int:
        """Of how many nothing can be said: no data, or not assessed yet."""
        return self.count(NO_DATA, NOT_ASSESSED)


def _shares(counts: Sequence[tuple[str, int]], total: int) -> list[Share]:
    shares, start = [], 0.0
    for key, count in counts:
        width = 100 * count / total if total else 0.0
        shares.append(Share(key, count, round(start, 3), round(width, 3)))
        start += width
    return shares


@dataclass(frozen=True)
class Covered:
    """Of how many parties something is known; `key` says what."""

    key: str
    count: int
    total: int

    @property
    def percent(self) -> float:
        """The share in percent, 0 to 100."""
        return 100 * self.count / self.total if self.total else 0.0


def of_parties(organisation: Organisation) -> tuple[Risk, Sequence[Covered]]:
    """Return how the parties in use are rated, and of how many country, goods, tier and customers are known."""
    live = Party.live.filter(organisation=organisation)
    groups = live.order_by().values_list("assessed", "band")
    counted = groups.annotate(
        n=Count("pk"), placed=Count("country"), in_tier=Count("tier"), beyond=Count("pk", filter=Q(tier__gte=2))
    )
    bands: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for assessed, band, count, country, tier, beyond in counted:
        bands[(band or NO_DATA) if assessed else NOT_ASSESSED] += count
        known.update(country=country, tier=tier, beyond=beyond, assessed=count if assessed and band else 0)
    total = bands.total()
    # Asked as a value, each party's links are looked at until one names a good; as a condition, all links are read.
    naming = Link.live.filter(from_party=OuterRef("pk")).filter(Q(good__isnull=False) | Q(sector__isnull=False))
    known["product"] = live.alias(naming=Subquery(naming.order_by().values("pk")[:1])).exclude(naming=None).count()
    shares = _shares([(str(key), bands[key]) for key in (*Band, NO_DATA, NOT_ASSESSED)], total)
    return Risk(shares, total), [Covered(key, known[key], total) for key in _KNOWN]


@dataclass(frozen=True)
class Progress:
    """How actions stand; `days` is the median of days from writing an action down to its verification, of `closed`."""

    open: int
    overdue: int
    unverified: int
    closed: int
    days: float | None


def progress(organisation: Organisation, today: date) -> Progress:
    """Return how the organisation's actions stand; the time to close is that of the last year."""
    actions = CorrectiveAction.objects.filter(organisation=organisation)
    counted = actions.aggregate(
        open=Count("pk", filter=Q(state__in=OPEN)),
        overdue=Count("pk", filter=overdue(today)),
        unverified=Count("pk", filter=Q(state=State.DONE)),
    )
    closed = actions.filter(state=State.VERIFIED, verified_on__gte=today - _YEAR).order_by("-verified_on")
    pairs = closed.values_list("created_at", "verified_on")[:_MOST]
    days = [(end - begin.date()).days for begin, end in pairs if end is not None]
    return Progress(
        counted["open"], counted["overdue"], counted["unverified"], len(days), median(days) if days else None
    )


@dataclass(frozen=True)
class Remedy:
    """What workers are owed and were paid in one currency; sums in different currencies are never added up."""

    currency: str
    owed: Decimal | None
    paid: Decimal | None
    verified: Decimal | None
    workers: int | None

    @property
    def percent(self) -> float | None:
        """How much of what is owed was paid, in percent, at most 100; null where nothing is known to be owed."""
        return min(100.0, float(100 * (self.paid or 0) / self.owed)) if self.owed else None


def remedy(organisation: Organisation) -> list[Remedy]:
    """Return what workers are owed and were paid, by currency; cancelled actions do not count."""
    rows = (
        CorrectiveAction.objects.filter(organisation=organisation)
        .exclude(state=State.CANCELLED)
        .filter(Q(owed__isnull=False) | Q(paid__isnull=False))
        .order_by("currency")
        .values("currency")
        .annotate(
            total_owed=Sum("owed"),
            total_paid=Sum("paid"),
            total_verified=Sum("paid", filter=Q(state=State.VERIFIED)),
            total_workers=Sum("workers"),
        )
    )
    return [
        Remedy(row["currency"], row["total_owed"], row["total_paid"], row["total_verified"], row["total_workers"])
        for row in rows
    ]


@dataclass(frozen=True)
class Figures:
    """All figures of the overview."""

    risk: Risk
    coverage: Sequence[Covered]
    progress: Progress
    remedy: Sequence[Remedy]


def figures_of(organisation: Organisation, today: date) -> Figures:
    """Return all figures of the overview; those over all parties may be a minute old."""
    risk, coverage = remembered("parties", organisation, lambda: of_parties(organisation))
    return Figures(risk, coverage, progress(organisation, today), remedy(organisation))
