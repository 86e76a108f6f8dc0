"""The figures of the overview as one table, a figure a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairlead.web.dashboards.figures import NO_DATA, NOT_ASSESSED, Figures
from fairlead.web.dashboards.templatetags.dashboards import covered_word
from fairlead.web.lists.table_file import Table
from fairlead.web.site.templatetags import words
from fairlead.write.safe_cell import Value

_PROGRESS: Final[Mapping[str, str | Promise]] = {
    "open": gettext_lazy("open"),
    "overdue": gettext_lazy("overdue"),
    "unverified": gettext_lazy("done, not verified"),
    "closed": gettext_lazy("verified within a year"),
    "days": gettext_lazy("days until verified, median"),
}
_REMEDY: Final[Mapping[str, str | Promise]] = {
    "owed": gettext_lazy("Owed"),
    "paid": gettext_lazy("Paid"),
    "verified": gettext_lazy("Of it verified"),
    "workers": gettext_lazy("Workers"),
}


def figures_table(figures: Figures) -> Table:
    """Return the figures as a table; sums of money name their currency, and what is not known is empty."""
    headings = [_("Part"), _("Figure"), _("Value"), _("Currency"), _("Of all parties")]
    return Table("overview", _("Overview"), headings, _rows(figures))


def _rows(figures: Figures) -> Iterator[Sequence[Value]]:
    for share in figures.risk.shares:
        known = None if share.key == NO_DATA else share.key
        word = _("Not assessed yet") if share.key == NOT_ASSESSED else words.band(known)
        yield [_("Rating"), word, share.count, None, figures.risk.total]
    for each in figures.coverage:
        yield [_("What is known"), str(covered_word(each.key)), each.count, None, each.total]
    for name, title in _PROGRESS.items():
        yield [_("Corrective actions"), str(title), getattr(figures.progress, name), None, None]
    for one in figures.remedy:
        for name, title in _REMEDY.items():
            currency = None if name == "workers" else one.currency
            yield [_("What workers got back"), str(title), getattr(one, name), currency, None]
