"""Forms of corrective actions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.organisations.models import Membership

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_MONEY: Final = ("cost", "owed", "paid")


class ActionForm(forms.ModelForm[CorrectiveAction]):
    """What is agreed: what, by whom, until when, who pays, what shows it, what workers are owed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = CorrectiveAction
        fields = (
            *("words", "owner", "followed_by", "due_on", "proof_words"),
            *("cost", "cost_bearer", "owed", "paid", "currency", "workers"),
        )
        widgets = {
            "words": forms.Textarea(attrs={"rows": 3}),
            "proof_words": forms.Textarea(attrs={"rows": 2}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "owed": _("Wages, fees or deposits that workers have to get back."),
            "currency": _("Three letters, such as KZT."),
        }

    def __init__(self, *args: Any, members: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = self.instance
        if action.pk:
            self.initial["seen"] = action.version
        if action.pk and action.text and not action.words:
            self.fields["words"].required = False
            self.fields["words"].help_text = _("Empty: the step stays as the plan proposes it.")
        else:
            self.fields["words"].required = True
        if members is not None:
            users = [member.user_id for member in members]
            self.fields["followed_by"].queryset = self.fields["followed_by"].queryset.filter(pk__in=users)  # type: ignore[attr-defined]
        self.fields["followed_by"].empty_label = _("nobody yet")  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        """Return the code in capitals. Raises ValidationError for what is none."""
        code = str(self.cleaned_data["currency"]).strip().upper()
        if code and not _CURRENCY.fullmatch(code):
            raise forms.ValidationError(_("A currency is three letters, such as KZT."))
        return code

    def clean(self) -> dict[str, Any]:
        """Return what was given. Raises ValidationError for money without a currency, below 0, or paid beyond owed."""
        given = super().clean() or {}
        money = {name: given.get(name) for name in _MONEY}
        if any(value is not None for value in money.values()) and not given.get("currency"):
            self.add_error("currency", _("Say in which currency."))
        for name, value in money.items():
            if isinstance(value, Decimal) and value < 0:
                self.add_error(name, _("An amount cannot be below 0."))
        return given

    def values(self) -> dict[str, Any]:
        """Return the values to save, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def changed_labels(self) -> str:
        """The English labels of the fields that were sent otherwise than they were; see `in_words`."""
        with override("en"):
            return ", ".join(str(self.fields[name].label) for name in self.changed_data if name != "seen")


def in_words(changed_labels: str) -> str:
    """Return the labels of changed fields, as an action's history keeps them, in the language of the reader."""
    with override("en"):
        fields = {str(field.label): field for field in ActionForm.base_fields.values()}
    return ", ".join(str(fields[label].label) if label in fields else label for label in changed_labels.split(", "))


def people(membership: Membership) -> Any:
    """Return the members of an organisation who can follow an action."""
    return Membership.objects.filter(organisation=membership.organisation, party__isnull=True)
