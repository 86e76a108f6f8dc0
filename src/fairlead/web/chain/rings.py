"""Finds rings: lines on which one comes back to where one began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairlead.web.chain.walk import Edge


def in_rings(edges: Sequence[Edge]) -> list[Edge]:
    """Return the lines, those that are part of a ring marked: who receives leads back to who gives."""
    onward: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        onward[edge.giver].add(edge.receiver)
    reached = {node: _reached(node, onward) for node in {edge.receiver for edge in edges}}
    return [replace(edge, ring=edge.giver in reached[edge.receiver]) for edge in edges]


def _reached(start: str, onward: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for node in onward.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
