"""The jobs as a whole, each one function: from supplier lists to a report, and from names to hits on lists."""

from fairlead.assess.pipeline import assess
from fairlead.assess.screening import ScreeningRun, screen_file

__all__ = ["ScreeningRun", "assess", "screen_file"]
