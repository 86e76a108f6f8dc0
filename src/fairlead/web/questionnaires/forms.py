"""Forms for making and changing questionnaires."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairlead.language import LANGUAGES

#: Days that a supplier has, where nothing else is chosen.
DAYS: Final = 28
_LATEST: Final = timedelta(days=3 * 366)


class _Date(forms.DateInput):
    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """Return the date as the browser's field takes it."""
        return value.isoformat() if isinstance(value, date) else value


class AskForm(forms.Form):
    """What holds for all questionnaires that are made together."""

    due_on = forms.DateField(label=_("Please answer by"), widget=_Date)
    language = forms.ChoiceField(label=_("Language"), required=False)
    greeting = forms.CharField(
        label=_("A few words to the supplier"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand in the e-mail and on the first page. Write nothing here that a worker told you."),
    )

    reminders = forms.BooleanField(
        label=_("Remind the supplier by e-mail"),
        required=False,
        initial=True,
        help_text=_("A week before the day, the day after it, and twice more; never once the answers are in."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = timezone.localdate() + timedelta(days=DAYS)
        spoken = [each for each in settings.LANGUAGES if each[0] in LANGUAGES]
        self.fields["language"].choices = [("", _("each party’s own")), *spoken]  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        """Return the day. Raises ValidationError for one that is over or years away."""
        day: date = self.cleaned_data["due_on"]
        if not timezone.localdate() <= day <= timezone.localdate() + _LATEST:
            raise forms.ValidationError(_("Choose a day from today on, within three years."))
        return day


class SettingsForm(AskForm):
    """What can be changed about one questionnaire."""

    email = forms.EmailField(label=_("E-mail address"), required=False)
    field_order = ("email", "due_on", "language", "greeting", "reminders")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["language"].choices  # type: ignore[attr-defined]
        self.fields["language"].choices = choices[1:]  # type: ignore[attr-defined]
        self.fields["language"].required = True


class ReturnForm(forms.Form):
    """Why answers are sent back."""

    remarks = forms.CharField(
        label=_("What the supplier should look at again"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The supplier reads this. Nothing that a worker told, or that could lead to one, belongs here."),
    )
