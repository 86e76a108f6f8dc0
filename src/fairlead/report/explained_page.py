"""A rating taken apart as a page: one HTML file that needs nothing else."""

from __future__ import annotations

from fairlead.report.explained_content import Explained
from fairlead.report.page import environment, style
from fairlead.report.waterfall import waterfall


def explained_page(told: Explained) -> str:
    """Return the page: the rating, the waterfall, every piece with its weight and source, flags and questions."""
    template = environment().get_template("explained.html")
    return template.render(told=told, picture=waterfall(told), style=style())
