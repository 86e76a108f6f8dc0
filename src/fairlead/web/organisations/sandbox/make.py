"""Makes a sandbox and fills it with the suppliers of the example case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from simple_history.utils import bulk_create_with_history

from fairlead.model.ids import BUYER_ID
from fairlead.model.progress import Progress
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.jobs.models import Job
from fairlead.web.jobs.run import start
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.forms import free_slug
from fairlead.web.organisations.models import Membership, Organisation
from fairlead.web.parties.models import Link, Party, PartyIdentifier, Site
from fairlead.web.parties.save import derive
from fairlead.web.parties.tables import LINK_COLUMNS

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used: only the worker reads lists)
    from fairlead.resolve import Resolved

#: One list of the example case; everything in it is made up.
LIST: Final = Path(__file__).parent / "upstream-disclosure.csv"
FILL: Final = "sandbox.fill"
_PARTY: Final = ("kind", "name", "names", "country", "workforce")
_SITE: Final = ("kind", "name", "address", "city", "region")
_PLACE: Final = ("country", "latitude", "longitude", "workers")


def make_sandbox(user: User) -> Organisation:
    """Make a sandbox that this person administers, and ask for it to be filled."""
    with transaction.atomic():
        with override(user.language):
            name = _("Sandbox: a ministry's tender")
        organisation = Organisation.objects.create(
            name=name, slug=free_slug("sandbox"), language=user.language, sandbox=True
        )
        Membership.objects.create(organisation=organisation, user=user, role=Role.ADMINISTRATOR)
        record("organisation.made", organisation=organisation, actor=user, detail={"sandbox": True})
        ask_to_fill(organisation, user)
    return organisation


def ask_to_fill(organisation: Organisation, user: User) -> Job:
    """Have the suppliers of the example read into a sandbox, in the background."""
    return start(FILL, organisation.slug, organisation=organisation, user=user)


def fill(job: Job, progress: Progress) -> None:
    """Read the list of the example and keep what it says; where there are parties already, leave all as it is."""
    from fairlead.classify import classify  # noqa: PLC0415
    from fairlead.read import read_suppliers  # noqa: PLC0415
    from fairlead.resolve import resolve  # noqa: PLC0415

    read = read_suppliers([LIST], progress=progress)
    resolved = resolve(read.rows, classify(read.rows), progress=progress)
    progress.start("Storing")
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=job.organisation_id)
        if organisation.sandbox and not Party.objects.filter(organisation=organisation).exists():
            _keep(organisation, resolved)


def _keep(organisation: Organisation, resolved: Resolved) -> None:
    rows = resolved.parties.to_pylist()
    parties = [_party(organisation, row) for row in rows]
    bulk_create_with_history(parties, Party, batch_size=500)
    by_uid = {party.uid: party for party in Party.objects.filter(organisation=organisation)}
    PartyIdentifier.objects.bulk_create(
        PartyIdentifier(party=by_uid[row["party_id"]], **number) for row in rows for number in row["identifiers"]
    )
    sites = [_site(organisation, by_uid, row) for row in resolved.sites.to_pylist()]
    bulk_create_with_history(sites, Site, batch_size=500)
    links = [_link(organisation, by_uid, row) for row in resolved.links.to_pylist()]
    bulk_create_with_history(links, Link, batch_size=500)


def _party(organisation: Organisation, row: dict[str, Any]) -> Party:
    party = Party(organisation=organisation, uid=row["party_id"], **{name: row[name] for name in _PARTY})
    numbers = row["identifiers"]
    derive(party, (number["value"] for number in numbers))
    return party


def _site(organisation: Organisation, parties: dict[str, Party], row: dict[str, Any]) -> Site:
    words = {name: row[name] or "" for name in _SITE}
    party = parties[str(row["party_id"])]
    return Site(
        organisation=organisation, party=party, uid=row["site_id"], **words, **{name: row[name] for name in _PLACE}
    )


def _link(organisation: Organisation, parties: dict[str, Party], row: dict[str, Any]) -> Link:
    to_self = row["to_id"] == BUYER_ID
    return Link(
        organisation=organisation,
        uid=row["link_id"],
        from_party=parties[str(row["from_id"])],
        to_party=None if to_self else parties[str(row["to_id"])],
        to_self=to_self,
        **{name: row[name] for name in LINK_COLUMNS},
    )
