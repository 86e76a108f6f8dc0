"""Who is on a list: lists as they are published, candidates by their words, a score with its reasons, evidence."""

from fairlead.screen.read_list import read_list, read_lists
from fairlead.screen.reasons import hit_reasons
from fairlead.screen.reference_list import reference_lists
from fairlead.screen.screen import find_hits, screen
from fairlead.screen.screen_names import NameHit, NameScreening, screen_names
from fairlead.screen.watch_list import About, ListEntry, ListIdentifier, ListName, WatchList

__all__ = [
    "About",
    "ListEntry",
    "ListIdentifier",
    "ListName",
    "NameHit",
    "NameScreening",
    "WatchList",
    "find_hits",
    "hit_reasons",
    "read_list",
    "read_lists",
    "reference_lists",
    "screen",
    "screen_names",
]
