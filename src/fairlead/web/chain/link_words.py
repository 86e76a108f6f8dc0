"""Kinds of link in words, and the four lines that the picture draws them as."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import LinkKind


class Line(StrEnum):
    """How a link is drawn: solid, dashed, dotted, dashed and dotted."""

    GOODS = "goods"
    LABOUR = "labour"
    OWNERSHIP = "ownership"
    HOUSING = "housing"


KINDS: Final[dict[Line, tuple[LinkKind, ...]]] = {
    Line.GOODS: (LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS),
    Line.LABOUR: (LinkKind.RECRUITS_FOR, LinkKind.SECONDS_TO),
    Line.OWNERSHIP: (LinkKind.OWNS, LinkKind.CONTROLS, LinkKind.OPERATES),
    Line.HOUSING: (LinkKind.HOUSES,),
}
LINE_OF: Final = {str(kind): line for line, kinds in KINDS.items() for kind in kinds}

#: The class that pictures of reports and pages have for each line.
STYLES: Final = {
    Line.GOODS: "supplies",
    Line.LABOUR: "recruits",
    Line.OWNERSHIP: "owns",
    Line.HOUSING: "houses",
}

LINE_WORDS: Final[dict[Line, str | Promise]] = {
    Line.GOODS: _("Goods and services"),
    Line.LABOUR: _("Labour providers"),
    Line.OWNERSHIP: _("Ownership"),
    Line.HOUSING: _("Housing of workers"),
}
