"""Who is who: candidates, comparison, rules, clusters; parties, sites and links."""

from fairlead.resolve.resolve import Resolved, resolve

__all__ = ["Resolved", "resolve"]
