"""What is particular to a kind of record: which are compared, how, and what becomes of a pair and of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from fairlead.resolve.judge import Judgement
from fairlead.resolve.record import Record
from fairlead.resolve.rescore import Rescorer

#: The weight of every word, by its sound; see `weigh`.
WordWeights = Mapping[str, float]


@dataclass(frozen=True)
class Settings:
    """How the records of one kind (organisations, persons) are told apart.

    `levels` has for every comparison the condition under which it says nothing, and the condition of each level,
    the first that holds; the conditions are SQL over the columns that `lay_out` gives, with _l and _r after
    them. `weights` names the table of this room in which every level has its shares m and u.
    """

    kind: str
    levels: Mapping[str, tuple[str, Mapping[str, str]]]
    weights: str
    #: The share of pairs of records that are taken to be the same before anything is compared.
    prior: float
    #: Pairs below this are not even doubtful.
    least_probability: float
    #: From records, the weights of their names' words and of their streets' words to a table of one row each, in
    #: the same order, with `unique_id` (the place in the records) and what the levels speak of, without the keys.
    lay_out: Callable[[Sequence[Record], WordWeights, WordWeights], pa.Table]
    #: From the same to the keys of each record, and how often a record was parted from others of too large a block.
    block_keys: Callable[[Sequence[Record], WordWeights, WordWeights], tuple[list[list[str]], int]]
    #: From a row of `compare` and its two records to what is to become of them.
    judge: Callable[[Mapping[str, Any], Record, Record], Judgement]
    #: From records and judgements to groups (places in the records) and the judgements that were not followed.
    cluster: Callable[[Sequence[Record], Sequence[Judgement]], tuple[list[list[int]], list[Judgement]]]
    #: Measures of a pair by their names, SQL like the conditions of the levels; what the re-scorer weighs.
    features: Mapping[str, str] = field(default_factory=dict)
    #: The shipped weights of the features; None where the probability of the comparison stands as it is.
    rescorer: Rescorer | None = None
