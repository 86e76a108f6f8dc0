"""The page for two people who changed the same record: what it was, what it is, what you wanted; you choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseModelForm, Field
from django.forms.models import ModelChoiceField
from django.http import HttpResponse
from django.shortcuts import render

from fairlead.web.organisations.access import MemberRequest
from fairlead.web.records.change import as_seen
from fairlead.web.records.models import Versioned

#: The values of a field as a browser sends them: one for most, any number for boxes to tick.
Values = list[str]


@dataclass(frozen=True)
class Side:
    """What one side wants of a field: the values to send, and what they mean in words."""

    values: Values
    words: str


@dataclass(frozen=True)
class Line:
    """One field: what it was, what it is now, what is wanted; both sides changed it where `conflict`."""

    name: str
    label: str
    was: Side
    theirs: Side
    yours: Side
    conflict: bool
    kept: Side
    both: tuple[tuple[str, str], ...]  # of boxes to tick, what either side has ticked


def conflict_page(request: MemberRequest, current: Versioned, seen: int, form: BaseModelForm[Any]) -> HttpResponse:
    """Return a page that shows the fields which both sides changed, and sends the form again with what is chosen.

    What only one side changed is taken over by itself. The form that is sent names the version that is there now. A
    form whose class needs more than the record makes another of itself by a method `again(record)`.
    """
    now = _again(form, current)
    before_record = as_seen(current, seen)
    before = _again(form, before_record) if before_record is not None else None
    lines = list(_lines(form, now, before))
    context = {"lines": lines, "record": current, "seen": current.version, "address": request.get_full_path()}
    return render(request, "records/conflict.html", context, status=409)


def _again(form: BaseModelForm[Any], record: Versioned) -> BaseModelForm[Any]:
    """Return a form of the same kind that shows a record."""
    if hasattr(form, "again"):
        made: BaseModelForm[Any] = form.again(record)
        return made
    return type(form)(instance=record)


def _lines(form: BaseModelForm[Any], now: BaseModelForm[Any], before: BaseModelForm[Any] | None) -> Iterator[Line]:
    for name, field in form.fields.items():
        if name == "seen":
            continue
        yours, theirs = _sent(form, name), _shown(now, name)
        was = _shown(before, name) if before is not None else theirs
        changed_by_them, changed_by_you = not _same(theirs, was), not _same(yours, was)
        if before is None:  # what it was is not known: whatever differs is asked
            changed_by_them = changed_by_you = not _same(yours, theirs)
        conflict = changed_by_them and changed_by_you and not _same(yours, theirs)
        kept = theirs if changed_by_them else yours

        def side(values: Values, field: Field = field, name: str = name) -> Side:
            return Side(values, _words(form, name, field, values))

        both = tuple((value, side([value]).words) for value in dict.fromkeys([*theirs, *yours]))
        yield Line(name, str(field.label or name), side(was), side(theirs), side(yours), conflict, side(kept), both)


def _sent(form: BaseModelForm[Any], name: str) -> Values:
    """Return what the browser has sent of a field."""
    sent = form.data.getlist(name) if hasattr(form.data, "getlist") else [form.data.get(name, "")]
    return [str(value) for value in sent if value not in (None, "")]


def _shown(form: BaseModelForm[Any], name: str) -> Values:
    """Return what a form that shows a record would send of a field."""
    value = form.get_initial_for_field(form.fields[name], name)
    if isinstance(form.fields[name], ModelChoiceField) and value is not None:
        value = getattr(value, "pk", value)
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    return [] if value in (None, "") else [str(value)]


def _words(form: BaseModelForm[Any], name: str, field: Field, values: Values) -> str:
    """Return values as people read them: the words of choices, or what the form itself says of a field."""
    if hasattr(form, "in_words"):
        told = form.in_words(name, values)
        if told is not None:
            return str(told)
    words = dict(_flat(getattr(field, "choices", ())))
    return ", ".join(words.get(value, value) for value in values)


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    """Yield the choices of a field, those in groups too."""
    for value, word in choices:
        if isinstance(word, list | tuple):
            yield from _flat(word)
        else:
            yield str(value), str(word)


def _same(one: Values, other: Values) -> bool:
    """Say whether two sides are the same; browsers send line ends of their own, and boxes in any order."""
    plain = [sorted(value.replace("\r\n", "\n").strip() for value in side) for side in (one, other)]
    return plain[0] == plain[1]
