"""Draws what was walked as SVG: columns by tier, the start at the right, raw material to the left.

Colours and dashes are classes of the style sheets; lengths are attributes, so that no style stands in the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils.translation import gettext as _

from fairlead.report.svg import SEMI_BOLD, fitted, frame, hatch, label, width
from fairlead.web.chain.asked import Asked
from fairlead.web.chain.link_words import STYLES
from fairlead.web.chain.node_words import behind_briefly, group_words, node_words
from fairlead.web.chain.walk import Edge, Group, Node, Walked
from fairlead.web.site.templatetags import words

#: Sizes in the unit of the drawing, which is a pixel of a page that is wide enough.
WIDTH: Final = 1040
_TOP: Final = 36
_BOX: Final = 44
_PITCH: Final = 54
_STUB: Final = 22
_WIDEST: Final = 232
_NAME: Final = 13
_SMALL: Final = 11
_HANDLE: Final = 9
_RIGHT: Final = 28
_ROUND: Final = 34
#: Widths of lines by share, as the style sheet has them: the widest for the whole.
_WIDTHS: Final = 8


@dataclass(frozen=True)
class Place:
    """Where a box is drawn: left edge, middle line, width."""

    x: float
    y: float
    width: float


def draw(walked: Walked, view: Asked, title: str) -> str:
    """Return the picture; every box is a link to the view that starts there."""
    places, height = _laid_out(walked)
    description = _("Boxes in columns by tier. Lines run from who supplies, recruits for, owns or houses to whom.")
    parts = [hatch("chain"), *_headings(walked, places), '<g aria-hidden="true">']
    parts += [_line(edge, places) for edge in walked.edges]
    parts += [_group_line(group, receiver, places) for group in walked.groups for receiver in group.receivers]
    parts += [_stub(node, places[node.key]) for node in walked.nodes]
    parts.append("</g>")
    for column in sorted({node.column for node in walked.nodes} | {group.column for group in walked.groups}):
        parts += [_node(node, places[node.key], view, walked) for node in walked.nodes if node.column == column]
        parts += [_group(group, places[group.key], view) for group in walked.groups if group.column == column]
    return frame("chain", WIDTH, height, title, description, parts, role="group")


def _laid_out(walked: Walked) -> tuple[Mapping[str, Place], int]:
    """Give every box a place: within a column in the order of those it gives to, so that few lines cross."""
    columns: dict[int, list[str]] = {column: [node.key for node in nodes] for column, nodes in walked.columns.items()}
    for group in walked.groups:
        columns.setdefault(group.column, []).append(group.key)
    last, first = max(columns), min(columns)
    count = last - first + 1
    wide = min(_WIDEST, (WIDTH - _STUB - _RIGHT) / count - (52 if count > 1 else 0))
    gap = (WIDTH - _STUB - _RIGHT - count * wide) / (count - 1) if count > 1 else 0
    tallest = max(len(keys) for keys in columns.values())
    places: dict[str, Place] = {}
    onward = [(edge.giver, edge.receiver) for edge in walked.edges]
    for column in sorted(columns):
        keys = _ordered(columns[column], onward, places) if column > 0 else columns[column]
        top = _TOP + (tallest - len(keys)) * _PITCH / 2 if column <= 0 else _TOP
        for row, key in enumerate(keys):
            x = WIDTH - _RIGHT - wide - (column - first) * (wide + gap)
            places[key] = Place(x, top + _PITCH * (row + 0.5), wide)
    return places, round(_TOP + tallest * _PITCH + 8)


def _ordered(keys: Sequence[str], onward: Sequence[tuple[str, str]], places: Mapping[str, Place]) -> list[str]:
    reached: dict[str, list[float]] = {}
    for giver, receiver in onward:
        if receiver in places:
            reached.setdefault(giver, []).append(places[receiver].y)

    def middle(row_and_key: tuple[int, str]) -> tuple[bool, float, int]:
        row, key = row_and_key
        ys = reached.get(key, [])
        return key.startswith("group"), sum(ys) / len(ys) if ys else 0.0, row

    return [key for _row, key in sorted(enumerate(keys), key=middle)]


def _headings(walked: Walked, places: Mapping[str, Place]) -> list[str]:
    shown: dict[int, Place] = {}
    for node in walked.nodes:
        shown.setdefault(node.column, places[node.key])
    for group in walked.groups:
        shown.setdefault(group.column, places[group.key])
    return [label(place.x, 18, column_title(walked, column), style="column") for column, place in sorted(shown.items())]


def column_title(walked: Walked, column: int) -> str:
    """Return the heading over a column."""
    if column < 0:
        return _("Receives from it")
    if column == 0:
        return _("Your organisation") if walked.start.organisation else _("You are here")
    if walked.start.organisation:
        return _("Tier %(number)s") % {"number": column}
    return _("One step up") if column == 1 else _("%(number)s steps up") % {"number": column}


def _line(edge: Edge, places: Mapping[str, Place]) -> str:
    giver, receiver = places[edge.giver], places[edge.receiver]
    style = STYLES[edge.line] + (" ring" if edge.ring else "")
    if edge.share is not None:
        style += f" share-{max(1, math.ceil(edge.share * _WIDTHS))}"
    return f'<path d="{_curve(giver, receiver)}" class="line {style}"/>'


def _curve(giver: Place, receiver: Place) -> str:
    x1, x2 = giver.x + giver.width, receiver.x
    bend = max(20.0, (x2 - x1) / 2)
    out, back = x1 + bend, x2 - bend
    if x2 <= x1:  # both in one column, or a line that runs back: out to the right and round
        x2 = receiver.x + receiver.width
        out, back = x1 + _ROUND, x2 + _ROUND
    return f"M{x1:.1f} {giver.y:.1f}C{out:.1f} {giver.y:.1f} {back:.1f} {receiver.y:.1f} {x2:.1f} {receiver.y:.1f}"


def _group_line(group: Group, receiver: str, places: Mapping[str, Place]) -> str:
    one, other = (group.key, receiver) if group.column > 0 else (receiver, group.key)
    return f'<path d="{_curve(places[one], places[other])}" class="line faint"/>'


def _stub(node: Node, place: Place) -> str:
    """Draw the open, hatched end: who stands behind is not known, wholly or for a share."""
    if node.unmapped:
        tall = 12.0
    elif node.unmapped_share:
        tall = max(4.0, 12.0 * node.unmapped_share)
    else:
        return ""
    y = place.y + _BOX / 2 - 6 - tall / 2
    return f'<rect x="{place.x - _STUB:.1f}" y="{y:.1f}" width="{_STUB}" height="{tall:.1f}" class="open"/>'


def _node(node: Node, place: Place, view: Asked, walked: Walked) -> str:
    top = place.y - _BOX / 2
    style = "buyer" if node.organisation else "labour_provider" if node.kind == "labour_provider" else "supplier"
    here = ' aria-current="true"' if node is walked.start else ""
    box = (
        f'<rect x="{place.x:.1f}" y="{top:.1f}" width="{place.width:.1f}" height="{_BOX}" rx="3" class="box {style}"/>'
    )
    name = fitted(node.name, _NAME, place.width - 24, SEMI_BOLD)
    if node.organisation:
        text = label(place.x + 12, place.y + 4.5, name, style="on-buyer")
    else:
        text = label(place.x + 12, top + 18, name, style="strong") + _chip(node, place.x + 12, top + 25, place)
    told = escape(node_words(node, column_title(walked, node.column)), quote=True)
    address = escape(view.walk(node.uid).address(), quote=True)
    return (
        f'<a href="{address}" class="node" data-walk="" data-column="{node.column}" id="node-{escape(node.key)}"'
        f' aria-label="{told}"{here}><title>{told}</title>{box}{text}</a>{_handle(node, place, view)}'
    )


def _chip(node: Node, x: float, y: float, place: Place) -> str:
    """Draw the band as its word on its colour, and beside it what is known behind."""
    band = (node.band or "no_data") if node.assessed else "not_assessed"
    word = words.band(node.band) if node.assessed else _("not assessed")
    wide = width(word, _SMALL, SEMI_BOLD) + 12
    chip = f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="15" rx="2" class="band {band}"/>'
    chip += label(x + 6, y + 11.2, word, style=f"chip-word on-{band}")
    room = place.x + place.width - (x + wide + 8) - 10
    return chip + label(x + wide + 8, y + 11.2, fitted(behind_briefly(node), _SMALL, room), style="small")


def _handle(node: Node, place: Place, view: Asked) -> str:
    """Draw the sign that folds the givers of a box away or shows them again."""
    if node.organisation or not node.behind.links or not 0 < node.column < view.tiers:
        return ""
    said = _("Show who is behind %(name)s") if node.folded else _("Fold who is behind %(name)s away")
    told = escape(said % {"name": node.name}, quote=True)
    x, y = place.x, place.y
    upright = f"M{x - 4:.1f} {y:.1f}h8" + (f"M{x:.1f} {y - 4:.1f}v8" if node.folded else "")
    address = escape(view.turn(node.uid).address(), quote=True)
    return (
        f'<a href="{address}" class="handle" data-walk="" aria-label="{told}">'
        f'<title>{told}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{_HANDLE}" class="box"/>'
        f'<path d="{upright}" class="sign"/></a>'
    )


def _group(group: Group, place: Place, view: Asked) -> str:
    """Draw a folded group: a link to the next batch of its column; of the right column it is no link."""
    top, told = place.y - _BOX / 2, group_words(group)
    box = "".join(
        f'<rect x="{place.x + shift:.1f}" y="{top + shift:.1f}" width="{place.width - 6:.1f}" height="{_BOX - 6}"'
        f' rx="3" class="box group"/>'
        for shift in (6, 3, 0)
    )
    text = label(place.x + 12, place.y + 1, fitted(told, _NAME, place.width - 28), style="label")
    if group.column < 0 or not (group.after or group.before):
        return f"<g><title>{escape(told)}</title>{box}{text}</g>"
    number = group.batch + 1 if group.after else 0
    address = escape(view.batch(group.column, number).address(), quote=True)
    said = escape(told, quote=True)
    return (
        f'<a href="{address}" class="node" data-walk="" data-column="{group.column}" id="node-{group.key}"'
        f' aria-label="{said}"><title>{said}</title>{box}{text}</a>'
    )
