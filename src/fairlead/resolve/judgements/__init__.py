"""People's decisions on doubtful pairs: the file that keeps them, what they say together, what follows for a run."""

from fairlead.resolve.judgements.event import Event, PersonJudgement, Seen, Side, Undo, judgement
from fairlead.resolve.judgements.file import JudgementFile, read_judgements
from fairlead.resolve.judgements.graph import Contradiction, JudgementGraph, standing
from fairlead.resolve.judgements.store import History, JudgementStore

__all__ = [
    "Contradiction",
    "Event",
    "History",
    "JudgementFile",
    "JudgementGraph",
    "JudgementStore",
    "PersonJudgement",
    "Seen",
    "Side",
    "Undo",
    "judgement",
    "read_judgements",
    "standing",
]
