"""Where a column of a model comes from, and whether its source was published after what is foretold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from fairlead.reference.source import last_day

#: Stands for a date where a column is made in training, of the list itself.
TRAINING: Final = "training"


@dataclass(frozen=True)
class Column:
    """One column of a model: what it is, what it stands for, and which source it comes from.

    `stands_for` is risk, exposure or detection. `describes` is the year or day that it describes; `published` is when
    the edition used was published, to the day, month or year, or TRAINING.
    """

    name: str
    stands_for: str
    what: str
    source_id: str
    describes: str
    published: str

    def after_label(self, as_of: date) -> bool:
        """Say whether the edition in use may have been published after a day, and its values be revised since."""
        return self.published != TRAINING and last_day(self.published) > as_of

    def to_json(self, as_of: date) -> dict[str, Any]:
        """Return the column as JSON has it, marked where it was published after a day."""
        return {
            "name": self.name,
            "stands_for": self.stands_for,
            "what": self.what,
            "source_id": self.source_id,
            "describes": self.describes,
            "published": self.published,
            "published_after_the_label": self.after_label(as_of),
        }
