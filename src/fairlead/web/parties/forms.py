"""Forms for a party's facts."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import PartyKind
from fairlead.reference import load_csv
from fairlead.web.parties.models import Party
from fairlead.web.parties.words import WORKFORCE
from fairlead.web.site.templatetags import words

_NAMES_AT_MOST: Final = 100
_LONGEST_NAME: Final = 400


class PartyForm(forms.ModelForm[Party]):
    """The facts of a party that a person may correct; `other_names` one a line."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    other_names = forms.CharField(
        label=_("Other names"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One a line.")
    )
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    workforce = forms.MultipleChoiceField(
        label=_("Its workers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is known of them."),
    )
    language = forms.ChoiceField(label=_("Language of its questionnaires"), required=False)

    class Meta:
        model = Party
        fields = ("name", "other_names", "kind", "country", "tier", "workforce", "contact_email", "language", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(str(kind), words.party_kind(kind)) for kind in PartyKind]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("not known")), *countries()]  # type: ignore[attr-defined]
        self.fields["workforce"].choices = [(str(one), word) for one, word in WORKFORCE.items()]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("the organisation's")), *settings.LANGUAGES]  # type: ignore[attr-defined]
        self.fields["tier"].help_text = _("1 has a contract with you; 2 supplies one of those, and so on.")
        self.fields["note"].widget.attrs["rows"] = 3
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
            self.initial["other_names"] = "\n".join(name for name in self.instance.names if name != self.instance.name)

    def clean_country(self) -> str | None:
        """Return the code, or null where it is not known."""
        return self.cleaned_data["country"] or None

    def clean_workforce(self) -> list[str]:
        """Return the chosen ways, in order."""
        return sorted(self.cleaned_data["workforce"])

    def clean_other_names(self) -> list[str]:
        """Return the names, each once. Raises ValidationError where there are too many or one is too long."""
        names = [line.strip() for line in self.cleaned_data["other_names"].splitlines() if line.strip()]
        if len(names) > _NAMES_AT_MOST or any(len(name) > _LONGEST_NAME for name in names):
            raise forms.ValidationError(_("At most a hundred names, none longer than 400 letters."))
        return sorted(set(names))

    def values(self) -> dict[str, Any]:
        """Return the values to save, by the names of the model's fields."""
        given = dict(self.cleaned_data)
        given.pop("seen", None)
        given["names"] = sorted({given["name"], *given.pop("other_names")})
        return given


def countries() -> list[tuple[str, str]]:
    """Return the countries by their codes, in the order of their names in the reader's language."""
    codes = [row["iso3"] for row in load_csv("countries")]
    return sorted(((code, words.country(code)) for code in codes), key=lambda each: each[1])
