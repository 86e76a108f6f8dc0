"""The figures of the overview, and of the map: what is known, where to look, what is late, what workers got back."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, reads
from fairlead.web.chain.map_page import counted
from fairlead.web.dashboards.figures import figures_of
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["overview"])


class RiskOut(BaseModel):
    """How many parties are in each band, have no data, which is neither low nor zero, or were not assessed."""

    total: int
    counts: dict[str, int]


class CoveredOut(BaseModel):
    """Of how many parties something is known."""

    key: str
    count: int
    total: int


class ProgressOut(BaseModel):
    """How actions stand; `days` is the median from writing one down to its verification, in the last year."""

    open: int
    overdue: int
    unverified: int
    closed: int
    days: float | None


class RemedyOut(BaseModel):
    """What workers are owed and were paid in one currency, exact, as text; null is not known."""

    currency: str
    owed: str | None
    paid: str | None
    verified: str | None
    workers: int | None


class OverviewOut(BaseModel):
    """The figures of the overview; those of risk and coverage may be a minute old."""

    risk: RiskOut
    coverage: list[CoveredOut]
    actions: ProgressOut
    remedy: list[RemedyOut]


class CountryOut(BaseModel):
    """The parties in one country."""

    country: str
    parties: int
    raised: int = Field(description="Rated elevated or higher")
    no_data: int


class CountriesOut(BaseModel):
    """Parties by country."""

    items: list[CountryOut]
    unknown: int = Field(description="Parties whose country is not known")


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


@reads(router, "/organisations/{organisation}/overview", needs=Capability.SEE, reply=OverviewOut)
def read_overview(request: ApiRequest) -> Reply:
    """What is known and not known, what is late, what workers got back."""
    figures = figures_of(request.organisation, timezone.localdate())
    names: Final = tuple(ProgressOut.model_fields)
    return Reply(
        OverviewOut(
            risk=RiskOut(total=figures.risk.total, counts={share.key: share.count for share in figures.risk.shares}),
            coverage=[CoveredOut(key=each.key, count=each.count, total=each.total) for each in figures.coverage],
            actions=ProgressOut(**{name: getattr(figures.progress, name) for name in names}),
            remedy=[
                RemedyOut(
                    currency=each.currency,
                    owed=_text(each.owed),
                    paid=_text(each.paid),
                    verified=_text(each.verified),
                    workers=each.workers,
                )
                for each in figures.remedy
            ],
        )
    )


@reads(router, "/organisations/{organisation}/countries", needs=Capability.SEE, reply=CountriesOut)
def count_countries(request: ApiRequest) -> Reply:
    """How many parties are in each country, those with most rated elevated or higher first."""
    counts, unknown = counted(request.organisation)
    items = [
        CountryOut(country=each.iso3, parties=each.all, raised=each.raised, no_data=each.no_data) for each in counts
    ]
    return Reply(CountriesOut(items=items, unknown=unknown))
