"""Who supplies, recruits for and owns whom, as the list says; parties that are only named in a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from fairlead.identity.normalise import fold, split_legal_form
from fairlead.model.ids import BUYER_ID, content_id
from fairlead.model.schemas import HOLDING, LINK
from fairlead.model.vocabulary import LinkKind, PartyKind, Reach
from fairlead.resolve.parties import Row

_FIRST_TIER: Final = 1

#: The longest legal form that may stand before or after a name, in words.
_WORDS_OF_A_FORM: Final = 6


@dataclass(frozen=True)
class Named:
    """The parties that the list's rows became, and the ones that are only named in a column of it."""

    #: (country, folded name, legal form as it reads in that country) -> ids of the parties of that name
    known: Mapping[tuple[str | None, str, str], Set[str]]
    countries: Mapping[str, Set[str | None]]  # folded name -> countries in which a party has it
    added: dict[str, dict[str, Any]]  # party id -> row of PARTY

    def find(self, name: str, country: str | None, kind: PartyKind) -> str:
        """Return the id of the party of this name: the list's own where exactly one has it, else an added one.

        The name must be the same with its legal form; a name in a column says nothing else, so nothing
        less will do. LLP is ТОО in Kazakhstan and a form of its own in Britain: the form is read as it is
        meant where the party is. `country` is that of the row; it goes before others, and is taken for a
        labour provider's own. An added party has no rows of its own: its links say which rows name it.
        """
        if (listed := self.listed(name, country)) is not None:
            return listed
        split = split_legal_form(name, country)
        place = country if kind is PartyKind.LABOUR_PROVIDER else None
        party_id = named_id(split.folded, split.legal_form, place)
        row = self.added.setdefault(party_id, _named_party(party_id, name, split.folded, split.legal_form, place))
        row["kind"] = kind if kind is PartyKind.LABOUR_PROVIDER else row["kind"]
        row["names"] = sorted({*row["names"], name})
        row["name"] = min(row["names"], key=lambda one: (-len(one), one))
        return party_id

    def listed(self, name: str, country: str | None) -> str | None:
        """Return the one party of the list that has this name, first in the row's country, then in any; else None."""
        by_country = {place: self._of_country(name, place) for place in {country, *self._places(name)}}
        for found in (by_country.get(country, frozenset()), frozenset().union(*by_country.values())):
            if len(found) == 1:
                return next(iter(found))
        return None

    def _of_country(self, name: str, place: str | None) -> Set[str]:
        split = split_legal_form(name, place)
        return (
            self.known.get((place, split.folded, split.legal_form or ""), frozenset()) if split.usable else frozenset()
        )

    def _places(self, name: str) -> Set[str | None]:
        """Return the countries with a party whose name is this one without some words at its ends."""
        words = fold(name).split()
        return frozenset(
            place
            for start in range(min(_WORDS_OF_A_FORM, len(words)))
            for end in range(max(len(words) - _WORDS_OF_A_FORM, start + 1), len(words) + 1)
            for place in self.countries.get(" ".join(words[start:end]), ())
        )


def named_id(folded: str, legal_form: str | None, country: str | None) -> str:
    """Return the id of a party that is only named in a column: of its folded name, its form and its country."""
    return content_id("pty", "named", folded, legal_form or "", country or "")


def _named_party(party_id: str, name: str, folded: str, form: str | None, country: str | None) -> dict[str, Any]:
    return {
        "party_id": party_id,
        "kind": PartyKind.COMPANY,
        "name": name,
        "names": [name],
        "folded": folded,
        "legal_form": form,
        "country": country,
        "identifiers": [],
        "workforce": [],
        "row_ids": [],
    }


def named_parties(parties: Sequence[Mapping[str, Any]]) -> Named:
    """Make the parties of the list findable by name and legal form."""
    known: dict[tuple[str | None, str, str], set[str]] = {}
    countries: dict[str, set[str | None]] = {}
    for party in parties:
        for name in party["names"]:
            split = split_legal_form(name, party["country"])
            if split.usable:
                known.setdefault((party["country"], split.folded, split.legal_form or ""), set()).add(party["party_id"])
                countries.setdefault(split.folded, set()).add(party["country"])
    return Named(known, countries, {})


def link_table(
    rows: Iterable[Row], party_of: Mapping[str, str], classified: Mapping[str, Row], named: Named
) -> pa.Table:
    """Return the links that the rows say, one per pair of parties, kind, good, sector, tier, currency and share.

    `party_of` gives the party of each row id, `classified` its row of CLASSIFICATION. Spend is added up.
    A supplier of the second tier or beyond whose customer is not named gets a link without an end.
    """
    gathered: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        party, country, row_id = party_of[row["row_id"]], row["country"], row["row_id"]
        code = classified.get(row_id, {})
        codes = (code.get("good"), code.get("hs"), code.get("sector"), code.get("isic"))
        ends: list[tuple[Any, ...]] = [(party, *_receiver(row, named), *codes, row["tier"], row["currency"], None)]
        if row["labour_provider"]:
            provider = named.find(row["labour_provider"], country, PartyKind.LABOUR_PROVIDER)
            ends.append((provider, party, LinkKind.RECRUITS_FOR, *_NO_CODES, None))
        for holder in holders(row):
            holding = named.find(holder.name, country, PartyKind.COMPANY)
            ends.append((holding, party, holder.kind, *_NO_CODES, holder.share))
        for end in ends:
            if end[0] != end[1]:
                gathered.setdefault(end, []).append(row)
    links = [_link(end, said) for end, said in gathered.items()]
    return pa.Table.from_pylist(sorted(links, key=lambda link: str(link["link_id"])), schema=LINK)


_DELIVERS: Final = frozenset({LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS})
_NO_CODES: Final = (None, None, None, None, None, None)


@dataclass(frozen=True)
class Holder:
    """One that a row names as owner, controller or operator of its supplier, by the column and with its share."""

    name: str
    kind: LinkKind
    column: str
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def share(self) -> float | None:
        """The share where it is known exactly."""
        return float(self.low) if self.low is not None and self.low == self.high else None


def holders(row: Row) -> list[Holder]:
    """Return everybody whom a row of ROW names as owner, controller or operator."""
    owners = [
        Holder(one["name"], LinkKind.OWNS, "parent", one["share_low"], one["share_high"])
        for one in row["owners"] or ([{**_NO_SHARE, "name": row["parent"]}] if row["parent"] else [])
    ]
    others = (("controller", LinkKind.CONTROLS), ("operator", LinkKind.OPERATES))
    return [*owners, *(Holder(row[column], kind, column) for column, kind in others if row[column])]


def holding_table(rows: Iterable[Row], party_of: Mapping[str, str], named: Named) -> pa.Table:
    """Return what the rows say of owners, controllers and operators as a table of HOLDING, with their shares."""
    holdings = [
        {
            "from_id": holder_id,
            "to_id": party_of[row["row_id"]],
            "kind": holder.kind,
            "interest": holder.column,
            "share_low": holder.low,
            "share_high": holder.high,
            "reach": Reach.DIRECT,
            "certain": True,
            "locator": f"{row['file']}:{row['sheet'] or ''}:{row['row']}",
        }
        for row in rows
        if row["owners"] or row["parent"] or row["controller"] or row["operator"]
        for holder in holders(row)
        if (holder_id := named.find(holder.name, row["country"], PartyKind.COMPANY)) != party_of[row["row_id"]]
    ]
    return pa.Table.from_pylist(holdings, schema=HOLDING).sort_by([("locator", "ascending"), ("from_id", "ascending")])


_NO_SHARE: Final = {"share_low": None, "share_high": None}


def _receiver(row: Row, named: Named) -> tuple[str | None, LinkKind]:
    """Return whom a row's supplier delivers to and how; a subcontractor works for its contractor."""
    for column, kind in (("customer", LinkKind.SUPPLIES), ("subcontracts_for", LinkKind.SUBCONTRACTS)):
        if row[column]:
            return named.find(row[column], row["country"], PartyKind.COMPANY), kind
    return (BUYER_ID if row["tier"] is None or row["tier"] <= _FIRST_TIER else None), LinkKind.SUPPLIES


def _link(end: tuple[Any, ...], rows: Sequence[Row]) -> dict[str, Any]:
    giver, receiver, kind, good, product, sector, isic, tier, currency, share = end
    spends = [row["spend"] for row in rows if row["spend"] is not None] if kind in _DELIVERS else []
    return {
        "link_id": content_id(
            "lnk", *("" if part is None else str(part) for part in (*end[:-1], *(end[-1:] if share else ())))
        ),
        "from_id": giver,
        "to_id": receiver,
        "kind": kind,
        "good": good,
        "product": product,
        "sector": sector,
        "isic": isic,
        "tier": tier,
        "share": share,
        "spend": sum(spends, Decimal(0)) if spends else None,
        "currency": currency if spends else None,
        "from_date": None,
        "to_date": None,
        "row_ids": sorted(row["row_id"] for row in rows),
        "evidence_id": None,
    }
