"""The page of tokens: made by each member for themselves, shown once, kept as a hash, revoked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from fairlead.web.api.document import operations
from fairlead.web.api.models import ApiToken
from fairlead.web.api.tokens import PREFIX, digest
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership
from tests.web.api.conftest import Program, program
from tests.web.conftest import Cast

PAGE = "/o/ministry/tokens/"
GIVEN = {"name": "Nightly export", "use": "api", "scopes": ["see"], "days": "30"}


def test_a_token_is_shown_once_and_kept_as_a_hash(cast: Cast) -> None:
    browser = cast.as_role(Role.VIEWER)
    shown = browser.post(PAGE, GIVEN).content.decode()
    [secret] = set(re.findall(PREFIX + r"[\w-]{43}", shown))
    token = ApiToken.objects.get()
    assert (token.digest, token.scopes) == (digest(secret), ["see"])
    assert secret not in str(ApiToken.objects.values())
    assert secret not in browser.get(PAGE).content.decode()
    assert abs(token.expires_at - timezone.now() - timedelta(days=30)) < timedelta(minutes=1)
    assert Program(secret).get("parties").status_code == 200
    assert AuditEntry.objects.filter(action="token.made").values_list("detail", flat=True).get()["token"] == token.pk


def test_the_page_of_a_secret_is_kept_in_no_cache(cast: Cast) -> None:
    assert "no-store" in cast.as_role(Role.VIEWER).post(PAGE, GIVEN)["Cache-Control"]


@pytest.mark.parametrize("changed", [{"scopes": []}, {"scopes": ["edit"]}, {"name": ""}, {"days": "9999"}])
def test_a_token_beyond_the_role_or_without_name_scope_or_end_is_not_made(
    changed: dict[str, object], cast: Cast
) -> None:
    cast.as_role(Role.VIEWER).post(PAGE, GIVEN | changed)
    assert not ApiToken.objects.exists()


def test_members_see_their_own_tokens_and_administrators_all(cast: Cast, viewer: Program, bob: Program) -> None:
    ApiToken.objects.filter(pk=viewer.token.pk).update(name="The viewer's")  # type: ignore[union-attr]
    ApiToken.objects.filter(pk=bob.token.pk).update(name="Bob's")  # type: ignore[union-attr]
    assert "The viewer&#x27;s" in cast.as_role(Role.VIEWER).get(PAGE).content.decode()
    assert "The viewer&#x27;s" not in cast.as_role(Role.ANALYST).get(PAGE).content.decode()
    of_administrator = cast.client(cast.alice).get(PAGE).content.decode()
    assert "The viewer&#x27;s" in of_administrator
    assert "Bob&#x27;s" not in of_administrator


def test_a_revoked_token_opens_nothing_from_then_on(cast: Cast, viewer: Program) -> None:
    assert viewer.token is not None
    address = f"{PAGE}{viewer.token.pk}/revoke/"
    assert cast.as_role(Role.ANALYST).post(address).status_code == 404
    assert cast.client(cast.bob).post(address.replace("ministry", "port")).status_code == 404
    assert viewer.get("parties").status_code == 200
    cast.client(cast.alice).post(address)
    assert viewer.get("parties").status_code == 401
    cast.client(cast.alice).post(address)
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_the_last_use_is_noted_at_most_every_five_minutes(viewer: Program) -> None:
    assert viewer.token is not None
    viewer.get("parties")
    ApiToken.objects.filter(pk=viewer.token.pk).update(last_used_at=timezone.now() - timedelta(minutes=2))
    before = ApiToken.objects.get(pk=viewer.token.pk).last_used_at
    viewer.get("parties")
    assert ApiToken.objects.get(pk=viewer.token.pk).last_used_at == before
    ApiToken.objects.filter(pk=viewer.token.pk).update(last_used_at=timezone.now() - timedelta(minutes=6))
    viewer.get("parties")
    assert ApiToken.objects.get(pk=viewer.token.pk).last_used_at > before


def test_a_token_ends_with_the_membership(cast: Cast) -> None:
    caller = program(cast.people[Role.VIEWER])
    Membership.objects.get(user=cast.people[Role.VIEWER]).delete()
    assert caller.get("parties").status_code == 401


def test_the_pages_of_the_api_need_no_script_from_elsewhere_and_name_every_operation(cast: Cast) -> None:
    page = cast.as_role(Role.VIEWER).get("/api/docs").content.decode()
    for path, _method, operation in operations():
        assert path in page
        assert f'id="{operation["operationId"]}"' in page
    assert not re.findall(r'(?:src|href)="https?://', page)
