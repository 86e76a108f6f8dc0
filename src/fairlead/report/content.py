"""What a report says, as plain data: every sentence in the reader's language, every position already computed.

The page and the print version are laid out from this and from nothing else, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Figure:
    """A number at the top of the report, what it counts, and a note where one is needed."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class BandCount:
    """How many suppliers have a band (or no data): the number in words, its share of all, and what the band means."""

    band: str
    word: str
    number: str
    share: float
    range: str
    meaning: str


@dataclass(frozen=True)
class Rating:
    """A rating as it is shown: band and word, the interval in words, and its place on the axis (0 to 1)."""

    band: str
    word: str
    range: str
    low_text: str
    high_text: str
    low: float
    middle: float
    high: float
    find_out: bool
    missing: str


@dataclass(frozen=True)
class Reason:
    """One term of a rating: its name and sentence, its factor and source, and its bar on the axis (0 to 1)."""

    name: str
    text: str
    factor: str
    source: str
    start: float
    end: float
    kind: str  # prior, raises, lowers, none


@dataclass(frozen=True)
class Place:
    """Rows of one sheet from which a party was made."""

    sheet: str
    rows: str


@dataclass(frozen=True)
class Beside:
    """What stands beside a rating and is no part of it.

    The two-axis test as a key, in a few words and in sentences; workers times probability as a range (empty where there
    is none) and its middle, to sort by; the number of workers and by what it is multiplied; and sentences about both.
    """

    signs: str
    signs_word: str
    axes: tuple[str, ...]
    exposed: str
    exposed_middle: float | None
    workers: str
    known_workers: bool
    scale: tuple[str, ...]


@dataclass(frozen=True)
class WorkRow:
    """One line of the work list."""

    rank: str
    anchor: str
    name: str
    country: str
    supplies: str
    about: str  # kind where it is no company, tier, spend
    rating: Rating
    beside: Beside
    reasons: tuple[Reason, ...]
    more_reasons: str
    next_step: str
    places: tuple[Place, ...]
    search: str
    detailed: bool


@dataclass(frozen=True)
class NoDataRow:
    """One supplier about whom too little is known, and what is needed to know more."""

    anchor: str
    name: str
    country: str
    supplies: str
    about: str
    beside: Beside
    missing: str
    next_step: str
    places: tuple[Place, ...]
    search: str


@dataclass(frozen=True)
class Step:
    """A step to take: the sentence, and who, when and what shows that it was done, in one line."""

    text: str
    note: str


@dataclass(frozen=True)
class StepGroup:
    """Steps of one kind under their heading."""

    kind: str
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Detail:
    """The card of one supplier: who it is, how its rating adds up, what to do next."""

    row: WorkRow
    other_names: tuple[str, ...]
    identifiers: tuple[str, ...]
    owners: tuple[str, ...]
    reasons: tuple[Reason, ...]
    sentence: str
    steps: tuple[StepGroup, ...]


@dataclass(frozen=True)
class CoverageRow:
    """One question of coverage, and the share of rows and of spend in each currency for which it is answered."""

    label: str
    note: str
    shares: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True)
class Coverage:
    """How much of the lists could be placed at all."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class LegendEntry:
    """One mark of a picture's legend, itself a small picture, and what it means."""

    svg: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A picture: the finding as its title, a description for those who do not see it, the SVG, legend and notes."""

    title: str
    description: str
    svg: str
    legend: tuple[LegendEntry, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class CountryRow:
    """One country of the map in words."""

    country: str
    suppliers: str
    raised: str
    no_data: str


@dataclass(frozen=True)
class FoldedGroup:
    """Suppliers that the tier picture draws as one box."""

    title: str
    names: tuple[str, ...]
    more: str


@dataclass(frozen=True)
class SourceRow:
    """One source that was used; `marks` are warnings such as "not checked"."""

    title: str
    publisher: str
    edition: str
    licence: str
    url: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class InputRow:
    """One file that was read, with its hash and what became of its rows."""

    name: str
    sha256: str
    rows: str
    used: str
    rejected: str


@dataclass(frozen=True)
class SetAsideRow:
    """A row or value that could not be used."""

    place: str
    column: str
    reason: str
    cells: str


@dataclass(frozen=True)
class ReviewRow:
    """Two records that may be one party."""

    left: str
    right: str
    probability: str
    reason: str


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """Rows of a section, of which only the first may be shown; `note` says so and where the others are."""

    rows: tuple[Row, ...]
    total: int
    note: str


@dataclass(frozen=True)
class Report:
    """The whole report."""

    language: str
    labels: Mapping[str, str]
    kicker: str
    title: str
    lead: tuple[str, ...]
    figures: tuple[Figure, ...]
    bands: tuple[BandCount, ...]
    work_list_title: str
    work_list: Listing[WorkRow]
    has_signs: bool  # whether any is reported of any party
    has_headcounts: bool  # whether the number of workers is known of any party
    no_data_title: str
    no_data: Listing[NoDataRow]
    map: Picture
    countries: tuple[CountryRow, ...]
    tiers: Picture
    folded: tuple[FoldedGroup, ...]
    coverage: Coverage
    details: tuple[Detail, ...]
    sources: tuple[SourceRow, ...]
    inputs: tuple[InputRow, ...]
    rejected: Listing[SetAsideRow]
    remarks: Listing[SetAsideRow]
    review: Listing[ReviewRow]
    limits: tuple[tuple[str, str], ...]
    footer: tuple[str, ...]
