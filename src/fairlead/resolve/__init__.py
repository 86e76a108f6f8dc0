"""Who is who: candidates, comparison, rules, clusters; parties, sites and links; and who of them is known already."""

from fairlead.resolve.known import KnownMatch, match_known
from fairlead.resolve.known_rows import KnownParties
from fairlead.resolve.resolve import Resolved, WhoIsWho, resolve, who_is_who

__all__ = ["KnownMatch", "KnownParties", "Resolved", "WhoIsWho", "match_known", "resolve", "who_is_who"]
