"""Adds, corrects and withdraws what hangs on a party: numbers, sites, links, labels. For the pages and for the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fairlead.errors import LinkError
from fairlead.read.identifier import Identifier
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.parties.models import (
    Label,
    Labelling,
    Link,
    Party,
    PartyIdentifier,
    Record,
    RecordState,
    Site,
)
from fairlead.web.parties.save import derive, new_uid
from fairlead.web.records.change import change

_LONGEST_LABEL: Final = 40

Kept = TypeVar("Kept", bound=Record)

_NAMES = {"party": Party, "site": Site, "link": Link}


def add_site(party: Party, user: User, values: Mapping[str, Any]) -> Site:
    """Add a site to a party; `values` are those of a valid `SiteForm`."""
    with transaction.atomic():
        site = Site.objects.create(organisation=party.organisation, uid=new_uid("sit"), party=party, **values)
        _told("site.added", site, user, party=party.uid)
    return site


def add_link(organisation_party: Party, user: User, values: Mapping[str, Any]) -> Link:
    """Add a link; `values` are those of a valid `LinkForm`. Raises LinkError where a party would supply itself."""
    check_ends(values)
    with transaction.atomic():
        link = Link.objects.create(organisation=organisation_party.organisation, uid=new_uid("lnk"), **values)
        _told("link.added", link, user, kind=link.kind)
    return link


def correct(record_: Kept, user: User, values: Mapping[str, Any], *, seen: int) -> Kept:
    """Correct a site or link and return it as it is afterwards.

    Raises ChangedMeanwhile where it no longer has the version `seen`, LinkError where a party would supply itself.
    """
    if isinstance(record_, Link):
        check_ends({"from_party": record_.from_party, "to_party": record_.to_party, **values})
    with transaction.atomic():
        after = change(record_, values, seen=seen)
        if after.version != seen:
            _told(f"{_name(record_)}.changed", record_, user, version=after.version)
    return after


def withdraw(record_: Kept, user: User) -> None:
    """Take a party, site or link out of use; it stays in the history and can be taken back."""
    _set_state(record_, RecordState.LIVE, RecordState.WITHDRAWN, user, "withdrawn")


def take_back(record_: Kept, user: User) -> None:
    """Put a party, site or link that was withdrawn into use again."""
    _set_state(record_, RecordState.WITHDRAWN, RecordState.LIVE, user, "taken_back")


def _set_state(record_: Kept, wanted: RecordState, state: RecordState, user: User, told: str) -> None:
    with transaction.atomic():
        current = type(record_)._default_manager.select_for_update().get(pk=record_.pk)
        if current.state == wanted:
            change(current, {"state": state}, seen=current.version)
            _told(f"{_name(record_)}.{told}", record_, user)


def check_ends(values: Mapping[str, Any]) -> None:
    """Raise LinkError where both ends of a link are the same party."""
    if values.get("to_party") is not None and values["from_party"].pk == values["to_party"].pk:
        raise LinkError(
            _("A link needs two parties, and both ends of this one are %(name)s.") % {"name": values["from_party"]},
            do=_("Choose another party for one of the ends."),
        )


def add_identifier(party: Party, user: User, read: Identifier) -> bool:
    """Add a number to a party; return False where the party has it already."""
    with transaction.atomic():
        _, made = PartyIdentifier.objects.get_or_create(
            party=party, scheme=read.scheme, value=read.value, defaults={"valid": read.valid}
        )
        if made:
            _numbers_changed(party)
            _told("identifier.added", party, user, scheme=read.scheme)
    return made


def remove_identifier(identifier: PartyIdentifier, user: User) -> None:
    """Take a number away from its party."""
    party, scheme = identifier.party, identifier.scheme
    with transaction.atomic():
        identifier.delete()
        _numbers_changed(party)
        _told("identifier.removed", party, user, scheme=scheme)


def put_identifier_back(party: Party, user: User, scheme: str, value: str, valid: bool | None) -> None:
    """Give a party back a number that was taken away."""
    add_identifier(party, user, Identifier(scheme, value, valid))


def _numbers_changed(party: Party) -> None:
    """Keep the search text of a party in step with its numbers; that is no change of its facts."""
    current = Party.objects.select_for_update().get(pk=party.pk)
    derive(current, current.identifiers.values_list("value", flat=True))
    Party.objects.filter(pk=party.pk).update(search=current.search)


def add_label(party: Party, user: User, name: str) -> Label:
    """Give a party a label, which is made where there is none of the name."""
    with transaction.atomic():
        label, _made = Label.objects.get_or_create(organisation=party.organisation, name=name)
        _labelling, made = Labelling.objects.get_or_create(label=label, party=party)
        if made:
            _told("label.given", party, user, label=label.pk)
    return label


def remove_label(party: Party, user: User, label: Label) -> None:
    """Take a label from a party."""
    with transaction.atomic():
        gone, _by_model = Labelling.objects.filter(label=label, party=party).delete()
        if gone:
            _told("label.taken", party, user, label=label.pk)


def label_name(text: str) -> str:
    """Return what was typed as the name of a label: single spaces, at most 40 letters."""
    return " ".join(text.split())[:_LONGEST_LABEL]


def rename_label(label: Label, name: str, user: User) -> None:
    """Give a label another name. Raises ValidationError for none, or one that another label has."""
    others = Label.objects.filter(organisation=label.organisation, name=name).exclude(pk=label.pk)
    if not name or others.exists():
        raise ValidationError(_("A label needs a name that no other label has."))
    with transaction.atomic():
        Label.objects.filter(pk=label.pk).update(name=name)
        record("label.renamed", organisation=label.organisation, actor=user, subject=str(label.pk))


def drop_label(label: Label, user: User) -> None:
    """Take a label away, from every party that has it."""
    with transaction.atomic():
        detail = {"parties": label.labellings.count()}
        record("label.dropped", organisation=label.organisation, actor=user, subject=str(label.pk), detail=detail)
        label.delete()


def _name(record_: Record) -> str:
    return next(name for name, model in _NAMES.items() if isinstance(record_, model))


def _told(action: str, subject: Record, user: User, **detail: Any) -> None:
    record(action, organisation=subject.organisation, actor=user, subject=subject.uid, detail=detail)
