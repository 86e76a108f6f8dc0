"""What templates show of assessments: words, small pictures, and all that a party's page shows of its rating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import template
from django.utils import timezone

from fairlead.report.scale import zones
from fairlead.risk.comparison import State
from fairlead.web.assessments import pictures
from fairlead.web.assessments.models import Challenge, ChallengeState, Rating
from fairlead.web.assessments.told import AXIS
from fairlead.web.assessments.words import (
    cause_word,
    factor,
    message,
    missing_words,
    probabilities,
    probability,
    state_word,
)
from fairlead.web.parties.models import Party

register = template.Library()

#: So many ratings and challenges stand on a party's page.
_SHOWN: Final = 24

#: A term that moves the odds by less (nats; about a twentieth) is counted and not told.
_TELLING: Final = 0.05

register.filter("cause_word", cause_word)
register.filter("factor", factor)
register.filter("message", message)
register.filter("missing_words", missing_words)
register.filter("probability", probability)


@register.filter
def stacked(counts: Mapping[str, int]) -> list[pictures.Segment]:
    """Return the segments of the bar of an assessment's bands."""
    return pictures.stacked(counts)


@register.filter
def range_of(rating: Any) -> str:
    """Return the interval of a rating, given as its row or as a comparison keeps it."""
    if isinstance(rating, Mapping):
        return probabilities(rating["p_low"], rating["p_high"])
    return probabilities(rating.p_low, rating.p_high)


@register.filter
def changed(state: str) -> str:
    """Return what became of a party between two assessments."""
    return state_word(State(state))


@register.filter
def telling(terms: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the terms of a change that move a rating visibly, or that came or went."""
    return [term for term in terms if _tells(term)]


@register.filter
def small_changes(terms: Sequence[Mapping[str, Any]]) -> int:
    """Return how many terms of a change are too small to be told one by one."""
    return sum(not _tells(term) for term in terms)


def _tells(term: Mapping[str, Any]) -> bool:
    before, after = term["before"], term["after"]
    return before is None or after is None or abs(after - before) >= _TELLING


@register.filter
def overdue(challenge: Challenge) -> bool:
    """Say whether the day by which a challenge was to be answered is over."""
    return challenge.state == ChallengeState.OPEN and challenge.due_on < timezone.localdate()


@register.simple_tag
def axis_zones() -> Sequence[tuple[str, float, float]]:
    """Return the bands as they lie on the axis of the waterfall: band, where it begins, how wide it is."""
    return [(one.band, round(AXIS * one.start, 1), round(AXIS * (one.end - one.start), 1)) for one in zones()]


@register.simple_tag
def rating_of(party: Party) -> dict[str, Any]:
    """Return what a party's page shows: its newest rating, those before, and its challenges. Two queries."""
    ratings = list(
        Rating.objects.visible()
        .filter(party=party)
        .select_related("assessment")
        .defer("assessment__editions")
        .order_by("-assessment__as_of", "-assessment__number")[:_SHOWN]
    )
    challenges = Challenge.objects.filter(party=party).select_related("rating__assessment", "replied_by")
    return {
        "newest": ratings[0] if ratings else None,
        "ratings": ratings,
        "history": pictures.history(ratings[::-1]),
        "challenges": list(challenges.defer("rating__assessment__editions").order_by("-number")[:_SHOWN]),
    }
