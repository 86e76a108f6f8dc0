"""An organisation's own version of the standard: the base and a list of changes, never below the legal minimum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import yaml

from fairlead.errors import AdaptationError, BelowLegalMinimum, Where
from fairlead.model.message import message
from fairlead.risk.cards import Cards, shipped_cards
from fairlead.standard.entry import Entry
from fairlead.standard.load import ProvisionReader
from fairlead.standard.provisions import Level, Provision, Standard


class ChangeKind(StrEnum):
    """What a change does, in the order in which changes are made, whatever their order in the file."""

    ADD = "add"
    REWORD = "reword"
    RAISE = "raise"
    REMOVE = "remove"
    REMOVE_QUESTION = "remove_question"


@dataclass(frozen=True)
class Change:
    """One change. `target` is a provision's key or, of remove_question, a question's; `fields` as the file has them."""

    kind: ChangeKind
    target: str
    fields: Mapping[str, Any]
    file: str = ""

    @property
    def where(self) -> Where:
        """The file that the change stands in."""
        return Where(file=self.file or None)


#: What a rewording may say anew. The legal minimum stays as it is; `own_words` stands beside it.
REWORDED: Final = ("title", "good_practice", "own_words")

_FIELDS: Final = {
    ChangeKind.ADD: ("add", "provision"),
    ChangeKind.REWORD: ("reword", *REWORDED),
    ChangeKind.RAISE: ("raise",),
    ChangeKind.REMOVE: ("remove", "reason"),
    ChangeKind.REMOVE_QUESTION: ("remove_question", "reason"),
}


def read_changes(path: Path) -> tuple[str, tuple[Change, ...]]:
    """Return the name of an organisation's version and its changes, from a YAML file.

    Raises AdaptationError where the file is not there, not YAML, or a change is malformed.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise AdaptationError(
            message("The changes cannot be read: the file is not there, or not UTF-8."), where=Where(file=path.name)
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise AdaptationError(
            message(
                "The changes are not YAML: {reason:term}.",
                reason=getattr(error, "problem", None) or message("it breaks off").template,
            ),
            where=Where(file=path.name, row=mark.line + 1 if mark else None),
            do=message(
                "Compare the line with its neighbours; a text with a comma or a question mark may need quotation marks."
            ),
        ) from error
    return changes_from(content, path.name)


def changes_from(content: Any, file: str) -> tuple[str, tuple[Change, ...]]:
    """Return the name of a version and its changes from the content of a file.

    Raises BelowLegalMinimum for a change that would reword the legal minimum, AdaptationError for what is malformed.
    """
    entry = Entry(content, file, message("The adaptation").template, ("name", "changes"), AdaptationError)
    return entry.text("name"), tuple(_change(change, entry) for change in entry.items("changes"))


def _change(content: Any, entry: Entry) -> Change:
    kinds = [kind for kind in ChangeKind if isinstance(content, Mapping) and kind in content]
    if len(kinds) != 1:
        raise entry.wrong("changes", message("holds a change that is not one of {kinds}.", kinds=", ".join(ChangeKind)))
    kind = kinds[0]
    target = str(content[kind])
    if kind is ChangeKind.REWORD and "legal_minimum" in content:
        raise BelowLegalMinimum(
            message("The legal minimum of “{target}” cannot be worded anew.", target=target),
            where=Where(file=entry.file),
            do=message("Say it in own_words, which stand beside it."),
        )
    place = message("The change to").template
    one = Entry(content, entry.file, place, _FIELDS[kind], AdaptationError, name=target)
    one.key(kind)
    fields = {name: content[name] for name in _FIELDS[kind][1:] if name in content}
    if kind in (ChangeKind.REMOVE, ChangeKind.REMOVE_QUESTION):
        one.text("reason")
    if kind is ChangeKind.ADD and not isinstance(fields.get("provision"), Mapping):
        raise one.wrong("provision", message("must have the fields of a provision."))
    if kind is ChangeKind.REWORD:
        if not fields:
            raise one.wrong("reword", message("needs one of {fields}.", fields=", ".join(REWORDED)))
        for name in fields:
            one.text(name)
    return Change(kind, target, fields, entry.file)


def adapt(standard: Standard, name: str, changes: tuple[Change, ...], *, cards: Cards | None = None) -> Standard:
    """Return an organisation's version of a standard; its `version` is the name with the hash of all it holds.

    The order of the changes makes no difference. Raises BelowLegalMinimum where a change would take away a provision of
    the legal minimum or the last question about one, AdaptationError where it names what is not there, leaves a
    question without the one it depends on, or contradicts another change.
    """
    _refuse_twice(changes)
    cards, kinds = cards or shipped_cards(), list(ChangeKind)
    adapted = replace(standard, name=name)
    for change in sorted(changes, key=lambda one: (kinds.index(one.kind), one.target)):
        adapted = _MAKE[change.kind](adapted, change, cards)
    _refuse_loose_ends(adapted, changes)
    return adapted


def _refuse_twice(changes: tuple[Change, ...]) -> None:
    seen: dict[str, ChangeKind] = {}
    for change in changes:
        first = seen.setdefault(change.target, change.kind)
        removed = ChangeKind.REMOVE in (first, change.kind) and first is not change.kind
        if removed or sum(one.target == change.target and one.kind is change.kind for one in changes) > 1:
            raise AdaptationError(
                message("“{target}” is changed twice in ways that do not fit.", target=change.target),
                where=change.where,
            )


def _target(standard: Standard, change: Change) -> Provision:
    found = standard.provision(change.target)
    if found is None:
        raise AdaptationError(
            message("The standard has no provision “{target}”.", target=change.target), where=change.where
        )
    return found


def _with(standard: Standard, old: Provision, new: Provision | None) -> Standard:
    """Return the standard with a provision in place of another, or without it."""
    kept = ((new if one.key == old.key else one) for one in standard.provisions)
    return replace(standard, provisions=tuple(one for one in kept if one is not None))


def _add(standard: Standard, change: Change, cards: Cards) -> Standard:
    instruments = {source.instrument.key: source.instrument for one in standard.provisions for source in one.sources}
    reader = ProvisionReader(instruments, standard.topics, cards, standard.provisions)
    fields = {**change.fields["provision"], "key": change.target}
    made = reader.provision(fields, change.file, change.target, "", AdaptationError)
    return replace(standard, provisions=(*standard.provisions, made))


def _reword(standard: Standard, change: Change, _: Cards) -> Standard:
    old = _target(standard, change)
    return _with(standard, old, replace(old, **change.fields))


def _raise(standard: Standard, change: Change, _: Cards) -> Standard:
    old = _target(standard, change)
    return _with(standard, old, replace(old, required=Level.GOOD_PRACTICE))


def _remove(standard: Standard, change: Change, _: Cards) -> Standard:
    old = _target(standard, change)
    if old.of_the_law:
        raise BelowLegalMinimum(
            message("“{title:term}” is part of the legal minimum and cannot be removed.", title=old.title),
            where=change.where,
            do=message("Keep it; you may add to it."),
        )
    return _with(standard, old, None)


def _remove_question(standard: Standard, change: Change, _: Cards) -> Standard:
    old = standard.provision_of.get(change.target)
    if old is None:
        raise AdaptationError(
            message("The standard has no question “{target}”.", target=change.target), where=change.where
        )
    left = tuple(question for question in old.questions if question.key != change.target)
    if old.of_the_law and not left:
        raise BelowLegalMinimum(
            message(
                "“{target}” is the last question about “{title:term}”, which is part of the legal minimum.",
                target=change.target,
                title=old.title,
            ),
            where=change.where,
            do=message("Keep it, or add another question first."),
        )
    return _with(standard, old, replace(old, questions=left))


_MAKE: Final = {
    ChangeKind.ADD: _add,
    ChangeKind.REWORD: _reword,
    ChangeKind.RAISE: _raise,
    ChangeKind.REMOVE: _remove,
    ChangeKind.REMOVE_QUESTION: _remove_question,
}


def _refuse_loose_ends(standard: Standard, changes: tuple[Change, ...]) -> None:
    """Refuse a version in which a question, or a rule, asks for the answer to one that was removed."""
    where = changes[0].where if changes else Where()
    for question in standard.questions.values():
        for condition in question.when:
            if condition.question not in standard.questions:
                raise AdaptationError(
                    message(
                        "“{key}” is asked after “{question}”, which was removed.",
                        key=question.key,
                        question=condition.question,
                    ),
                    where=where,
                    do=message("Remove both, or neither."),
                )


class DifferenceKind(StrEnum):
    """How a provision of one version differs from that of another."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    LEVEL_RAISED = "level_raised"
    LEVEL_LOWERED = "level_lowered"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One difference between two versions: of which provision, in which field, what it was and what it is."""

    provision: str
    kind: DifferenceKind
    field: str
    before: str
    after: str


def differences(old: Standard, new: Standard) -> tuple[Difference, ...]:
    """Return in what the provisions of two versions differ: those of the old in its order, then those added."""
    after = {provision.key: provision for provision in new.provisions}
    found: list[Difference] = []
    for provision in old.provisions:
        if provision.key in after:
            found += _between(provision, after[provision.key])
        else:
            found.append(Difference(provision.key, DifferenceKind.REMOVED, "", provision.title, ""))
    known = {provision.key for provision in old.provisions}
    found += [
        Difference(provision.key, DifferenceKind.ADDED, "", "", provision.title)
        for provision in new.provisions
        if provision.key not in known
    ]
    return tuple(found)


def _between(old: Provision, new: Provision) -> list[Difference]:
    found = []
    for field in ("title", "legal_minimum", "good_practice", "own_words"):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            found.append(Difference(old.key, DifferenceKind.REWORDED, field, before, after))
    if old.required is not new.required:
        raised = new.required is Level.GOOD_PRACTICE
        kind = DifferenceKind.LEVEL_RAISED if raised else DifferenceKind.LEVEL_LOWERED
        found.append(Difference(old.key, kind, "required", old.required, new.required))
    for field, before, after in (
        ("sources", _places(old), _places(new)),
        ("findings", ", ".join(sorted(old.findings)), ", ".join(sorted(new.findings))),
        ("indicators", ", ".join(old.indicators), ", ".join(new.indicators)),
    ):
        if before != after:
            found.append(Difference(old.key, DifferenceKind.CHANGED, field, before, after))
    return [*found, *_questions(old, new)]


def _places(provision: Provision) -> str:
    return "; ".join(f"{source.instrument.key}, {source.at}" for source in provision.sources)


def _questions(old: Provision, new: Provision) -> list[Difference]:
    before = {question.key: question for question in old.questions}
    after = {question.key: question for question in new.questions}
    return [
        Difference(
            old.key,
            DifferenceKind.CHANGED,
            f"questions {key}",
            before[key].ask if key in before else "",
            after[key].ask if key in after else "",
        )
        for key in [*before, *(key for key in after if key not in before)]
        if before.get(key) != after.get(key)
    ]
