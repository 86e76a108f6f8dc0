"""Every error that Fairlead raises on purpose, in one tree.

FairleadError
├── InputError              a file, folder or option given by the user cannot be used
│   ├── NothingToRead       no readable file, an empty file, an empty sheet
│   ├── UnreadableFile      broken, encrypted, or not the format its name says
│   ├── InvalidTable        an input-output table is empty, has a hole or a negative, or does not balance
│   ├── FileTooLarge        over the size limit, or unpacks to more than the limit
│   ├── NoHeaderFound       no row of the sheet looks like column headings
│   ├── MappingError        mapping.yaml is malformed or names a column that is not there
│   ├── JudgementError      a judgement cannot be entered or undone, or the file of judgements is damaged
│   ├── RequestError        a request to a service of Fairlead is malformed or asks too much
│   │   └── RequestTooLarge its body has more bytes than are read
│   ├── LinkError           a link between parties has a share or an end that cannot be
│   ├── RegroupingError     parties cannot be merged or split as was asked, or that cannot be undone
│   │   └── LaterWork       later work stands in the way of undoing it
│   ├── AnswerError         an answer to a question cannot be understood, or the question is not known
│   ├── AdaptationError     a change to the standard of labour practices cannot be made
│   │   └── BelowLegalMinimum  it would take away or weaken what the law asks
│   ├── NoTableAdded        an answer needs an input-output table, and none was added
│   └── OptionError         an option has a value that cannot be used
├── ReferencePackError      the reference pack is damaged, or an update was refused
│   ├── InvalidReference    a reference table breaks its own rules
│   └── UpdateFailed        the publisher could not be reached, or sent something unusable
├── EngineError             a process that worked on a part of the tables has failed
└── ReportError             a report could not be laid out or written

An error says what is wrong, where (file, sheet, row, column) and what to do about it. None of them
carries what a worker told or any other personal data.

What is wrong and what to do are messages where the sentence may reach a reader of the workbench, so that
`Language.error` can tell it in the reader's language. As text an error is always English.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from fairlead.model.message import Message, message


@dataclass(frozen=True)
class Where:
    """The place in a user's input that an error is about; parts that are unknown stay None."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def parts(self) -> tuple[str | Message, ...]:
        """The parts that are known, from the file inwards."""
        parts = (
            self.file and PurePath(self.file).name,
            self.sheet and message("sheet “{sheet}”", sheet=self.sheet),
            self.row and message("row {row}", row=str(self.row)),
            self.column and message("column “{column}”", column=self.column),
        )
        return tuple(part for part in parts if part)

    def __str__(self) -> str:
        return ", ".join(map(str, self.parts))


class FairleadError(Exception):
    """The root of the tree: what is wrong, why where another room found the reason, where, and what to do.

    Each is a message, or finished text where no reader of another language sees it or it is translated already.
    """

    def __init__(
        self, what: str | Message, *, where: Where | None = None, why: str | Message = "", do: str | Message = ""
    ) -> None:
        self.what = what
        self.why = why
        self.where = where or Where()
        self.do = do
        super().__init__(str(self))

    def __str__(self) -> str:
        place = str(self.where)
        sentence = f"{place}: {self.what}" if place else self.what
        return " ".join(filter(None, map(str, (sentence, self.why, self.do))))


class InputError(FairleadError):
    """A file, folder or option given by the user cannot be used."""


class NothingToRead(InputError):
    """There is no readable file, or the file or sheet is empty."""


class UnreadableFile(InputError):
    """The file is broken, encrypted, or not the format its name says."""


class InvalidTable(InputError):
    """An input-output table is empty, has a hole or a negative entry, or does not balance."""


class FileTooLarge(InputError):
    """The file is over the size limit, or unpacks to more than the limit."""


class NoHeaderFound(InputError):
    """No row of the sheet looks like column headings."""


class MappingError(InputError):
    """mapping.yaml is malformed or names a column that is not there."""


class JudgementError(InputError):
    """A person's judgement cannot be entered or undone, or the file of judgements is damaged."""


class RequestError(InputError):
    """A request to a service of Fairlead is malformed or asks too much."""


class RequestTooLarge(RequestError):
    """The body of a request has more bytes than are read."""


class LinkError(InputError):
    """A link between two parties has a share, an amount or an end that cannot be."""


class RegroupingError(InputError):
    """Parties cannot be merged or split as was asked, or it cannot be undone."""


class LaterWork(RegroupingError):
    """Later work stands in the way of undoing a merge or split; `conflicts` names each piece of it."""

    def __init__(self, what: str | Message, conflicts: tuple[str, ...], *, do: str | Message = "") -> None:
        super().__init__(what, do=do)
        self.conflicts = conflicts


class AnswerError(InputError):
    """An answer to a question cannot be understood, or belongs to no question."""


class AdaptationError(InputError):
    """A change that an organisation makes to the standard of labour practices cannot be made."""


class BelowLegalMinimum(AdaptationError):
    """A change would take away or weaken a provision of the legal minimum."""


class NoTableAdded(InputError):
    """An answer needs an input-output table, and none was added."""


class OptionError(InputError):
    """An option has a value that cannot be used."""


class ReferencePackError(FairleadError):
    """The reference pack is damaged, or an update was refused."""


class InvalidReference(ReferencePackError):
    """A reference table breaks its own rules."""


class UpdateFailed(ReferencePackError):
    """The publisher could not be reached, or sent something unusable."""


class EngineError(FairleadError):
    """A process that worked on a part of the tables has failed."""


class ReportError(FairleadError):
    """A report could not be laid out or written."""
