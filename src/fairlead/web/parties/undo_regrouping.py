"""Undoes a merge or a split; where later work stands in the way, it says so first."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairlead.errors import LaterWork, RegroupingError
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.parties.judgements import take_back
from fairlead.web.parties.merge import withdraw_between
from fairlead.web.parties.models import Link, Party, RecordState, Regrouping, RegroupingKind
from fairlead.web.parties.moving import gone_elsewhere, move_all, move_back, moving, save_all
from fairlead.web.parties.save import derive

#: Follow from the others and are told with them.
_DERIVED = frozenset({"folded", "legal_form", "search"})


def undo(regrouping: Regrouping, *, user: User, all_the_same: bool = False) -> None:
    """Undo a merge or split. Raises LaterWork where later work would stay as it is, unless `all_the_same`.

    Raises RegroupingError where it was undone already, or the parties were regrouped since: undo that first.
    """
    with transaction.atomic():
        regrouping = Regrouping.objects.select_for_update().get(pk=regrouping.pk)
        ids = [regrouping.kept_id, *regrouping.others]
        parties = {party.pk: party for party in Party.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
        _check(regrouping, parties)
        conflicts = conflicts_of(regrouping, parties)
        if conflicts and not all_the_same:
            raise LaterWork(
                _("Later work stands in the way."),
                tuple(conflicts),
                do=_("Look at it, and undo all the same if you want."),
            )
        (_undo_merge if regrouping.kind == RegroupingKind.MERGE else _undo_split)(regrouping, parties, user)
        take_back(regrouping.organisation, regrouping.judgements, user=user)
        regrouping.undone_at, regrouping.undone_by = timezone.now(), user
        regrouping.save(update_fields=["undone_at", "undone_by"])
        record(
            f"party.{regrouping.kind}.undone",
            organisation=regrouping.organisation,
            actor=user,
            subject=parties[regrouping.kept_id].uid,
            detail={"conflicts": len(conflicts)},
        )


def conflicts_of(regrouping: Regrouping, parties: dict[int, Party]) -> list[str]:
    """Return in words what later work undoing would leave as it is, or take along."""
    kept = parties[regrouping.kept_id]
    found = [
        _("“%(field)s” of %(name)s was changed since; it stays as it is now.")
        % {"field": title(name), "name": kept.name}
        for name, value in regrouping.after.items()
        if name not in _DERIVED and getattr(kept, name) != value
    ]
    gone = gone_elsewhere(regrouping.moved)
    if gone:
        found.append(
            ngettext(
                "%(n)s thing that was moved has been moved on or taken away since; it stays where it is.",
                "%(n)s things that were moved have been moved on or taken away since; they stay where they are.",
                gone,
            )
            % {"n": gone}
        )
    if regrouping.kind == RegroupingKind.SPLIT:
        new = parties[regrouping.others[0]]
        added = _rows_of(new) - sum(map(len, regrouping.moved.values())) + gone
        if added > 0:
            found.append(
                ngettext(
                    "%(n)s thing was added to %(name)s since; it goes to %(kept)s as well.",
                    "%(n)s things were added to %(name)s since; they go to %(kept)s as well.",
                    added,
                )
                % {"n": added, "name": new.name, "kept": kept.name}
            )
    changed = Link.objects.filter(pk__in=regrouping.withdrawn).exclude(state=RecordState.WITHDRAWN).count()
    if changed:
        found.append(
            ngettext(
                "%(n)s link that was withdrawn is in use again; it stays so.",
                "%(n)s links that were withdrawn are in use again; they stay so.",
                changed,
            )
            % {"n": changed}
        )
    return found


def title(name: str) -> Any:
    """Return what a fact of a party is called."""
    field: Any = Party._meta.get_field(name)
    return field.verbose_name


def _check(regrouping: Regrouping, parties: dict[int, Party]) -> None:
    if regrouping.undone_at is not None:
        raise RegroupingError(_("This was undone already."), do=_("Open the party again."))
    kept = parties[regrouping.kept_id]
    others = [parties[pk] for pk in regrouping.others]
    if kept.state != RecordState.LIVE:
        raise RegroupingError(
            _("%(name)s is not in use: it was merged into another party or withdrawn since.") % {"name": kept.name},
            do=_("Undo that first."),
        )
    for other in others:
        merged = regrouping.kind == RegroupingKind.MERGE
        as_left = (
            (other.state == RecordState.MERGED and other.merged_into_id == kept.pk)
            if merged
            else other.state == RecordState.LIVE
        )
        if not as_left:
            raise RegroupingError(
                _("%(name)s was merged, split or withdrawn since.") % {"name": other.name}, do=_("Undo that first.")
            )


def _undo_merge(regrouping: Regrouping, parties: dict[int, Party], user: User) -> None:
    reason = _("merge undone")
    move_back(regrouping.moved, parties, user=user, why=reason)
    links = list(Link.objects.filter(pk__in=regrouping.withdrawn, state=RecordState.WITHDRAWN).order_by("pk"))
    for link in links:
        link.state = RecordState.LIVE
    save_all(links, Link, ("state",), user=user, why=reason)
    others = [parties[pk] for pk in regrouping.others]
    for other in others:
        other.state, other.merged_into = RecordState.LIVE, None
    save_all(others, Party, ("state", "merged_into"), user=user, why=reason)
    _values_back(regrouping, parties[regrouping.kept_id], user, reason)


def _undo_split(regrouping: Regrouping, parties: dict[int, Party], user: User) -> None:
    reason = _("split undone")
    kept, new = parties[regrouping.kept_id], parties[regrouping.others[0]]
    move_back(regrouping.moved, {kept.pk: kept}, user=user, why=reason)
    withdraw_between([kept, new], user=user, why=reason)
    move_all(new, kept, user=user, why=reason)
    new.state = RecordState.WITHDRAWN
    save_all([new], Party, ("state",), user=user, why=reason)
    _values_back(regrouping, kept, user, reason)


def _values_back(regrouping: Regrouping, kept: Party, user: User, reason: str) -> None:
    """Give the kept party the values back that nobody has changed since."""
    names = [name for name, value in regrouping.after.items() if getattr(kept, name) == value]
    for name in names:
        setattr(kept, name, regrouping.before[name])
    if not set(regrouping.after) <= set(names):  # what follows from the facts follows from those of now
        derive(kept, kept.identifiers.values_list("value", flat=True))
        names += ["names", *_DERIVED]
    save_all([kept], Party, dict.fromkeys(names), user=user, why=reason)


def _rows_of(party: Party) -> int:
    """Return how many rows of all features hang on a party."""
    return sum(model._default_manager.filter(**{field: party}).count() for _label, model, field in moving())
