"""What an organisation keeps of parties, and of what people did with them."""

from fairlead.web.parties.models.bulk import BulkChange, BulkChangeItem
from fairlead.web.parties.models.duplicates import DuplicatePair, JudgementEntry
from fairlead.web.parties.models.labels import Label, Labelling
from fairlead.web.parties.models.records import (
    NOT_LIVE,
    UNRANKED,
    Link,
    LiveRecords,
    Party,
    PartyIdentifier,
    Record,
    RecordState,
    Site,
    SourceRow,
)
from fairlead.web.parties.models.regrouping import Regrouping, RegroupingKind

__all__ = [
    "NOT_LIVE",
    "UNRANKED",
    "BulkChange",
    "BulkChangeItem",
    "DuplicatePair",
    "JudgementEntry",
    "Label",
    "Labelling",
    "Link",
    "LiveRecords",
    "Party",
    "PartyIdentifier",
    "Record",
    "RecordState",
    "Regrouping",
    "RegroupingKind",
    "Site",
    "SourceRow",
]
