"""Small pictures as numbers for a template: the share of each band, and a party's ratings over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.model.vocabulary import Band
from fairlead.report.scale import position, zones
from fairlead.web.assessments.models import NO_DATA, Rating
from fairlead.web.site.templatetags.words import band

#: Width of both pictures, in the units of their view box.
WIDTH: Final = 1000.0
#: Height of the picture over time.
HEIGHT: Final = 240.0


@dataclass(frozen=True)
class Segment:
    """One band of the bar: where it begins, how wide it is, its word and the number of parties."""

    band: str
    word: str
    count: int
    x: float
    width: float


def stacked(counts: Mapping[str, int]) -> list[Segment]:
    """Return the segments of a bar from the highest band to no data; none where there is no party."""
    total, at, found = sum(counts.values()), 0.0, []
    for key in (*map(str, Band), NO_DATA):
        count = counts.get(key, 0)
        if count:
            width = WIDTH * count / total
            word = band(None if key == NO_DATA else key)
            found.append(Segment(key, word, count, round(at, 1), round(max(width - 2, 2), 1)))
            at += width
    return found


@dataclass(frozen=True)
class Span:
    """How long one rating stood: from where to where, and its interval; `no_data` where there was none."""

    band: str
    x: float
    width: float
    top: float
    height: float
    no_data: bool


@dataclass(frozen=True)
class History:
    """Ratings over time: the bands behind, the spans, the line through the probabilities."""

    zones: tuple[tuple[str, float, float], ...]
    spans: tuple[Span, ...]
    path: str
    first: date
    last: date


def history(ratings: Sequence[Rating]) -> History | None:
    """Return the picture of a party's ratings in the order of their days; None for fewer than two.

    Each holds until the next; the last one is drawn a little beyond its day. On the axis of log-odds, as all ratings.
    """
    if len(ratings) < 2:  # noqa: PLR2004 - one rating is no history
        return None
    days = [rating.assessment.as_of for rating in ratings]
    xs = _places(days)
    spans, path, drawing = [], [], False
    for rating, start, end in zip(ratings, xs, xs[1:], strict=False):
        if rating.p is None or rating.p_low is None or rating.p_high is None:
            spans.append(Span(NO_DATA, start, round(end - start, 1), 0, HEIGHT, True))
            drawing = False
            continue
        top, bottom, y = _y(rating.p_high), _y(rating.p_low), _y(rating.p)
        spans.append(Span(rating.band or "", start, round(end - start, 1), top, round(max(bottom - top, 2), 1), False))
        path.append(f"{f'V{y}' if drawing else f'M{start} {y}'}H{end}")
        drawing = True
    behind = tuple((zone.band, _turned(zone.end), round(HEIGHT * (zone.end - zone.start), 1)) for zone in zones())
    return History(behind, tuple(spans), "".join(path), days[0], days[-1])


def _places(days: Sequence[date]) -> list[float]:
    """Return where each day lies, and the end of the last one; days apart lie apart as in time."""
    length = (days[-1] - days[0]).days
    room = WIDTH * 0.94
    shares = [(day - days[0]).days / length if length else at / len(days) for at, day in enumerate(days)]
    least = room / (4 * len(days))  # so that no rating is too narrow to see
    places: list[float] = []
    for share in shares:
        places.append(max(room * share, places[-1] + least if places else 0.0))
    scale = room / max(places[-1], room)
    return [*(round(place * scale, 1) for place in places), WIDTH]


def _y(p: float) -> float:
    return _turned(position(p))


def _turned(share: float) -> float:
    return round(HEIGHT * (1 - share), 1)
