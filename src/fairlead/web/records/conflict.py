"""The page for two people who changed the same record: what it was, what it is, what you wanted; you choose."""

from __future__ import annotations

from typing import Any

from django.forms import BaseModelForm
from django.http import HttpResponse
from django.shortcuts import render

from fairlead.web.organisations.access import MemberRequest
from fairlead.web.records.change import as_seen
from fairlead.web.records.models import Versioned


def conflict_page(request: MemberRequest, current: Versioned, seen: int, form: BaseModelForm[Any]) -> HttpResponse:
    """Return a page that shows the fields which both sides changed, and sends the form again with what is chosen.

    What only one side changed is taken over by itself. The form that is sent names the version that is there now.
    """
    now = type(form)(instance=current)
    before_record = as_seen(current, seen)
    before = type(form)(instance=before_record) if before_record is not None else None
    fields = []
    for name in form.fields:
        if name == "seen":
            continue
        mine, theirs = form.data.get(name, ""), _shown(now, name)
        was = _shown(before, name) if before is not None else theirs
        same = _same(mine, theirs)
        fields.append(
            {
                "name": name,
                "field": form.fields[name],
                "was": was,
                "theirs": theirs,
                "yours": mine,
                "conflict": not same and not _same(mine, was) and (before is None or not _same(theirs, was)),
                "kept": mine if _same(theirs, was) else theirs,
            }
        )
    context = {"fields": fields, "record": current, "seen": current.version}
    return render(request, "records/conflict.html", context, status=409)


def _shown(form: BaseModelForm[Any], name: str) -> str:
    value = form.get_initial_for_field(form.fields[name], name)
    return "" if value is None else str(value)


def _same(one: str, other: str) -> bool:
    """Say whether two texts of a form are the same; browsers send line ends of their own."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
