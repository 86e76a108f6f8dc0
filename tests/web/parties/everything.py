"""All facts of an organisation's parties as they stand, to be compared before and after."""

from __future__ import annotations

from typing import Any

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.evidence.models import Evidence
from fairlead.web.organisations.models import Invitation, Membership
from fairlead.web.parties.models import Labelling, Link, Party, PartyIdentifier, Site, SourceRow

#: What goes up with every change, and so cannot be as it was.
_COUNTS = {"version", "changed_at"}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without the numbers of versions."""
    tables = (
        Party,
        PartyIdentifier,
        Site,
        Link,
        SourceRow,
        Evidence,
        Labelling,
        CorrectiveAction,
        Membership,
        Invitation,
    )
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in _COUNTS}
            for row in model.objects.order_by("pk").values()
        ]
        for model in tables
    }
