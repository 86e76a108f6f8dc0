"""What the list tells of a party besides its own columns, looked up for all rows of a page together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, Sum

from fairlead.model.vocabulary import LinkKind
from fairlead.web.parties.models import Labelling, Link, Party, PartyIdentifier
from fairlead.web.records.remembered import remembered
from fairlead.web.site.templatetags import words

#: The links by which a party delivers goods, services or workers.
DELIVERS: Final = (LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS, LinkKind.RECRUITS_FOR, LinkKind.SECONDS_TO)


@dataclass
class Told:
    """What a row of the list tells. `amounts` is the spend of the organisation with the party, by currency.

    `spend_share` is its part of all spend in its currency, from 0 to 1; null where it has none or several currencies.
    """

    goods: set[str] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)
    numbers_list: list[str] = field(default_factory=list)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    spend_share: float | None = None

    @property
    def supplies(self) -> str:
        """The goods and services in words."""
        return ", ".join(sorted(self.goods))

    @property
    def spend(self) -> str:
        """The amounts, each with its currency."""
        return "; ".join(f"{amount.normalize():f} {currency}" for currency, amount in sorted(self.amounts.items()))

    @property
    def numbers(self) -> str:
        """The numbers in registers."""
        return "; ".join(self.numbers_list)


def told(row: Party) -> Told:
    """Return what was looked up for a row; nothing for one that was not."""
    return getattr(row, "told", None) or Told()


def look_up(rows: Sequence[Party]) -> None:
    """Look up what the list tells of its rows, with the same number of queries however many rows there are."""
    if not rows:
        return
    found: defaultdict[int, Told] = defaultdict(Told)
    ids = [row.pk for row in rows]
    _links(found, ids)
    for party, name in (
        Labelling.objects.filter(party__in=ids).order_by("label__name").values_list("party_id", "label__name")
    ):
        found[party].labels.append(name)
    for one in PartyIdentifier.objects.filter(party__in=ids).order_by("scheme", "value"):
        found[one.party_id].numbers_list.append(str(one))
    _shares(found, rows[0].organisation_id)
    for row in rows:
        row.told = found[row.pk]  # type: ignore[attr-defined]


def _links(found: defaultdict[int, Told], ids: Sequence[int]) -> None:
    own = Sum("spend", filter=Q(to_self=True))
    links = Link.live.filter(from_party__in=ids, kind__in=DELIVERS).order_by()
    for row in links.values("from_party_id", "good", "sector", "currency").annotate(sum=own):
        one = found[row["from_party_id"]]
        one.goods |= {words.good(row["good"]) or words.sector(row["sector"])} - {""}
        if row["sum"] is not None and row["currency"]:
            one.amounts[row["currency"]] = one.amounts.get(row["currency"], Decimal(0)) + row["sum"]


def _all_spend(organisation_id: int) -> dict[str, Decimal]:
    """Return what the organisation spends in each currency."""
    rows: Any = (
        Link.live.filter(organisation_id=organisation_id, to_self=True, spend__isnull=False, currency__isnull=False)
        .order_by()
        .values("currency")
        .annotate(sum=Sum("spend"))
    )
    return {row["currency"]: row["sum"] for row in rows}


def _shares(found: dict[int, Told], organisation_id: int) -> None:
    """Set each row's part of all that the organisation spends in its currency."""
    if not any(one.amounts for one in found.values()):
        return
    total = remembered("spend", organisation_id, lambda: _all_spend(organisation_id))
    for one in found.values():
        if len(one.amounts) == 1:
            [(currency, amount)] = one.amounts.items()
            one.spend_share = float(amount / total[currency]) if total.get(currency) else None
