"""The form that says what to change of many parties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import PartyKind
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.forms import countries
from fairlead.web.parties.models import Label
from fairlead.web.site.templatetags import words

_FIELDS = {
    "kind": _("Set the kind"),
    "tier": _("Set the tier"),
    "country": _("Set the country"),
    "note": _("Add a note"),
    "label": _("Give a label"),
    "unlabel": _("Take a label away"),
}


class BulkForm(forms.Form):
    """One change: what is changed, and the value in the field that goes with it."""

    field = forms.ChoiceField(label=_("What to change"), widget=forms.RadioSelect, choices=list(_FIELDS.items()))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    tier = forms.IntegerField(label=_("Tier"), required=False, min_value=1, max_value=100)
    country = forms.ChoiceField(label=_("Country"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    label = forms.CharField(label=_("Label"), required=False, max_length=40)
    unlabel = forms.ChoiceField(label=_("Label"), required=False)

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisation = organisation
        self.fields["kind"].choices = [("", ""), *((str(kind), words.party_kind(kind)) for kind in PartyKind)]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", ""), *countries()]  # type: ignore[attr-defined]
        self.fields["label"].widget.attrs |= {"list": "labels", "autocomplete": "off"}
        self.labels = list(Label.objects.filter(organisation=organisation).values_list("name", flat=True))
        self.fields["unlabel"].choices = [("", ""), *((name, name) for name in self.labels)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that the value of what is changed is there. Raises ValidationError where it is not."""
        given = super().clean() or {}
        name = given.get("field", "")
        if name and not given.get(name) and name not in self.errors:
            self.add_error(name, _("Give the value to set."))
        return given

    def change(self) -> dict[str, Any]:
        """Return the change as it is kept; a label that is not there yet is made."""
        name = self.cleaned_data["field"]
        if name in {"label", "unlabel"}:
            wanted = " ".join(self.cleaned_data[name].split())
            label, _made = Label.objects.get_or_create(organisation=self._organisation, name=wanted)
            return {"field": name, "value": label.pk}
        value = self.cleaned_data[name]
        return {"field": name, "value": value.strip() if isinstance(value, str) else value}
