"""Makes, finds and revokes tokens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fairlead.web.accounts.models import User
from fairlead.web.api.models import ApiToken, TokenUse
from fairlead.web.audit.chain import record
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Membership

#: How every token begins, so that scanners for lost secrets know it.
PREFIX: Final = "fairlead_"
_BYTES: Final = 32
#: The time of the last use is written at most so often; reading would otherwise write with every request.
_NOTED_EVERY: Final = timedelta(minutes=5)


def digest(secret: str) -> str:
    """Return what is kept of a token: its HMAC-SHA-256 with the installation's secret key.

    A token has 256 random bits, so that a quick hash suffices; the key makes a stolen table useless by itself.
    """
    return salted_hmac("fairlead.web.api.tokens", secret, algorithm="sha256").hexdigest()


def make_token(
    membership: Membership,
    *,
    name: str,
    scopes: Iterable[Capability],
    expires_at: datetime,
    use: TokenUse = TokenUse.API,
) -> tuple[ApiToken, str]:
    """Make a token for a member and return it with its secret, which nobody can find out later.

    Scopes beyond the member's role are left out.
    """
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    allowed = sorted(set(scopes) & membership.capabilities)
    with transaction.atomic():
        token = ApiToken.objects.create(
            membership=membership,
            use=use,
            name=name,
            scopes=[str(scope) for scope in allowed],
            digest=digest(secret),
            expires_at=expires_at,
        )
        record(
            "token.made",
            organisation=membership.organisation,
            actor=membership.user,
            detail={"token": token.pk, "use": str(use), "scopes": token.scopes},
        )
    return token, secret


def find_token(secret: str, use: TokenUse) -> ApiToken | None:
    """Return the token with this secret if it still opens what it is for, and note that it was used."""
    if not secret.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.select_related("membership__organisation", "membership__user")
        .filter(digest=digest(secret), use=use)
        .first()
    )
    if token is None or not token.open or not token.membership.user.is_active:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def revoke_token(token: ApiToken, actor: User) -> None:
    """Make a token open nothing from now on; one that is revoked already stays as it is."""
    with transaction.atomic():
        done = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
        if done:
            organisation = token.membership.organisation
            record("token.revoked", organisation=organisation, actor=actor, detail={"token": token.pk})


def tokens_for(membership: Membership) -> list[ApiToken]:
    """Return the tokens that a member may see and revoke: their own; for an administrator all of the organisation."""
    mine = Q(membership=membership)
    if membership.may(Capability.ADMINISTER):
        mine = Q(membership__organisation=membership.organisation)
    return list(ApiToken.objects.filter(mine).select_related("membership__user", "membership__organisation"))
