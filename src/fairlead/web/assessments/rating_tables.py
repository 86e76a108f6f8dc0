"""Tables of one party's rating that can be taken away: how it adds up, and how it was in each assessment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from fairlead.web.assessments.models import Rating
from fairlead.web.assessments.told import Told
from fairlead.web.lists.table_file import Table
from fairlead.web.parties.models import Party
from fairlead.web.site.templatetags import words
from fairlead.write.safe_cell import Value


def adds_up_table(told: Told, rating: Rating) -> Table:
    """Return a row for each step of a rating, and one under it for each piece of evidence in it.

    Where the rating was made by another model than the one in use its terms stand there as they were kept.
    """
    headings = [_("Step"), _("Reason"), _("Source"), _("Factor"), _("So far")]
    return Table(f"rating-{rating.party.uid}", _("How the rating adds up"), headings, _rows(told))


def _rows(told: Told) -> Iterator[Sequence[Value]]:
    for bar in told.bars:
        yield [bar.step.name, bar.step.note or None, None, bar.step.factor, bar.step.p]
        for piece in bar.step.pieces:
            yield [bar.step.name, piece.text, piece.source or None, piece.factor, None]
    for one in told.reasons:
        yield [one.name, one.text or None, one.source or None, one.factor, None]


def history_table(party: Party) -> Table:
    """Return a party's ratings in all assessments that are done, the newest first."""
    ratings = Rating.objects.visible().filter(party=party).select_related("assessment").defer("assessment__editions")
    headings = [
        _("Assessment"),
        _("As of"),
        _("Rating"),
        _("Probability"),
        _("Probability, low"),
        _("Probability, high"),
    ]
    rows = (
        [one.assessment.number, one.assessment.as_of.isoformat(), words.band(one.band), one.p, one.p_low, one.p_high]
        for one in ratings.order_by("-assessment__as_of", "-assessment__number")
    )
    return Table(f"ratings-{party.uid}", _("The rating over time"), headings, rows)
