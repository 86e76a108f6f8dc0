"""The page of the chain: the picture, walked tier by tier, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairlead.model.vocabulary import Band
from fairlead.web.audit.chain import record
from fairlead.web.chain.asked import TIERS, Asked, asked, countries, goods
from fairlead.web.chain.drawing import column_title, draw
from fairlead.web.chain.link_words import LINE_WORDS, Line
from fairlead.web.chain.node_words import (
    behind_words,
    edge_words,
    group_bands,
    group_words,
    open_end_words,
)
from fairlead.web.chain.picture_file import FORMATS, picture_file
from fairlead.web.chain.walk import Group, Node, Walked, walk
from fairlead.web.lists.boxes import tick_boxes
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party
from fairlead.web.parties.party_list import NO_DATA, NOT_ASSESSED
from fairlead.web.site.templatetags import words

#: What htmx puts in place when one walks on.
_PART: Final = "chain"


@needs(Capability.SEE)
def picture(request: MemberRequest) -> HttpResponse:
    """Show the chain from the organisation or from a party; only the part asked for where htmx asks; or a file."""
    view = asked(request.GET)
    start = get_object_or_404(Party.live, organisation=request.organisation, uid=view.start) if view.start else None
    walked = walk(request.organisation, start, view)
    title = _title(walked)
    svg = draw(walked, view, title)
    kind = request.GET.get("export")
    if kind in FORMATS:
        if not request.membership.may(Capability.EXPORT):
            raise PermissionDenied
        record("chain.exported", organisation=request.organisation, actor=request.user, detail={"format": kind})
        return picture_file(kind, walked, svg, title)  # type: ignore[return-value]
    part = request.headers.get("HX-Target") == _PART
    context = {
        "view": view,
        "start": start,
        "title": title,
        "svg": SafeString(svg),  # drawn by us, every text in it escaped
        "way": _way(request, view),
        "columns": _columns(walked, view),
        "tiers": [(number, number == view.tiers, view.with_tiers(number).address()) for number in TIERS],
        "narrowed": _narrowed(view),
        "filters": () if part else _filters(view),
        "kept": [(name, value) for name, value in view.parts() if name in {"from", "via", "tiers"}],
        "formats": [(each.upper(), view.address(export=each)) for each in FORMATS],
        "empty": len(walked.nodes) == 1 and not walked.groups,
        "lines": [(str(line), word) for line, word in LINE_WORDS.items()],
    }
    answer = render(request, "chain/part.html" if part else "chain/picture.html", context)
    if part:
        answer["HX-Push-Url"] = request.path + view.address()
    answer["Vary"] = "HX-Target, Cookie"
    return answer


def _title(walked: Walked) -> str:
    """Return the finding as a sentence: for how many of the nearest tier it is known who stands behind."""
    nearest = [node for node in walked.nodes if node.column == 1]
    mapped = sum(not node.unmapped for node in nearest)
    if not nearest:
        return _("Nobody is known who gives to %(name)s") % {"name": walked.start.name}
    if not walked.groups:
        return _("Who supplies them is known for %(mapped)s of %(count)s that give to %(name)s") % {
            "mapped": mapped,
            "count": len(nearest),
            "name": walked.start.name,
        }
    return _("Who supplies them is known for %(mapped)s of the %(count)s shown that give to %(name)s") % {
        "mapped": mapped,
        "count": len(nearest),
        "name": walked.start.name,
    }


@dataclass(frozen=True)
class _Step:
    """One step of the way here."""

    name: str
    address: str


def _way(request: MemberRequest, view: Asked) -> list[_Step]:
    """Return the steps of the way here: the organisation and the parties between it and where one is."""
    if not view.start:
        return []
    rows = Party.live.filter(organisation=request.organisation, uid__in=view.way) if view.way else ()
    names = {party.uid: party.name for party in rows}
    steps = [_Step(names[uid], view.walk(uid).address()) for uid in view.way if uid in names]
    return [_Step(request.organisation.name, view.walk("").address()), *steps]


@dataclass(frozen=True)
class _Told:
    """A node in words."""

    node: Node
    address: str
    behind: str
    open_end: str
    lines: list[str]
    turn: str


@dataclass(frozen=True)
class _Column:
    """A column in words."""

    title: str
    nodes: list[_Told]
    group: Group | None
    group_words: str
    group_bands: str
    next: str
    back: str


def _columns(walked: Walked, view: Asked) -> list[_Column]:
    names = {node.key: node.name for node in walked.nodes}
    lines: dict[str, list[str]] = {}
    for edge in walked.edges:
        lines.setdefault(edge.giver, []).append(edge_words(edge, names))
    found = []
    groups = {group.column: group for group in walked.groups}
    shown = walked.columns
    for column in sorted({*shown, *groups}):
        group = groups.get(column)
        found.append(
            _Column(
                column_title(walked, column),
                [_told(node, view, lines) for node in shown.get(column, ())],
                group,
                group_words(group) if group else "",
                group_bands(group) if group else "",
                view.batch(column, group.batch + 1).address() if group and column > 0 and group.after else "",
                view.batch(column, group.batch - 1).address() if group and column > 0 and group.batch else "",
            )
        )
    return found


def _told(node: Node, view: Asked, lines: dict[str, list[str]]) -> _Told:
    can_turn = 0 < node.column < view.tiers and node.behind.links
    return _Told(
        node,
        view.walk(node.uid).address(),
        "" if node.organisation else behind_words(node),
        "" if node.organisation else open_end_words(node),
        lines.get(node.key, []),
        view.turn(node.uid).address() if can_turn else "",
    )


@dataclass(frozen=True)
class _Word:
    """One thing that the picture is narrowed to, and the address without it."""

    title: str
    value: str
    without: str


def _names(key: str, value: str) -> tuple[str, str]:
    """Return the title of a filter and the word of one of its values."""
    if key == "lines":
        return _("Link"), str(LINE_WORDS[Line(value)])
    if key == "goods":
        return _("Good"), words.good(value)
    if key == "countries":
        return _("Country"), words.country(value)
    return _("Rating"), _("Not assessed yet") if value == NOT_ASSESSED else words.band(
        None if value == NO_DATA else value
    )


def _narrowed(view: Asked) -> list[_Word]:
    return [
        _Word(*_names(key, value), view.without(key, value).address())
        for key in ("lines", "goods", "bands", "countries")
        for value in getattr(view.narrowed, key)
    ]


def _filters(view: Asked) -> list[tuple[str, SafeString]]:
    """Return the filters: the title of each, and its boxes."""
    language = get_language() or ""
    return [
        (title, tick_boxes(name, choices, getattr(view.narrowed, key)))
        for name, key, title, choices in _choices(language)
    ]


@cache
def _choices(_language: str) -> Sequence[tuple[str, str, str, Sequence[tuple[str, str]]]]:
    """Return each filter's part of the address, its key, its title, and its values with their words, in a language.

    There are hundreds, and they are the same on every page.
    """
    known: Sequence[tuple[str, str, Sequence[str]]] = (
        ("kind", "lines", [str(line) for line in Line]),
        ("good", "goods", goods()),
        ("band", "bands", [*(str(band) for band in Band), NO_DATA, NOT_ASSESSED]),
        ("country", "countries", countries()),
    )
    found = []
    for name, key, values in known:
        choices = [(value, _names(key, value)[1]) for value in values]
        if key in {"goods", "countries"}:
            choices.sort(key=lambda each: each[1])
        found.append((name, key, _names(key, values[0])[0], choices))
    return found
