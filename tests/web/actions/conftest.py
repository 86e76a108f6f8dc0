"""An action that the ministry has agreed with Blue Heron."""

from __future__ import annotations

from datetime import date

import pytest

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.organisations.capabilities import Role
from tests.web.conftest import Cast

DUE = date(2026, 11, 30)


@pytest.fixture
def action(cast: Cast) -> CorrectiveAction:
    return CorrectiveAction.objects.create(
        organisation=cast.ministry,
        uid="act_1",
        party=cast.supplier,
        words="Give the passports back",
        state="agreed",
        due_on=DUE,
        followed_by=cast.people[Role.CASE_LEAD],
    )
