"""The picture of the tiers: columns from raw material on the left to the buyer on the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from fairlead.language import Language
from fairlead.model.ids import BUYER_ID
from fairlead.model.vocabulary import LinkKind
from fairlead.report.case import Case
from fairlead.report.chain import GROUP, NAMES_LISTED, Chain, Edge, Node, chain_of
from fairlead.report.content import FoldedGroup, LegendEntry, Picture
from fairlead.report.svg import SEMI_BOLD, fitted, frame, hatch, label, swatch, width
from fairlead.report.words import BANDS, NO_DATA, band_word, link_word

#: Sizes in the unit of the drawing, which is a pixel of a wide page.
_BOX_HEIGHT: Final = 30
_PITCH: Final = 38
_TOP: Final = 44
_STUB: Final = 26
_GAP: Final = 52
_LABEL_SIZE: Final = 13
_WIDEST_BOX: Final = 260
_MOST_COLUMNS: Final = 6

_LINES: Final = {LinkKind.SUPPLIES: "supplies", LinkKind.RECRUITS_FOR: "recruits", LinkKind.OWNS: "owns"}


@dataclass(frozen=True)
class _Box:
    """A box on the drawing: left edge, middle line, width."""

    node: Node
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Size:
    """How wide the picture is drawn, and how many boxes it may have."""

    width: int
    most: int


PAGE: Final = Size(1180, 60)
PRINT: Final = Size(800, 38)


def tiers(language: Language, case: Case, size: Size) -> tuple[Picture, tuple[FoldedGroup, ...]]:
    """Draw the chain; return the picture and the groups that it folds."""
    chain = chain_of(language, case, size.most)
    boxes, height = _laid_out(chain, size.width)
    title = _title(language, chain)
    description = language.gettext(
        "Boxes in columns by tier, the buyer on the right. Lines run from who supplies, recruits for or owns to whom."
    )
    parts = [hatch("tiers"), *_headings(language, boxes)]
    parts += [_line(edge, boxes) for edge in chain.edges]
    parts += [_stubs(box) for box in boxes.values()]
    parts += [_box(language, box) for box in boxes.values()]
    svg = frame("tiers", size.width, height, title, description, parts) if len(boxes) > 1 else ""
    notes = (language.gettext("A hatched end is the part of the chain that your lists do not show."),)
    return Picture(title, description, svg, _legend(language), notes), _folded(language, case, chain)


def _title(language: Language, chain: Chain) -> str:
    if not chain.first_tier:
        return language.gettext("No supplier's tier is known")
    return language.ngettext(
        "Who stands behind them is known for {mapped} of {count} direct supplier",
        "Who stands behind them is known for {mapped} of {count} direct suppliers",
        chain.first_tier,
    ).format(mapped=language.number(chain.first_tier_mapped), count=language.number(chain.first_tier))


def _laid_out(chain: Chain, across: int) -> tuple[Mapping[str, _Box], int]:
    """Give every box a place; within a column suppliers come in the order of those they supply."""
    by_column: defaultdict[int, list[Node]] = defaultdict(list)
    for node in chain.nodes:
        by_column[min(node.column, _MOST_COLUMNS)].append(node)
    last = max(by_column)
    buyer = min(_WIDEST_BOX, width(chain.nodes[0].name, _LABEL_SIZE, SEMI_BOLD) + 26)
    wide = min(_WIDEST_BOX, (across - buyer - last * _GAP - _STUB) / last) if last else 0
    gap = (across - _STUB - buyer - last * wide) / last if last else 0
    tallest = max(len(nodes) + _breaks(nodes) for nodes in by_column.values())
    boxes: dict[str, _Box] = {}
    order: dict[str, float] = {}
    for column in sorted(by_column):
        nodes = _sorted(by_column[column], chain.edges, order)
        left = across - buyer - column * (wide + gap)
        top = _TOP + (tallest - len(nodes) - _breaks(nodes)) * _PITCH / 2 if column == 0 else _TOP
        y, before = top + _PITCH / 2, ""
        for node in nodes:
            lane = _lane(node)
            y += _PITCH * 0.6 if before and lane != before else 0
            boxes[node.key] = _Box(node, left, y, wide if column else buyer)
            order[node.key] = y
            y, before = y + _PITCH, lane
    height = max(box.y for box in boxes.values()) + _PITCH
    return boxes, round(height)


def _lane(node: Node) -> str:
    return "labour" if node.role in ("labour_provider", "owner") else node.role if node.role == "group" else "goods"


def _breaks(nodes: Sequence[Node]) -> int:
    return len({_lane(node) for node in nodes}) - 1


def _sorted(nodes: Sequence[Node], edges: Sequence[Edge], order: Mapping[str, float]) -> list[Node]:
    """Order a column by the middle of those each box leads to, so that few lines cross."""
    lanes = ("goods", "group", "labour")
    reached: defaultdict[str, list[float]] = defaultdict(list)
    for edge in edges:
        if edge.receiver in order:
            reached[edge.giver].append(order[edge.receiver])
    chained = {edge.receiver for edge in edges}

    def key(place_and_node: tuple[int, Node]) -> tuple[int, float, bool, int]:
        place, node = place_and_node
        middle = sum(reached[node.key]) / len(reached[node.key]) if reached[node.key] else 1e6
        return (lanes.index(_lane(node)), middle, node.key not in chained, place)

    return [node for _, node in sorted(enumerate(nodes), key=key)]


def _headings(language: Language, boxes: Mapping[str, _Box]) -> list[str]:
    places: dict[int, float] = {}
    for box in boxes.values():
        if box.node.role in ("supplier", "group", "buyer"):
            places[min(box.node.column, _MOST_COLUMNS)] = box.x
    texts = {0: language.gettext("Buyer"), 1: language.gettext("Tier {tier}").format(tier=1)}
    return [
        label(x, 18, texts.get(column) or language.gettext("Tier {tier}").format(tier=column), style="column")
        for column, x in sorted(places.items())
    ]


def _line(edge: Edge, boxes: Mapping[str, _Box]) -> str:
    giver, receiver = boxes[edge.giver], boxes[edge.receiver]
    x1, x2 = giver.x + giver.width, receiver.x
    bend = max(24.0, (x2 - x1) / 2)
    if x2 < x1:  # both in one column, or a chain that runs back: out to the right and round
        x2, bend = receiver.x + receiver.width, 40.0
        return _curve(edge, (x1, giver.y), (x1 + bend, giver.y), (x2 + bend, receiver.y), (x2, receiver.y))
    return _curve(edge, (x1, giver.y), (x1 + bend, giver.y), (x2 - bend, receiver.y), (x2, receiver.y))


def _curve(edge: Edge, *points: tuple[float, float]) -> str:
    faint = " faint" if edge.receiver == BUYER_ID or edge.giver.startswith(GROUP) else ""
    start, first, second, end = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{start}C{first} {second} {end}" class="line {_LINES[LinkKind(edge.kind)]}{faint}"/>'


def _stubs(box: _Box) -> str:
    """Draw the open, hatched ends: who stands behind is not known, or to whom it goes."""
    drawn = ""
    if box.node.upstream_unknown:
        drawn += f'<rect x="{box.x - _STUB:.1f}" y="{box.y - 4:.1f}" width="{_STUB}" height="8" class="open"/>'
    if box.node.customer_unknown:
        drawn += f'<rect x="{box.x + box.width:.1f}" y="{box.y - 4:.1f}" width="{_STUB}" height="8" class="open"/>'
    return drawn


def _box(language: Language, box: _Box) -> str:
    node = box.node
    top = box.y - _BOX_HEIGHT / 2
    round_ = _BOX_HEIGHT / 2 if node.role == "labour_provider" else 3
    rect = (
        f'<rect x="{box.x:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{_BOX_HEIGHT}" rx="{round_}" '
        f'class="box {node.role}"/>'
    )
    inset, mark = 12.0, ""
    if node.role in ("supplier", "labour_provider", "owner"):
        band = node.band or NO_DATA
        mark = f'<circle cx="{box.x + 15:.1f}" cy="{box.y:.1f}" r="5" class="band {band}"/>'
        inset = 28.0
    told = f"{node.name}, {band_word(language, node.band)}" if mark else node.name
    style = "on-buyer" if node.role == "buyer" else "label"
    text = label(box.x + inset, box.y + 4.5, fitted(node.name, _LABEL_SIZE, box.width - inset - 10), style=style)
    return f"<g><title>{escape(told)}</title>{rect}{mark}{text}</g>"


def _legend(language: Language) -> tuple[LegendEntry, ...]:
    lines = [
        LegendEntry(swatch(f'<path d="M0 8H28" class="line {style}"/>', style), link_word(language, kind))
        for kind, style in _LINES.items()
    ]
    open_ = swatch('<rect x="0" y="4" width="28" height="8" class="open"/>', "open")
    bands = [
        LegendEntry(swatch(f'<circle cx="14" cy="8" r="5" class="band {band}"/>', band), band_word(language, band))
        for band in BANDS
    ]
    return (*lines, LegendEntry(open_, language.gettext("not known from your lists")), *bands)


def _folded(language: Language, case: Case, chain: Chain) -> tuple[FoldedGroup, ...]:
    groups = [node for node in chain.nodes if node.role == "group"]
    names = {
        party_id: row["name"]
        for party_id, row in case.parties({one for node in groups for one in node.members[:NAMES_LISTED]}).items()
    }
    made = []
    for node in groups:
        hidden = len(node.members) - NAMES_LISTED
        more = ""
        if hidden > 0:
            more = language.ngettext(
                "and {count} more, in parties.csv", "and {count} more, in parties.csv", hidden
            ).format(count=language.number(hidden))
        tier = language.gettext("Tier {tier}").format(tier=node.column)
        made.append(FoldedGroup(f"{tier}: {node.name}", tuple(names[one] for one in node.members[:NAMES_LISTED]), more))
    return tuple(made)
