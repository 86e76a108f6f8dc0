"""`python -m benchmarks.workbench.fill --home FOLDER`: a workbench of any size, made up with a fixed seed.

Fills the database of FAIRLEAD_HOME (SQLite) or of FAIRLEAD_DATABASE_URL with one organisation `ministry`, its
administrator, parties, sites, links, evidence and lines of the log. Rows go in by plain bulk inserts, without their
histories. Everything in it is made up. The shape is the one that hurts: one direct supplier in five of all parties, a
few hubs with many thousand links, chains of six tiers, links that run back in rings, and one party that everybody
buys from.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from fairlead.web.organisations.models import Organisation

SLUG: Final = "ministry"
EMAIL: Final = "alice@ministry.example"
PASSWORD: Final = "a quiet harbour at dawn"
_CHUNK: Final = 20_000
_WHEN: Final = "2026-01-31 09:00:00+00:00"
_TIERS: Final = (0.20, 0.30, 0.25, 0.15, 0.10)
#: Bands with how often each is met; null is "no data".
_BANDS: Final = (("very_high", 1), ("high", 4), ("elevated", 12), ("moderate", 25), ("low", 38), (None, 20))
_KINDS: Final = (
    ("supplies", 80), ("subcontracts", 6), ("recruits_for", 7), ("seconds_to", 1),
    ("owns", 3), ("controls", 1), ("operates", 1), ("houses", 1),
)  # fmt: skip
_FINDINGS: Final = ("documents_held", "wages_late", "fees_paid", "overtime_forced", "audit_passed", "on_public_list")
_PLACES: Final = {
    "KAZ": (48, 67), "CHN": (30, 110), "IND": (11, 77), "BGD": (24, 90), "TUR": (40, 29), "VNM": (21, 106),
    "UZB": (40, 71), "MYS": (3, 101), "DEU": (51, 12), "USA": (41, -83), "BRA": (-8, -35),
}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How many rows of each kind."""

    parties: int = 100_000
    links: int = 1_000_000
    evidence: int = 2_000_000
    sites: int = 60_000
    log: int = 50_000


#: For trying the benchmark out.
SMALL: Final = Size(parties=2_000, links=10_000, evidence=20_000, sites=1_000, log=1_000)


def fill(size: Size, *, seed: int = 7) -> None:
    """Fill the database that Django is set up for; it is brought up to date first, and may hold no organisation."""
    from django.core.management import call_command

    from fairlead.web.jobs.table_statistics import gather_statistics
    from fairlead.web.organisations.capabilities import Role
    from fairlead.web.organisations.forms import make_account
    from fairlead.web.organisations.models import Membership, Organisation

    call_command("migrate", interactive=False, verbosity=0)
    if Organisation.objects.exists():
        raise SystemExit("There is an organisation already; fill an empty home.")
    organisation = Organisation.objects.create(name="Ministry of Quiet Waters", slug=SLUG)
    user = make_account(EMAIL, "Alice", PASSWORD, "en")
    Membership.objects.create(organisation=organisation, user=user, role=Role.ADMINISTRATOR)
    rng = random.Random(seed)
    tiers = rng.choices(range(1, 6), _TIERS, k=size.parties)
    _insert("parties.Party", _parties(organisation, tiers, rng))
    _insert("parties.Site", _sites(organisation, size, rng))
    _insert("parties.Link", _links(organisation, tiers, size.links, rng))
    _insert("evidence.Evidence", _evidence(organisation, size, rng))
    _log(organisation, user, size.log)
    gather_statistics()  # as after an import


def _insert(label: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, given by the names of columns, in chunks that are transactions of their own.

    Columns that a row does not name take the defaults of the model.
    """
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection, transaction

    began, count, rows = time.perf_counter(), 0, iter(rows)
    model = apps.get_model(label)
    while chunk := list(islice(rows, _CHUNK)):
        left = {
            field.column: field.get_db_prep_save(field.get_default(), connection)
            for field in model._meta.concrete_fields
            if field.column not in chunk[0] and not field.null
        }
        names = [*chunk[0], *left]
        places = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({places})"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, [(*row.values(), *left.values()) for row in chunk])
        count += len(chunk)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):  # ids were given; later ones go on
            cursor.execute(statement)
    print(f"{label}: {count:,} rows in {time.perf_counter() - began:.0f} s", flush=True)


def _record(organisation: Organisation, prefix: str, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "organisation_id": organisation.pk,
        "uid": f"{prefix}_{number:016x}",
        "state": "live",
        "version": 1,
        "created_at": _WHEN,
        "changed_at": _WHEN,
    }


def _weighted(pairs: Sequence[tuple[Any, int]]) -> tuple[list[Any], list[int]]:
    return [value for value, _ in pairs], [weight for _, weight in pairs]


def _parties(organisation: Organisation, tiers: Sequence[int], rng: random.Random) -> Iterator[dict[str, Any]]:
    from benchmarks.generated_list import FIRST, PLACES, SECOND
    from fairlead.web.parties.models import Party
    from fairlead.web.parties.save import derive

    bands, weights = _weighted(_BANDS)
    order = {band: place for place, band in enumerate(bands)}
    chosen = rng.choices(bands, weights, k=len(tiers))
    ranks = sorted(range(len(tiers)), key=lambda place: (order[chosen[place]], place))
    rank = {place: number for number, place in enumerate(ranks, 1)}
    for place, tier in enumerate(tiers):
        country, city, form = rng.choice(PLACES)
        provider = rng.random() < 0.06
        name = f"{rng.choice(FIRST)} {rng.choice(SECOND)} {city} {place + 1:05d} {form}"
        party = Party(name=name, country=None if rng.random() < 0.03 else country)
        derive(party, (f"{rng.randrange(10**11, 10**12)}",))
        middle = None if chosen[place] is None else round(0.75 - 0.15 * order[chosen[place]], 3)
        yield {
            **_record(organisation, "pty", place + 1),
            "kind": "labour_provider" if provider else "company",
            "name": party.name,
            "names": f'["{party.name}"]',
            "folded": party.folded,
            "legal_form": party.legal_form,
            "country": party.country,
            "workforce": "[]",
            "note": "",
            "search": party.search,
            "contact_email": "",
            "language": "",
            "tier": tier,
            "band": chosen[place],
            "p": middle,
            "p_low": middle and middle / 2,
            "p_high": middle and min(1.0, middle * 1.3),
            "find_out": middle is None,
            "rank": rank[place],
            "assessed": True,
        }


def _sites(organisation: Organisation, size: Size, rng: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, size.sites + 1):
        country = rng.choice(list(_PLACES))
        latitude, longitude = _PLACES[country]
        known = rng.random() < 0.8
        yield {
            **_record(organisation, "sit", number),
            "party_id": rng.randint(1, size.parties),
            "kind": rng.choice(("factory", "mine", "farm", "office", "camp")),
            "name": f"Site {number}",
            "address": "",
            "city": "",
            "region": "",
            "country": country,
            "latitude": latitude + rng.uniform(-2, 2) if known else None,
            "longitude": longitude + rng.uniform(-2, 2) if known else None,
            "workers": rng.randint(5, 2_000),
        }


def _links(
    organisation: Organisation, tiers: Sequence[int], count: int, rng: random.Random
) -> Iterator[dict[str, Any]]:
    """First every direct supplier's link to the organisation, then links to a party one tier nearer to it."""
    by_tier: dict[int, list[int]] = {tier: [] for tier in range(1, 6)}
    for place, tier in enumerate(tiers):
        by_tier[tier].append(place + 1)
    goods = [row["good"] for row in _goods()]
    kinds, weights = _weighted(_KINDS)
    for number in range(1, count + 1):
        row = _record(organisation, "lnk", number)
        direct = number <= len(by_tier[1])
        giver = by_tier[1][number - 1] if direct else rng.randint(1, len(tiers))
        receiver = None if direct else _receiver(giver, tiers, by_tier, rng)
        kind = "supplies" if direct else rng.choices(kinds, weights)[0]
        spent = rng.random() < 0.4
        yield {
            **row,
            "from_party_id": giver,
            "to_party_id": receiver,
            "to_self": direct,
            "kind": kind,
            "good": rng.choice(goods) if kind in ("supplies", "subcontracts") else None,
            "tier": 1 if direct else tiers[giver - 1],
            "share": round(rng.random() ** 3, 3) if rng.random() < 0.5 else None,
            "spend": f"{rng.randrange(1_000, 5_000_000)}.0000" if spent else None,
            "currency": "USD" if spent else None,
            "from_date": f"{rng.randint(2015, 2025)}",
        }


def _receiver(giver: int, tiers: Sequence[int], by_tier: dict[int, list[int]], rng: random.Random) -> int:
    """One link in ten leads to a hub, one in a hundred runs back and closes a ring, a few lead to the giver itself."""
    tier, draw = tiers[giver - 1], rng.random()
    if draw < 0.0001:
        return giver
    nearer = by_tier[min(5, tier + 1) if draw < 0.01 else max(1, tier - 1)]
    if draw > 0.9:
        return nearer[int(len(nearer) * rng.random() ** 40)]
    return rng.choice(nearer)


def _goods() -> Sequence[dict[str, str]]:
    from fairlead.reference import load_csv

    return [dict(row) for row in load_csv("goods")]


def _evidence(organisation: Organisation, size: Size, rng: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, size.evidence + 1):
        party = rng.randint(1, size.parties)
        finding = rng.choice(_FINDINGS)
        yield {
            **_record(organisation, "evd", number),
            "party_id": party,
            "subject_kind": "party",
            "subject_uid": f"pty_{party:016x}",
            "finding": finding,
            "polarity": "mitigates" if finding == "audit_passed" else "supports",
            "source_id": "made_up",
            "source_title": "A made-up source",
            "edition": "2026-01",
            "locator": f"row {number}",
            "asserted_by": rng.choice(("auditor", "union", "press", "self", "public_list")),
            "event_date": f"{rng.randint(2018, 2025)}-{rng.randint(1, 12):02d}",
            "confidence": 0.8,
            "visibility": "restricted" if rng.random() < 0.02 else "organisation",
            "text": '{"template": "{name} was reported.", "values": {"name": "Something"}}',
            "withdrawn_because": "",
        }


def _log(organisation: Organisation, user: Any, count: int) -> None:
    from datetime import UTC, datetime

    from django.db import transaction

    from fairlead.web.audit.chain import record

    at = datetime(2026, 1, 31, tzinfo=UTC)
    for start in range(0, count, 1_000):
        with transaction.atomic():
            for number in range(start, min(count, start + 1_000)):
                subject = f"pty_{number + 1:016x}"
                record("party.changed", organisation=organisation, actor=user, subject=subject, at=at)
    print(f"audit.AuditEntry: {count:,} rows", flush=True)


def set_up(home: Path) -> None:
    """Set Django up for a home folder."""
    os.environ["FAIRLEAD_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.web.site.settings")
    import django

    django.setup()


def main() -> None:
    """Fill a home as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbench.fill", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="an empty folder, which becomes FAIRLEAD_HOME")
    for name in ("parties", "links", "evidence", "sites", "log"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size, name))
    parser.add_argument("--small", action="store_true", help="few rows of each kind, for trying the benchmarks out")
    arguments = parser.parse_args()
    size = (
        SMALL
        if arguments.small
        else Size(arguments.parties, arguments.links, arguments.evidence, arguments.sites, arguments.log)
    )
    arguments.home.mkdir(parents=True, exist_ok=True)
    set_up(arguments.home)
    fill(size)
    print(f"{size.parties:,} parties, {size.links:,} links, {size.evidence:,} rows of evidence")


if __name__ == "__main__":
    main()
