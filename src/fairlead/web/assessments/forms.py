"""Forms: beginning an assessment, entering a challenge, answering one."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from fairlead.errors import FairleadError
from fairlead.screen.read_list import read_list
from fairlead.web.assessments.models import Challenge, OwnList
from fairlead.web.assessments.models.challenge import ANSWER_WITHIN
from fairlead.web.files.forms import SeveralFiles
from fairlead.web.files.store import plain_name
from fairlead.web.organisations.models import Organisation
from fairlead.web.site.told import told

#: A list up to this size is read while its sender waits, so that a fault is told at once; the work reads the others.
_READ_AT_ONCE: Final = 2 * 1024 * 1024
_LISTS_AT_MOST: Final = 20


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class _FilesField(forms.FileField):
    """Several files at once; what is wrong with one is told with its name."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files. Raises ValidationError where one is empty, too large or unreadable."""
        given = data if isinstance(data, list) else [data] if data else []
        return [_checked(super(_FilesField, self).clean(one, initial)) for one in given]


def _checked(uploaded: UploadedFile[Any]) -> UploadedFile[Any]:
    size = uploaded.size or 0
    if size > settings.UPLOAD_LIMIT:
        megabytes = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise forms.ValidationError(
            _("“%(name)s” has more than %(limit)s MB. Leave out columns that are not about names."),
            params={"name": plain_name(uploaded.name or ""), "limit": megabytes},
        )
    return uploaded


class BeginForm(forms.Form):
    """As of which day to assess, and which own lists to screen against. `today` is the organisation's."""

    as_of = forms.DateField(label=_("As of"), widget=_day())
    lists = forms.ModelMultipleChoiceField(
        label=_("Your own lists, uploaded before"),
        queryset=OwnList.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    uploads = _FilesField(
        label=_("New lists to screen against"),
        required=False,
        help_text=_(
            "Names of companies or persons as CSV, XLSX, XLS, ODS, XML or JSON lines. They are kept and can be used"
            " again."
        ),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("Why you assess now; it stays with the result.")
    )

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.initial.setdefault("as_of", today)
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()
        known = OwnList.objects.filter(organisation=organisation).select_related("file").order_by("file__name", "pk")
        self.fields["lists"].queryset = known  # type: ignore[attr-defined]
        if not known.exists():
            del self.fields["lists"]

    def clean_as_of(self) -> date:
        """Return the day. Raises ValidationError for one that has not come yet."""
        as_of: date = self.cleaned_data["as_of"]
        if as_of > self._today:
            raise forms.ValidationError(_("That day has not come yet."))
        return as_of

    def clean_uploads(self) -> list[UploadedFile[Any]]:
        """Return the lists. Raises ValidationError with the reason where one cannot be read."""
        uploads: list[UploadedFile[Any]] = self.cleaned_data["uploads"]
        if len(uploads) > _LISTS_AT_MOST:
            raise forms.ValidationError(_("At most twenty lists at once."))
        for one in uploads:
            if (one.size or 0) <= _READ_AT_ONCE:
                _try_to_read(one)
        return uploads


def _try_to_read(uploaded: UploadedFile[Any]) -> None:
    """Read a list once. Raises ValidationError with what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / plain_name(uploaded.name or "")[-60:]
        path.write_bytes(b"".join(uploaded.chunks()))
        try:
            read_list(path)
        except FairleadError as error:
            raise forms.ValidationError(told(error)) from error


class ChallengeForm(forms.ModelForm[Challenge]):
    """A challenge as a member enters it on a supplier's behalf."""

    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        help_text=_("Only those who may see restricted evidence can open it."),
    )

    class Meta:
        model = Challenge
        fields = ("text", "received_on", "due_on")
        widgets = {"received_on": _day(), "due_on": _day(), "text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.initial.setdefault("received_on", today)
        self.initial.setdefault("due_on", today + ANSWER_WITHIN)

    def clean_proof(self) -> UploadedFile[Any] | None:
        """Return the proof. Raises ValidationError where it is too large."""
        proof = self.cleaned_data["proof"]
        return _checked(proof) if proof else None

    def clean(self) -> dict[str, Any]:
        """Return what was given. Raises ValidationError where the days cannot be."""
        given: dict[str, Any] = super().clean() or {}
        received, due = given.get("received_on"), given.get("due_on")
        if received and received > self._today:
            self.add_error("received_on", _("That day has not come yet."))
        if received and due and due < received:
            self.add_error("due_on", _("The answer cannot be due before the challenge was received."))
        return given


class OwnChallengeForm(forms.ModelForm[Challenge]):
    """A challenge as a supplier enters it from its own account."""

    text = forms.CharField(
        label=_("What is wrong, and what is so instead"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Name no worker, and nothing by which one of them can be recognised."),
    )
    proof = forms.FileField(label=_("Proof"), required=False, help_text=_("One file, such as an audit or a contract."))

    class Meta:
        model = Challenge
        fields = ("text",)

    def clean_proof(self) -> UploadedFile[Any] | None:
        """Return the proof. Raises ValidationError where it is too large."""
        proof = self.cleaned_data["proof"]
        return _checked(proof) if proof else None


class ReplyForm(forms.ModelForm[Challenge]):
    """The reply to a challenge, with its reasons and with what became of the evidence."""

    reply = forms.CharField(
        label=_("Reply, with the reasons"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    class Meta:
        model = Challenge
        fields = ("reply", "evidence_withdrawn", "evidence_added")
