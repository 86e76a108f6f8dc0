"""Who may call what, for every operation of the document: the table of roles and the token's scopes decide."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fairlead.web.api.document import operations
from fairlead.web.api.models import ApiToken, TokenUse
from fairlead.web.organisations.capabilities import Capability, Role, capabilities
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast

#: What stands for each part of an address; numbers for the kinds of record that have one.
_PARTS = {"organisation": "ministry", "party": "pty_1111111111111111"}

OPERATIONS = [(method, path, operation["x-needs"]) for path, method, operation in operations()]
OF_AN_ORGANISATION = [each for each in OPERATIONS if "{organisation}" in each[1]]


def _call(caller: Program, method: str, path: str) -> Any:
    address = re.sub(r"{(\w+)}", lambda part: _PARTS.get(part[1], "1"), path)
    return caller.send(method, address, None if method in {"get", "delete"} else {})


def _is_problem(answer: Any) -> bool:
    return bool(answer["Content-Type"] == "application/problem+json" and answer.json()["status"] == answer.status_code)


def test_every_operation_that_belongs_to_an_organisation_says_what_it_needs() -> None:
    assert [path for _method, path, needs in OF_AN_ORGANISATION if not needs] == []
    assert {needs for *_, needs in OPERATIONS} - {""} <= {str(each) for each in Capability}
    assert len(OPERATIONS) >= 19


@pytest.mark.parametrize(("method", "path", "needs"), OF_AN_ORGANISATION)
def test_each_role_calls_just_what_the_table_allows(method: str, path: str, needs: str, cast: Cast) -> None:
    for role in Role:
        answer = _call(program(cast.people[role]), method, path)
        assert answer.status_code < 500
        if Capability(needs) in capabilities()[role]:
            assert answer.status_code not in {401, 403}, f"{role} is refused {method} {path}"
        else:
            assert answer.status_code == 403, f"{role} gets {answer.status_code} for {method} {path}"
            assert _is_problem(answer)


@pytest.mark.parametrize(("method", "path", "needs"), OF_AN_ORGANISATION)
def test_a_scope_that_the_token_lacks_is_refused_whatever_the_role(
    method: str, path: str, needs: str, cast: Cast
) -> None:
    others = [each for each in Capability if each != needs]
    assert _call(program(cast.alice, others), method, path).status_code == 403
    assert _call(program(cast.alice, [Capability(needs)]), method, path).status_code not in {401, 403}


@pytest.mark.parametrize(("method", "path", "needs"), OF_AN_ORGANISATION)
def test_outsiders_learn_nothing_of_an_organisation(method: str, path: str, needs: str, bob: Program) -> None:
    there, nowhere = _call(bob, method, path), _call(bob, method, path.replace("{organisation}", "nobody"))
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content


@pytest.mark.parametrize(("method", "path", "needs"), OPERATIONS)
def test_without_a_token_that_holds_nothing_opens(method: str, path: str, needs: str, cast: Cast) -> None:
    expired, revoked = program(cast.alice, days=-1), program(cast.alice)
    assert revoked.token is not None
    ApiToken.objects.filter(pk=revoked.token.pk).update(revoked_at=timezone.now() - timedelta(seconds=1))
    for_openrefine = program(cast.alice, use=TokenUse.RECONCILE)
    for caller in (Program(""), Program("fairlead_made-up"), Program("\xe9"), expired, revoked, for_openrefine):
        answer = _call(caller, method, path)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert _is_problem(answer)


@pytest.mark.parametrize(("method", "path", "needs"), OPERATIONS)
def test_a_session_in_a_browser_opens_nothing_of_the_api(method: str, path: str, needs: str, cast: Cast) -> None:
    assert _call(Program("", client=cast.client(cast.alice)), method, path).status_code == 401


def test_a_role_that_was_taken_away_narrows_the_token_at_once(cast: Cast) -> None:
    caller = program(cast.people[Role.ANALYST])
    assert caller.post("parties", {"name": "Grey Gull Ltd"}).status_code == 201
    assert caller.token is not None
    caller.token.membership.role = Role.VIEWER
    caller.token.membership.save()
    assert caller.post("parties", {"name": "Grey Gull Ltd"}).status_code == 403
    assert caller.get("parties").status_code == 200
    caller.token.membership.delete()
    assert caller.get("parties").status_code == 401


def test_a_person_whose_account_is_closed_has_no_token(cast: Cast, viewer: Program) -> None:
    assert viewer.get("parties").status_code == 200
    cast.people[Role.VIEWER].is_active = False
    cast.people[Role.VIEWER].save()
    assert viewer.get("parties").status_code == 401


def test_an_address_or_method_that_there_is_not_is_answered_with_a_problem(alice: Program) -> None:
    assert _is_problem(alice.get("/api/nowhere"))
    assert _is_problem(alice.get("/api/"))
    answer = alice.send("DELETE", "parties")
    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
    assert _is_problem(answer)
