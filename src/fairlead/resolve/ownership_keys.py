"""Keys by which people's judgements know the two sides of a pair: a party of a list and an owner of ownership data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from fairlead.model.ids import content_id
from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import JudgementGraph
from fairlead.resolve.ownership_nodes import Node
from fairlead.resolve.record_key import keys_by_row


class PairKeys:
    """The keys of some parties of a list and of all nodes; they outlive the files, as those of `record_key` do."""

    def __init__(self, rows: pa.Table | None, parties: Sequence[Mapping[str, Any]], nodes: Mapping[str, Node]) -> None:
        self._row_ids = {str(row["party_id"]): tuple(row["row_ids"] or ()) for row in parties}
        self._nodes = nodes
        wanted = [row_id for row_ids in self._row_ids.values() for row_id in row_ids]
        self._by_row = keys_by_row(rows, wanted) if rows is not None and wanted else {}

    def of_party(self, party_id: str) -> tuple[str, ...]:
        """Return the keys of the party's rows, in their order; of one that is only named, a key of its id."""
        found = dict.fromkeys(self._by_row[one] for one in self._row_ids[party_id] if one in self._by_row)
        return tuple(found) or (content_id("rec", "named", party_id),)

    def of_node(self, node_id: str) -> str:
        """Return the key of a party of the data: of its numbers, else of its names and the data's own ids."""
        node = self._nodes[node_id]
        if node.numbers:
            return content_id("rec", "owner", *(f"{scheme}:{value}" for scheme, value in sorted(node.numbers)))
        return content_id("rec", "owner", node.kind, node.country or "", *node.names[:1], *node.owner_ids)

    def decision(self, graph: JudgementGraph, party_id: str, node_id: str) -> Decision | None:
        """Return what people have decided on a pair, None where nothing or not one thing."""
        node = self.of_node(node_id)
        said = {graph.decision((key, node)) for key in self.of_party(party_id)} - {None}
        return said.pop() if len(said) == 1 else None
