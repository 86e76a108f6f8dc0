"""What an organisation does with a questionnaire besides sending it: make, change, cancel, send back, accept, copy.

Each step is possible in some states only, and raises Refused in the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party
from fairlead.web.questionnaires.accepting import accept, party_now, undo
from fairlead.web.questionnaires.asking import change_questions, make
from fairlead.web.questionnaires.models import WITH_SUPPLIER, Questionnaire, State, SupplierLink
from fairlead.web.questionnaires.send import Refused
from fairlead.web.questionnaires.tokens import make_link, newest_link, revoke_links
from fairlead.web.records.change import change
from fairlead.web.standards.keep import newest_kept, standard_of

#: In these states there is a link by which the supplier reads or writes.
WITH_LINK = (*WITH_SUPPLIER, State.SUBMITTED, State.ACCEPTED)


def make_drafts(
    parties: Sequence[Party], organisation: Organisation, user: User, asked: Mapping[str, Any]
) -> list[Questionnaire]:
    """Make a draft for each party from the version that is asked with; `asked` are the values of a valid `AskForm`."""
    with transaction.atomic():
        made = make(parties, newest_kept(organisation, user), organisation=organisation, user=user, **asked)
        for one in made:
            _record(one, user, "made", questions=one.asked_count)
    return made


def change_settings(one: Questionnaire, user: User, values: Mapping[str, Any], *, seen: int) -> None:
    """Change the address, the day, the language, the greeting. Raises Refused and ChangedMeanwhile."""
    check_state(one, State.DRAFT, *WITH_SUPPLIER)
    _change(one, user, values, seen, "changed")


def set_questions(one: Questionnaire, user: User, add: Iterable[str], remove: Iterable[str], *, seen: int) -> None:
    """Put questions in or take them out; those of the legal minimum stay.

    Raises BelowLegalMinimum, AdaptationError, Refused and ChangedMeanwhile.
    """
    check_state(one, State.DRAFT)
    _change(one, user, change_questions(one, add, remove), seen, "questions_changed")


def renew_link(one: Questionnaire, user: User) -> SupplierLink:
    """Make a new link, which is to be sent; the older ones no longer open anything. Raises Refused."""
    check_state(one, *WITH_LINK)
    with transaction.atomic():
        revoke_links(one)
        link = make_link(one)
        _record(one, user, "link_renewed")
    return link


def take_links_back(one: Questionnaire, user: User) -> None:
    """Take the links back; what was answered is kept. Raises Refused."""
    check_state(one, *WITH_LINK)
    with transaction.atomic():
        revoke_links(one)
        _record(one, user, "link_revoked")


def cancel(one: Questionnaire, user: User, *, seen: int) -> None:
    """Cancel a questionnaire; answers stay on record and count for nothing. Raises Refused and ChangedMeanwhile."""
    check_state(one, State.DRAFT, *WITH_SUPPLIER, State.SUBMITTED)
    _change(one, user, {"state": State.CANCELLED}, seen, "cancelled")


def return_answers(one: Questionnaire, user: User, remarks: str, *, seen: int) -> SupplierLink:
    """Give answers back with remarks, so that the supplier can change them; return the link that is to be sent.

    Raises Refused and ChangedMeanwhile.
    """
    check_state(one, State.SUBMITTED)
    with transaction.atomic():
        change(one, {"state": State.RETURNED, "remarks": remarks, "reminded_at": timezone.now()}, seen=seen)
        link = newest_link(one)
        if link is None or not link.holds:
            link = make_link(one)
        _record(one, user, "returned")
    return link


def accept_answers(one: Questionnaire, user: User, *, seen: int) -> int:
    """Take the answers into the evidence; return how many rows they became. Raises Refused and ChangedMeanwhile."""
    check_state(one, State.SUBMITTED)
    return accept(one, user, seen=seen)


def undo_acceptance(one: Questionnaire, user: User, *, seen: int) -> None:
    """Take the answers out of the evidence again. Raises Refused and ChangedMeanwhile."""
    check_state(one, State.ACCEPTED)
    undo(one, user, seen=seen)


def copy_for_next_year(one: Questionnaire, user: User) -> Questionnaire:
    """Make a draft for the next year: what would be asked today, and what was asked then."""
    try:
        day = one.due_on.replace(year=one.due_on.year + 1)
    except ValueError:  # 29 February
        day = one.due_on.replace(year=one.due_on.year + 1, day=28)
    with transaction.atomic():
        version = newest_kept(one.organisation, user)
        made = make(
            [party_now(one)],
            version,
            organisation=one.organisation,
            user=user,
            due_on=max(day, timezone.localdate()),
            language=one.language,
            greeting=one.greeting,
            reminders=one.reminders,
        )[0]
        known = standard_of(version).questions
        values = change_questions(made, [key for key in one.keys if key in known], [])
        change(made, {**values, "copied_from": one, "email": made.email or one.email}, seen=made.version)
        _record(made, user, "copied", of=one.pk)
    return made


def check_state(one: Questionnaire, *states: State) -> None:
    """Raise Refused where a questionnaire is in none of the states."""
    if one.state not in states:
        raise Refused(_("That cannot be done in this state. Look at what has changed."))


def _change(one: Questionnaire, user: User, values: Mapping[str, Any], seen: int, action: str) -> None:
    with transaction.atomic():
        change(one, values, seen=seen)
        _record(one, user, action, fields=sorted(values))


def _record(one: Questionnaire, user: User, action: str, **detail: Any) -> None:
    record(
        f"questionnaire.{action}",
        organisation=one.organisation,
        actor=user,
        subject=f"questionnaire {one.pk}",
        detail=detail,
    )
