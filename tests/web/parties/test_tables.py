"""What the database keeps comes back as the engine's tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairlead.model.ids import BUYER_ID
from fairlead.web.evidence.store import counting, evidence_table, keep_evidence
from fairlead.web.parties.models import Link, PartyIdentifier, Site
from fairlead.web.parties.tables import link_table, party_table, site_table
from tests.web.conftest import Cast, add_party


def test_parties_come_with_their_numbers_and_only_those_of_the_organisation(cast: Cast) -> None:
    PartyIdentifier.objects.create(party=cast.supplier, scheme="KZ-BIN", value="123456789012", valid=None)
    add_party(cast.port, "Somebody else's supplier", "pty_2222222222222222")
    [party] = party_table(cast.ministry).to_pylist()
    assert party["party_id"] == cast.supplier.uid
    assert party["identifiers"] == [{"scheme": "KZ-BIN", "value": "123456789012", "valid": None}]
    assert party["folded"] == "blue heron textiles"


def test_a_site_without_a_fact_has_null_there(cast: Cast) -> None:
    Site.objects.create(organisation=cast.ministry, uid="sit_1", party=cast.supplier, city="Aktau")
    [site] = site_table(cast.ministry).to_pylist()
    assert (site["city"], site["address"], site["workers"]) == ("Aktau", None, None)


def test_a_link_to_the_organisation_ends_at_the_buyer(cast: Cast) -> None:
    Link.objects.create(
        organisation=cast.ministry,
        uid="lnk_1",
        from_party=cast.supplier,
        to_self=True,
        kind="supplies",
        spend=Decimal("12.50"),
        currency="KZT",
    )
    [link] = link_table(cast.ministry).to_pylist()
    assert (link["to_id"], link["spend"], link["share"]) == (BUYER_ID, Decimal("12.5000"), None)


def test_evidence_comes_back_as_it_was_kept_and_is_kept_once(cast: Cast) -> None:
    row = {
        "evidence_id": "evd_1",
        "subject_kind": "party",
        "subject_id": cast.supplier.uid,
        "finding": "documents_held",
        "indicator": "retention_of_identity_documents",
        "polarity": "supports",
        "source_id": "fairlead",
        "asserted_by": "union",
        "event_date": "2026-03",
        "confidence": 0.9,
        "visibility": "organisation",
        "text": {"template": "{name} said so.", "values": [("name", "The union")]},
    }
    for _ in range(2):
        keep_evidence([row], organisation=cast.ministry, party_of={cast.supplier.uid: cast.supplier}, user=None)
    [kept] = evidence_table(counting(cast.ministry, date(2026, 11, 26))).to_pylist()
    assert {name: kept[name] for name in row} == row
