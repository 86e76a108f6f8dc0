"""Forms of the pages under the bodies of the API, so that both hold the same rules; and the form of a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fairlead.web.api.models import TokenUse
from fairlead.web.api.problems import invalid
from fairlead.web.organisations.capabilities import Capability

#: How long a token may hold, in days.
HOLDS: Final = ((30, _("30 days")), (90, _("90 days")), (365, _("one year")))

CAPABILITY_WORDS: Final = {
    Capability.SEE: _("See parties, evidence, ratings, answers and actions"),
    Capability.EXPORT: _("Take tables and reports away"),
    Capability.EDIT: _("Add and change parties, sites, links and evidence"),
    Capability.IMPORT: _("Upload lists, put them into the data, undo that"),
    Capability.ASSESS: _("Run an assessment"),
    Capability.ASK: _("Send questionnaires and take answers into the evidence"),
    Capability.ACT: _("Agree, follow and escalate corrective actions"),
    Capability.VERIFY: _("Say that a step was verified"),
    Capability.STANDARD: _("Adapt the standard of labour practices"),
    Capability.AUDIT: _("Read the log of who did what"),
    Capability.RESTRICTED: _("See evidence that is restricted"),
    Capability.ADMINISTER: _("Invite people, change roles and settings"),
    Capability.ANSWER: _("Answer questionnaires"),
}


class TokenForm(forms.Form):
    """A new token: its name, what it opens, what it may do, how long it holds."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("The program or person that will use it."))
    use = forms.ChoiceField(label=_("For"), choices=TokenUse.choices, initial=TokenUse.API)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple, required=False, initial=[Capability.SEE.value]
    )
    days = forms.TypedChoiceField(label=_("Holds for"), choices=HOLDS, coerce=int, initial=90)

    def __init__(self, *args: Any, capabilities: frozenset[Capability], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (str(each), CAPABILITY_WORDS[each]) for each in Capability if each in capabilities
        ]

    def clean(self) -> dict[str, Any]:
        """Return the values; OpenRefine may see alone. Raises ValidationError for a token that may do nothing."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("use") == TokenUse.RECONCILE:
            given["scopes"] = [Capability.SEE.value]
        elif not given.get("scopes"):
            self.add_error("scopes", _("Choose at least one."))
        return given


def checked(form: forms.BaseForm, names: Mapping[str, str] | None = None) -> None:
    """Raise Problem with every complaint of a form; `names` gives the API's name of a field where it is another."""
    if form.is_valid():
        return
    places = []
    for field, complaints in form.errors.items():
        place = "body" if field == "__all__" else f"body.{(names or {}).get(field, field)}"
        places += [(place, str(complaint)) for complaint in complaints]
    raise invalid(places)
