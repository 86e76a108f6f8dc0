"""Turns what the reference pack and the supplier list say of a supplier's place, goods and workforce into evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa

from fairlead.model.ids import BUYER_ID, content_id
from fairlead.model.message import message
from fairlead.model.schemas import EVIDENCE
from fairlead.model.vocabulary import LinkKind, Workforce
from fairlead.risk.cards import Cards, shipped_cards
from fairlead.risk.facts import Fact, ReferenceFacts, ReferenceTables, polarity_of
from fairlead.risk.parameters import Parameters, shipped_parameters
from fairlead.risk.places import RegionFinder, regions_of

#: The source of what the user's own list says; the locator holds the ids of its rows.
SUPPLIER_LIST: Final = "supplier_list"

#: Links that say what a supplier delivers.
DELIVERS: Final = frozenset({LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS})


@dataclass
class _Profile:
    """What the tables say of one party, before the reference pack is asked."""

    countries: set[str] = field(default_factory=set)
    regions: set[tuple[str, str]] = field(default_factory=set)
    goods: dict[str, float] = field(default_factory=dict)  # with the confidence of the classification
    sectors: dict[str, float] = field(default_factory=dict)
    labour_provider: bool = False


def context_evidence(
    parties: pa.Table,
    sites: pa.Table,
    links: pa.Table,
    as_of: date,
    *,
    classification: pa.Table | None = None,
    tables: ReferenceTables | None = None,
    hindsight: bool = False,
) -> pa.Table:
    """Return EVIDENCE rows for what is known of each party's country, region, goods, sectors and workforce.

    A party works where its sites are; where no site has a country, in its own country. `classification` gives
    the confidence with which each row's good and sector were recognised; without it they count with the
    confidence that risk_prior.yaml names. `tables` are the reference tables to use instead of the pack's.
    Facts dated after `as_of` are left out, except that with `hindsight` later editions of the list of goods count
    too, because they report what went on before. The rows are about parties, and come in the order of the parties.
    """
    cards, parameters = shipped_cards(), shipped_parameters()
    tables = tables or ReferenceTables.shipped()
    facts = ReferenceFacts(tables, cards, parameters, as_of, hindsight=hindsight)
    finder = RegionFinder(regions_of(tables.state_imposed, parameters.places), parameters.street_words)
    profiles = _profiles(sites, links, finder, _confidences(classification), parameters)
    rows = _Rows(facts, cards)
    for party in parties.select(["party_id", "kind", "country", "workforce", "identifiers"]).to_pylist():
        if party["party_id"] != BUYER_ID:
            profile = profiles.get(party["party_id"]) or _Profile()
            rows.add_party(_completed(party, profile, parameters), party, profile)
    return rows.table(dict(zip(parties["party_id"].to_pylist(), parties["row_ids"].to_pylist(), strict=True)))


def _completed(party: Mapping[str, Any], profile: _Profile, parameters: Parameters) -> str:
    """Fill in what the party's own row says where its sites and links say nothing; return its id."""
    if not profile.countries and party["country"]:
        profile.countries.add(party["country"])
    if not profile.sectors and party["kind"] in parameters.sector_of_kind:
        profile.sectors[parameters.sector_of_kind[party["kind"]]] = 1.0
    return str(party["party_id"])


def _confidences(classification: pa.Table | None) -> Mapping[tuple[str, str], float]:
    """Return the confidence with which a row was given a good or sector, by row id and good or sector."""
    if classification is None:
        return {}
    found: dict[tuple[str, str], float] = {}
    for row in classification.select(["row_id", "good", "sector", "confidence"]).to_pylist():
        for key in (row["good"], row["sector"]):
            if key and row["confidence"] is not None:
                found[row["row_id"], key] = row["confidence"]
    return found


def _profiles(
    sites: pa.Table,
    links: pa.Table,
    finder: RegionFinder,
    confidences: Mapping[tuple[str, str], float],
    parameters: Parameters,
) -> Mapping[str, _Profile]:
    profiles: defaultdict[str, _Profile] = defaultdict(_Profile)
    for site in sites.select(["party_id", "country", "region", "city", "address"]).to_pylist():
        profile = profiles[site["party_id"]]
        region = finder.find(site["country"], site["region"], site["city"], site["address"])
        if region:
            profile.regions.add(region)
        country = site["country"] or (region and region[0])
        if country:
            profile.countries.add(country)
    default = parameters.classification_confidence
    for link in links.select(["from_id", "to_id", "kind", "good", "sector", "row_ids"]).to_pylist():
        if link["kind"] in DELIVERS and link["from_id"]:
            profile = profiles[link["from_id"]]
            for key, kept in ((link["good"], profile.goods), (link["sector"], profile.sectors)):
                if key:
                    sure = max((confidences.get((row, key), default) for row in link["row_ids"] or ()), default=default)
                    kept[key] = max(sure, kept.get(key, 0.0))
        elif link["kind"] == LinkKind.RECRUITS_FOR and link["to_id"]:
            profiles[link["to_id"]].labour_provider = True
    return profiles


class _Rows:
    """Collects which fact is about which party; each distinct fact is made once."""

    def __init__(self, facts: ReferenceFacts, cards: Cards) -> None:
        self._reference = facts
        self._cards = cards
        self._facts: list[Fact] = []
        self._known: dict[tuple[str, ...], list[int]] = {}
        self._subjects: list[str] = []
        self._of: list[int] = []
        self._confidence: list[float] = []

    def add_party(self, party_id: str, party: Mapping[str, Any], profile: _Profile) -> None:
        """Add every fact about one party."""
        countries = sorted(profile.countries)
        for iso3 in countries:
            self._add(party_id, self._country(iso3))
        for good, sure in sorted(profile.goods.items()):
            for iso3 in countries or [""]:
                self._add(party_id, self._good(good, iso3), sure)
        for iso3, region in sorted(profile.regions):
            self._add(party_id, self._region(iso3, region, ""))
            for good, sure in sorted(profile.goods.items()):
                self._add(party_id, self._region(iso3, region, good), sure)
        for sector, sure in sorted(profile.sectors.items()):
            self._add(party_id, self._sector(sector), sure)
            for iso3 in countries:
                self._add(party_id, self._permits(iso3, sector), sure)
        self._add_own(party_id, party, profile)

    def _add_own(self, party_id: str, party: Mapping[str, Any], profile: _Profile) -> None:
        """Add what the supplier list itself says: the workforce, a labour provider, numbers that fail their check."""
        known = frozenset(Workforce)
        for tag in sorted(set(party["workforce"] or ()) & known):
            self._add(party_id, self._listed(f"workforce_{tag}", {}))
        if profile.labour_provider:
            self._add(party_id, self._listed("labour_provider_used", {}))
        schemes = {each["scheme"] for each in party["identifiers"] or () if each["valid"] is False and each["scheme"]}
        for scheme in sorted(schemes):
            self._add(party_id, self._listed("identifier_invalid", {"scheme": scheme}))

    def _country(self, iso3: str) -> list[int]:
        key = ("country", iso3)
        return self._known[key] if key in self._known else self._keep(key, self._reference.country(iso3))

    def _good(self, good: str, iso3: str) -> list[int]:
        key = ("good", good, iso3)
        return self._known[key] if key in self._known else self._keep(key, self._reference.good(good, iso3 or None))

    def _region(self, iso3: str, region: str, good: str) -> list[int]:
        key = ("region", iso3, region, good)
        if key in self._known:
            return self._known[key]
        return self._keep(key, self._reference.state_imposed(iso3, region=region, good=good))

    def _sector(self, sector: str) -> list[int]:
        key = ("sector", sector)
        return self._known[key] if key in self._known else self._keep(key, [self._reference.sector(sector)])

    def _permits(self, iso3: str, sector: str) -> list[int]:
        key = ("permits", iso3, sector)
        return self._known[key] if key in self._known else self._keep(key, self._reference.permits(iso3, sector))

    def _listed(self, finding: str, values: Mapping[str, str]) -> list[int]:
        key = ("listed", finding, *values.values())
        if key in self._known:
            return self._known[key]
        card = self._cards[finding]
        fact = Fact(
            finding=finding,
            value="|".join(values.values()),
            source_id=SUPPLIER_LIST,
            edition="",
            locator="",
            asserted_by="buyer",
            cluster_key=str(card.group),
            template=card.statement,
            values=values,
            indicator=card.indicators[0] if card.indicators else None,
            polarity=polarity_of(card.levels[""]),
        )
        return self._keep(key, [fact])

    def _keep(self, key: tuple[str, ...], facts: Iterable[Fact]) -> list[int]:
        start = len(self._facts)
        self._facts.extend(facts)
        self._known[key] = list(range(start, len(self._facts)))
        return self._known[key]

    def _add(self, party_id: str, facts: list[int], confidence: float = 1.0) -> None:
        self._subjects.extend([party_id] * len(facts))
        self._of.extend(facts)
        self._confidence.extend([confidence] * len(facts))

    def table(self, row_ids: Mapping[str, list[str] | None]) -> pa.Table:
        """Return the evidence collected; what the supplier list says is located by the ids of the party's rows."""
        facts = self._facts
        locators = [
            ";".join(row_ids.get(subject) or ()) if facts[index].source_id == SUPPLIER_LIST else facts[index].locator
            for subject, index in zip(self._subjects, self._of, strict=True)
        ]
        ids = [
            content_id("evd", subject, fact.finding, fact.value, fact.source_id, fact.edition, locator)
            for subject, fact, locator in zip(
                self._subjects, (facts[index] for index in self._of), locators, strict=True
            )
        ]
        table = _fact_table(facts).take(pa.array(self._of, pa.int64()))
        own = {
            "evidence_id": pa.array(ids, pa.string()),
            "subject_id": pa.array(self._subjects, pa.string()),
            "locator": pa.array(locators, pa.string()),
            "confidence": pa.array(np.array(self._confidence, dtype=np.float64)),
        }
        for name, column in own.items():
            table = table.set_column(EVIDENCE.get_field_index(name), EVIDENCE.field(name), column)
        return table


def _fact_table(facts: list[Fact]) -> pa.Table:
    """Return one row for each distinct fact, in the columns of EVIDENCE; ids and confidence are filled in later."""
    rows = [
        {
            "subject_kind": "party",
            "finding": fact.finding,
            "indicator": fact.indicator,
            "polarity": fact.polarity,
            "value": fact.value,
            "source_id": fact.source_id,
            "edition": fact.edition,
            "asserted_by": fact.asserted_by,
            "event_date": fact.event_date,
            "cluster_key": fact.cluster_key,
            "visibility": "organisation" if fact.source_id == SUPPLIER_LIST else "public",
            "text": message(fact.template, **fact.values).to_arrow(),
        }
        for fact in facts
    ]
    return pa.Table.from_pylist(rows, schema=EVIDENCE)
