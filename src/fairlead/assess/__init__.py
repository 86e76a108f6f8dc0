"""The jobs as a whole, each one function: from supplier lists to a report, and from names to hits on lists."""

from fairlead.assess.pipeline import assess
from fairlead.assess.resolution import ResolutionRun, resolve_files
from fairlead.assess.screening import ScreeningRun, screen_file

__all__ = ["ResolutionRun", "ScreeningRun", "assess", "resolve_files", "screen_file"]
