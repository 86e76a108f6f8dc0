"""Who is who: candidates, comparison, rules, clusters; parties, sites and links."""

from fairlead.resolve.resolve import Resolved, WhoIsWho, resolve, who_is_who

__all__ = ["Resolved", "WhoIsWho", "resolve", "who_is_who"]
