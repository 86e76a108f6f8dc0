"""One party as it stands beside another: its facts and how much hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from fairlead.web.evidence.models import Evidence
from fairlead.web.parties.models import Link, Party, PartyIdentifier, RecordState, Site, SourceRow


@dataclass
class Side:
    """A party with its numbers, places and sources, and counts of what hangs on it."""

    party: Party
    numbers: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    links: int = 0
    evidence: int = 0


def sides(parties: Sequence[Party]) -> list[Side]:
    """Return the parties as sides, with the same number of queries however many there are."""
    found = {party.pk: Side(party) for party in parties}
    ids = list(found)
    for one in PartyIdentifier.objects.filter(party__in=ids).order_by("scheme", "value"):
        found[one.party_id].numbers.append(str(one))
    for site in Site.objects.filter(party__in=ids, state=RecordState.LIVE).order_by("pk"):
        parts = (site.name, site.address, site.city, site.region)
        found[site.party_id].places.append(", ".join(part for part in parts if part) or str(site))
    for row in SourceRow.objects.filter(party__in=ids).order_by("pk").only("party_id", "file", "sheet", "row"):
        found[row.party_id].files.append(":".join(part for part in (row.file, row.sheet, str(row.row)) if part))
    for key in ("from_party", "to_party"):
        counted = Link.live.filter(**{f"{key}__in": ids}).order_by().values(key).annotate(n=Count("pk"))
        for one_link in counted:
            found[one_link[key]].links += one_link["n"]
    for counted_row in Evidence.live.filter(party__in=ids).order_by().values("party").annotate(n=Count("pk")):
        found[counted_row["party"]].evidence = counted_row["n"]
    return [found[party.pk] for party in parties]
