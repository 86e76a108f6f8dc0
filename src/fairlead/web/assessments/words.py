"""Words for what the engine says of ratings and of changes between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from fairlead.report.ratings import interval, joined, share
from fairlead.report.words import missing_word
from fairlead.risk.comparison import State
from fairlead.risk.term_change import Cause
from fairlead.web.site.templatetags.words import reader, sentence


def state_word(state: State) -> str:
    """Return what became of a party."""
    return {
        State.BAND: _("another band"),
        State.PROBABILITY: _("another probability, same band"),
        State.REASONS: _("other reasons that cancel out"),
        State.INTERVAL: _("surer or less sure"),
        State.NEW: _("new"),
        State.GONE: _("no longer there"),
        State.SAME: _("the same"),
    }[state]


def cause_word(cause: str) -> str:
    """Return why a term is another than it was."""
    return {
        Cause.ADDED: _("new"),
        Cause.GONE: _("no longer counts"),
        Cause.MODEL: _("another version of the model"),
        Cause.EDITION: _("new edition of the source"),
        Cause.EVIDENCE: _("other evidence"),
        Cause.TIME: _("older now"),
        Cause.OTHER_EVIDENCE: _("other evidence of the same kind"),
    }[Cause(cause)]


def probability(p: float | None) -> str:
    """Return a probability as far as it can be said."""
    return "" if p is None else share(reader(), p)


def probabilities(low: float | None, high: float | None) -> str:
    """Return an interval of probabilities; empty without data."""
    return "" if low is None or high is None else interval(reader(), low, high)


def factor(nats: float) -> str:
    """Return by what a term multiplies the odds, such as ×2.4."""
    return reader().factor(math.exp(nats))


def missing_words(names: Sequence[str]) -> str:
    """Return the fields whose absence widened an interval or prevented a rating."""
    language = reader()
    return joined(language, [missing_word(language, name) for name in names])


def message(text: Any) -> str:
    """Return a message that was kept as JSON as a sentence."""
    return sentence(text) if text else ""
