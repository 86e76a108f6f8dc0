"""A small chain that is assessed: a spinner of cotton, a cleaner, and somebody of whom nothing is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fairlead.model.ids import content_id
from fairlead.web.assessments.models import Assessment
from fairlead.web.assessments.start import begin
from fairlead.web.evidence.models import Evidence
from fairlead.web.evidence.store import keep_evidence
from fairlead.web.parties.models import Link, Party
from tests.web.conftest import Cast, add_party

AS_OF = date(2026, 11, 26)


@dataclass(frozen=True)
class Chain:
    """The cast with the parties of the ministry's chain."""

    cast: Cast
    spinner: Party
    cleaner: Party
    unknown: Party

    def assess(self, as_of: date = AS_OF, **besides: Any) -> Assessment:
        """Assess, at once as tests do."""
        return begin(self.cast.ministry, as_of=as_of, user=self.cast.alice, **besides)

    def find(self, finding: str = "documents_held", *, of: Party | None = None, **said: Any) -> Evidence:
        """Add a finding about a party."""
        party = of or self.spinner
        row = {
            "evidence_id": content_id("evd", finding, party.uid),
            "subject_kind": "party",
            "subject_id": party.uid,
            "finding": finding,
            "polarity": "supports",
            "source_id": "interviews",
            "edition": "2026-10",
            "asserted_by": "union",
            "event_date": "2026-10-01",
            "confidence": 1.0,
            "visibility": "organisation",
            "text": {"template": "Passports are kept by the employer", "values": []},
            **said,
        }
        [kept] = keep_evidence(
            [row], organisation=self.cast.ministry, party_of={party.uid: party}, user=None, source_title="Interviews"
        )
        return kept


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder of files for one test."""
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.fixture
def chain(cast: Cast) -> Chain:
    """The chain, in the database of one test."""
    ministry = cast.ministry
    spinner = cast.supplier
    Party.objects.filter(pk=spinner.pk).update(country="TKM")
    cleaner = add_party(ministry, "Bright Windows LLP", "pty_3333333333333333", country="KAZ", tier=1)
    unknown = add_party(ministry, "Nobody Knows", "pty_4444444444444444")
    for uid, party, facts in (
        ("lnk_1", spinner, {"good": "cotton", "product": "5205", "sector": "textiles"}),
        ("lnk_2", cleaner, {"sector": "cleaning"}),
    ):
        Link.objects.create(
            organisation=ministry, uid=uid, from_party=party, to_self=True, kind="supplies", tier=1, **facts
        )
    spinner.refresh_from_db()
    return Chain(cast, spinner, cleaner, unknown)
