"""Every pair of records that share a key, compared and judged by the rules of their kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa

from fairlead.engine import Engine
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.compare import compare
from fairlead.resolve.judge import Judgement
from fairlead.resolve.record import Record
from fairlead.resolve.rescore import Rescorer, rescored
from fairlead.resolve.settings import Settings, WordWeights
from fairlead.resolve.settings_organisation import ORGANISATION
from fairlead.resolve.settings_person import PERSON
from fairlead.resolve.weigh import word_weights

#: Every kind of record; records of different kinds are never compared.
KINDS: Final = (ORGANISATION, PERSON)
#: So many are laid out at once.
RECORDS_AT_A_TIME: Final = 20_000


def judge_all(
    records: Sequence[Record],
    settings: Settings,
    rescorer: Rescorer | None,
    engine: Engine,
    *,
    asked: int | None = None,
) -> tuple[list[Judgement], int]:
    """Compare the records whose names or numbers can be compared at all, and judge every pair that may match.

    `records` are of one kind, that of `settings`. With `asked` only pairs are compared of which one is among the
    first so many records: the others are there to be found and are no business of each other. Returns the judgements
    that are a match or a doubt, by the places of the records, and how often records were parted from each other.
    """
    places = [place for place, record in enumerate(records) if record.names or record.identifiers]
    if len(places) < 2:  # noqa: PLR2004
        return [], 0
    chosen = [records[place] for place in places]
    name_weights = word_weights(record.sounds for record in chosen)
    street_weights = word_weights(record.address.words for record in chosen)
    keys, parted = settings.block_keys(chosen, name_weights, street_weights)
    first = bisect_left(places, len(records) if asked is None else asked)
    if first < len(places):
        kept = _within_reach(keys, first)
        places, chosen = [places[one] for one in kept], [chosen[one] for one in kept]
        keys = [keys[one] for one in kept]
    laid_out = _laid_out(chosen, settings, name_weights, street_weights, engine)
    laid_out = laid_out.append_column("keys", pa.array(keys, pa.list_(pa.string())))
    del keys  # of a million records they take more memory than the table
    compared = compare(engine, settings, laid_out, asked=None if first == len(places) else first)
    pairs = (rescored(compared, rescorer) if rescorer else compared).to_pylist()
    judged = [settings.judge(pair, chosen[pair["left"]], chosen[pair["right"]]) for pair in pairs]
    measures = _measures(judged, compared, settings)
    return [
        replace(one, left=places[one.left], right=places[one.right], measures=measures.get(number, ()))
        for number, one in enumerate(judged)
        if one.verdict is not Verdict.DIFFERENT
    ], parted


def _within_reach(keys: Sequence[Sequence[str]], first: int) -> list[int]:
    """Return the places of the first so many records, and of those after them that share a key with one of these."""
    wanted = {key for own in keys[:first] for key in own}
    return [place for place, own in enumerate(keys) if place < first or not wanted.isdisjoint(own)]


def _laid_out(
    records: Sequence[Record],
    settings: Settings,
    name_weights: WordWeights,
    street_weights: WordWeights,
    engine: Engine,
) -> pa.Table:
    """Lay the records out for comparison, some at a time: as Python's values they take much memory."""
    parts = [records[first : first + RECORDS_AT_A_TIME] for first in range(0, len(records), RECORDS_AT_A_TIME)]
    table = pa.concat_tables(engine.map_parts(_lay_out, (settings, name_weights, street_weights), parts))
    place = table.schema.get_field_index("unique_id")
    return table.set_column(place, table.field(place), pa.array(range(len(records)), table.field(place).type))


def _lay_out(shared: tuple[Settings, WordWeights, WordWeights], records: Sequence[Record]) -> pa.Table:
    """Lay some records out, here or in another process."""
    settings, name_weights, street_weights = shared
    return settings.lay_out(records, name_weights, street_weights)


def _measures(
    judged: Sequence[Judgement], compared: pa.Table, settings: Settings
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return what each comparison and feature of a doubtful pair came to, by the pair's place, to learn from."""
    doubtful = [number for number, one in enumerate(judged) if one.verdict is Verdict.REVIEW]
    columns = [*settings.levels, *settings.features]
    rows = compared.select(columns).take(pa.array(doubtful, pa.int64())).to_pylist()
    return {
        number: tuple((name, _written(row[name])) for name in columns if row[name] is not None)
        for number, row in zip(doubtful, rows, strict=True)
    }


def _written(measure: str | float) -> str:
    return measure if isinstance(measure, str) else f"{measure:.4g}"
