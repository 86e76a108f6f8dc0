"""A person's own pages, and the choice of a language."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from fairlead.web.accounts.forms import ProfileForm
from fairlead.web.accounts.language import keep
from fairlead.web.accounts.sign_in import CHOSEN
from fairlead.web.organisations.access import SignedInRequest, open_to_all, signed_in


@signed_in
def profile(request: SignedInRequest) -> HttpResponse:
    """Show and change one's own name, language and wish for e-mail."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.language):
            messages.success(request, _("Kept."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@open_to_all("whoever reads a page may choose its language")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Write pages in another language from now on, and go back to the page on which it was chosen."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
        else:
            request.session[CHOSEN] = language
        keep(response, request, language)
    return response
