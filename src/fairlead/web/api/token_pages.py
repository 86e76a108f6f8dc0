"""The page of tokens: make one, see it once, revoke it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fairlead.web.api.forms import CAPABILITY_WORDS, TokenForm
from fairlead.web.api.models import TokenUse
from fairlead.web.api.tokens import make_token, revoke_token, tokens_for
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability


@never_cache
@needs(Capability.SEE)
def tokens_page(request: MemberRequest) -> HttpResponse:
    """Show a member's tokens, to an administrator those of all; make a new one and show its secret this once."""
    form = TokenForm(request.POST or None, capabilities=request.membership.capabilities)
    made = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        token, secret = make_token(
            request.membership,
            name=given["name"],
            scopes=[Capability(scope) for scope in given["scopes"]],
            expires_at=timezone.now() + timedelta(days=given["days"]),
            use=TokenUse(given["use"]),
        )
        address = reverse("reconcile", kwargs={"organisation": request.organisation.slug, "token": secret})
        shown = settings.PUBLIC_URL + address if token.use == TokenUse.RECONCILE else secret
        made = {"token": token, "shown": shown}
        form = TokenForm(capabilities=request.membership.capabilities)
    tokens = [
        {"token": each, "words": [CAPABILITY_WORDS[Capability(scope)] for scope in each.scopes]}
        for each in tokens_for(request.membership)
    ]
    context = {"form": form, "made": made, "tokens": tokens, "limit": settings.API_REQUESTS_PER_MINUTE}
    return render(request, "api/tokens.html", context)


@require_POST
@needs(Capability.SEE)
def revoke(request: MemberRequest, number: int) -> HttpResponse:
    """Revoke a token of one's own; administrators any of the organisation."""
    token = next((each for each in tokens_for(request.membership) if each.pk == number), None)
    if token is None:
        raise Http404
    revoke_token(token, request.user)
    messages.success(request, _("The token “%(name)s” is revoked. It opens nothing any more.") % {"name": token.name})
    return redirect("tokens:list", slug=request.organisation.slug)
