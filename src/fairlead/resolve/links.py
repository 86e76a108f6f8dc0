"""Who supplies, recruits for and owns whom, as the list says; parties that are only named in a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from fairlead.model.ids import BUYER_ID, content_id
from fairlead.model.schemas import LINK
from fairlead.model.vocabulary import LinkKind, PartyKind
from fairlead.resolve.normalise import split_legal_form
from fairlead.resolve.parties import Row

_FIRST_TIER: Final = 1


@dataclass(frozen=True)
class Named:
    """The parties that the list's rows became, and the ones that are only named in a column of it."""

    known: Mapping[tuple[str, str], str]  # folded name and legal form -> party id, where only one party has it
    added: dict[str, dict[str, Any]]  # party id -> row of PARTY

    def find(self, name: str, country: str | None, kind: PartyKind) -> str:
        """Return the id of the party of this name: the list's own where exactly one has it, else an added one.

        The name must be the same with its legal form; a name in a column says nothing else, so nothing
        less will do. `country` is that of the row; it settles the legal form and is taken for a labour
        provider's own. An added party has no rows of its own: its links say which rows name it.
        """
        split = split_legal_form(name, country)
        key = (split.folded, split.legal_form or "")
        if split.usable and key in self.known:
            return self.known[key]
        place = country if kind is PartyKind.LABOUR_PROVIDER else None
        party_id = content_id("pty", "named", *key, place or "")
        row = self.added.setdefault(party_id, _named_party(party_id, name, split.folded, split.legal_form, place))
        row["kind"] = kind if kind is PartyKind.LABOUR_PROVIDER else row["kind"]
        row["names"] = sorted({*row["names"], name})
        row["name"] = min(row["names"], key=lambda one: (-len(one), one))
        return party_id


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
    """Make the parties of the list findable by name and legal form, where only one has them."""
    found: dict[tuple[str, str], set[str]] = {}
    for party in parties:
        for name in party["names"]:
            split = split_legal_form(name, party["country"])
            if split.usable:
                found.setdefault((split.folded, split.legal_form or ""), set()).add(party["party_id"])
    return Named({key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}, {})


def link_table(
    rows: Iterable[Row], party_of: Mapping[str, str], classified: Mapping[str, Row], named: Named
) -> pa.Table:
    """Return the links that the rows say, one per pair of parties, kind, good, sector, tier and currency.

    `party_of` gives the party of each row id, `classified` its row of CLASSIFICATION. Spend is added up.
    A supplier of the second tier or beyond whose customer is not named gets a link without an end.
    """
    gathered: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        party, country, row_id = party_of[row["row_id"]], row["country"], row["row_id"]
        code = classified.get(row_id, {})
        codes = (code.get("good"), code.get("hs"), code.get("sector"), code.get("isic"))
        ends = [(party, _customer(row, named), LinkKind.SUPPLIES, *codes, row["tier"], row["currency"])]
        if row["labour_provider"]:
            provider = named.find(row["labour_provider"], country, PartyKind.LABOUR_PROVIDER)
            ends.append((provider, party, LinkKind.RECRUITS_FOR, *_NO_CODES))
        if row["parent"]:
            parent = named.find(row["parent"], country, PartyKind.COMPANY)
            ends.append((parent, party, LinkKind.OWNS, *_NO_CODES))
        for end in ends:
            if end[0] != end[1]:
                gathered.setdefault(end, []).append(row)
    links = [_link(end, said) for end, said in gathered.items()]
    return pa.Table.from_pylist(sorted(links, key=lambda link: str(link["link_id"])), schema=LINK)


_NO_CODES: Final = (None, None, None, None, None, None)


def _customer(row: Row, named: Named) -> str | None:
    if row["customer"]:
        return named.find(row["customer"], row["country"], PartyKind.COMPANY)
    return BUYER_ID if row["tier"] is None or row["tier"] <= _FIRST_TIER else None


def _link(end: tuple[Any, ...], rows: Sequence[Row]) -> dict[str, Any]:
    giver, receiver, kind, good, product, sector, isic, tier, currency = end
    spends = [row["spend"] for row in rows if row["spend"] is not None] if kind is LinkKind.SUPPLIES else []
    return {
        "link_id": content_id("lnk", *("" if part is None else str(part) for part in end)),
        "from_id": giver,
        "to_id": receiver,
        "kind": kind,
        "good": good,
        "product": product,
        "sector": sector,
        "isic": isic,
        "tier": tier,
        "share": None,
        "spend": sum(spends, Decimal(0)) if spends else None,
        "currency": currency if spends else None,
        "from_date": None,
        "to_date": None,
        "row_ids": sorted(row["row_id"] for row in rows),
        "evidence_id": None,
    }
