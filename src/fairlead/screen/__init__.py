"""Who is on a list: lists as they are published, candidates by their words, a score with its reasons, evidence."""

from fairlead.screen.changes import ChangeKind, Changes, HitChange, ListChange, changes_since
from fairlead.screen.editions import with_removed
from fairlead.screen.prepare import can_be_found
from fairlead.screen.read_list import read_list, read_lists
from fairlead.screen.reasons import hit_reasons
from fairlead.screen.record import RECORD, ScreeningRecord, make_record, read_record, record_document
from fairlead.screen.reference_list import reference_lists
from fairlead.screen.screen import find_hits, screen
from fairlead.screen.screen_names import NameHit, NameScreening, screen_names
from fairlead.screen.watch_list import About, ListEntry, ListIdentifier, ListName, WatchList

__all__ = [
    "RECORD",
    "About",
    "ChangeKind",
    "Changes",
    "HitChange",
    "ListChange",
    "ListEntry",
    "ListIdentifier",
    "ListName",
    "NameHit",
    "NameScreening",
    "ScreeningRecord",
    "WatchList",
    "can_be_found",
    "changes_since",
    "find_hits",
    "hit_reasons",
    "make_record",
    "read_list",
    "read_lists",
    "read_record",
    "record_document",
    "reference_lists",
    "screen",
    "screen_names",
    "with_removed",
]
