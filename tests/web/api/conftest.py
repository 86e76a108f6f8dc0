"""A program that calls the API: tokens of every role, and one of another organisation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.api.models import ApiToken, TokenUse
from fairlead.web.api.tokens import make_token
from fairlead.web.organisations.capabilities import Capability, Role
from fairlead.web.organisations.models import Membership
from tests.web.conftest import Cast

BASE = "/api/organisations/ministry"


@dataclass(frozen=True)
class Program:
    """A client with a token; `send` speaks JSON."""

    secret: str
    token: ApiToken | None = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send a request; a path that does not begin with a slash is one of the ministry's."""
        address = path if path.startswith(("/", "http")) else f"{BASE}/{path}"
        if self.secret:
            headers.setdefault("Authorization", f"Bearer {self.secret}")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method.upper(), address, headers=named, **content)

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Read."""
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Do something new."""
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """Change something."""
        return self.send("PATCH", path, body, **headers)


def program(
    user: User, scopes: Iterable[Capability] = tuple(Capability), *, use: TokenUse = TokenUse.API, days: float = 30
) -> Program:
    """A program with a token of somebody, with all that the role allows unless scopes are given."""
    membership = Membership.objects.select_related("organisation", "user").get(user=user)
    expires = timezone.now() + timedelta(days=days)
    token, secret = make_token(membership, name="a script", scopes=scopes, expires_at=expires, use=use)
    return Program(secret, token)


@pytest.fixture(autouse=True)
def fresh_count() -> None:
    """No test is refused for the requests of another."""
    cache.clear()


@pytest.fixture
def alice(cast: Cast) -> Program:
    """A program of the ministry's administrator."""
    return program(cast.alice)


@pytest.fixture
def viewer(cast: Cast) -> Program:
    """A program of the ministry's viewer."""
    return program(cast.people[Role.VIEWER])


@pytest.fixture
def bob(cast: Cast) -> Program:
    """A program of the port's administrator."""
    return program(cast.bob)
