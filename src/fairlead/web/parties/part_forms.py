"""Forms for what hangs on a party: numbers, sites, links."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import LinkKind, SiteKind
from fairlead.read.identifier import Identifier, read_identifier
from fairlead.read.identifier_schemes import SCHEMES
from fairlead.reference import load_csv
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.forms import countries
from fairlead.web.parties.models import Link, Party, Site
from fairlead.web.parties.words import GIVES, RECEIVES, SITE_KINDS
from fairlead.web.site.templatetags import words

_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_HS: Final = re.compile(r"\d{2}|\d{4}|\d{6}")
_PERCENT: Final = 100


class IdentifierForm(forms.Form):
    """A number in a register. One that fails its check is kept and marked: it may stand so in the register."""

    scheme = forms.ChoiceField(label=_("Register"))
    value = forms.CharField(label=_("Number"), max_length=80)

    def __init__(self, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._party = party
        self.read: Identifier | None = None
        self.remark = ""
        known = sorted(SCHEMES)
        self.fields["scheme"].choices = [("ID", _("Another register")), *((one, one) for one in known if one != "ID")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the number by its scheme. Raises ValidationError where no number can be read."""
        given = super().clean() or {}
        if given.get("scheme") and given.get("value"):
            reading = read_identifier(given["value"], given["scheme"], self._party.country)
            if reading.identifier is None or not reading.identifier.value:
                raise forms.ValidationError(words.sentence(_arrow(reading.remark)) or _("No number can be read there."))
            self.read, self.remark = reading.identifier, words.sentence(_arrow(reading.remark))
        return given


def _arrow(message: Any) -> Any:
    return message.to_arrow() if message else None


class SiteForm(forms.ModelForm[Site]):
    """A place where a party works."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)

    class Meta:
        model = Site
        fields = ("kind", "name", "address", "city", "region", "country", "latitude", "longitude", "workers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(str(kind), SITE_KINDS[kind]) for kind in SiteKind]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("not known")), *countries()]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["seen"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Check that the site can be told from others. Raises ValidationError where nothing says where it is."""
        given = super().clean() or {}
        if (given.get("latitude") is None) != (given.get("longitude") is None):
            raise forms.ValidationError(_("A place on the map needs both latitude and longitude."))
        if not any(given.get(name) for name in ("name", "address", "city", "region", "country", "latitude")):
            raise forms.ValidationError(_("Say at least one thing about where it is: a name, a place or an address."))
        given["country"] = given.get("country") or None
        return given

    def values(self) -> dict[str, Any]:
        """Return the values to save, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LinkForm(forms.ModelForm[Link]):
    """A link of a party, told from its end: `what` is out:KIND or in:KIND, `other` the id of the other party."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = forms.ChoiceField(label=_("What it is"))
    other = forms.CharField(label=_("The other party"), required=False, widget=forms.HiddenInput)
    good = forms.ChoiceField(label=_("Good"), required=False)
    sector = forms.ChoiceField(label=_("Sector or service"), required=False)
    share_percent = forms.DecimalField(
        label=_("Share, in per cent"),
        required=False,
        min_value=0,
        max_value=_PERCENT,
        help_text=_("Of what the receiver buys of this; of an owner, the part that it owns."),
    )
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3, help_text=_("As ISO 4217: KZT, EUR."))
    from_date = forms.CharField(
        label=_("Since"), required=False, max_length=10, help_text=_("2024, 2024-05 or 2024-05-17.")
    )
    to_date = forms.CharField(label=_("Until"), required=False, max_length=10)

    #: Stands for the organisation itself in place of a party's id.
    OURSELVES: Final = "ourselves"

    class Meta:
        model = Link
        fields = (
            "what",
            "other",
            "good",
            "product",
            "sector",
            "tier",
            "share_percent",
            "spend",
            "currency",
            "from_date",
            "to_date",
        )

    def __init__(self, party: Party, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.other_party: Party | None = None
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (_("What it does"), [(f"out:{kind}", GIVES[kind]) for kind in LinkKind]),
            (_("What is done for it"), [(f"in:{kind}", RECEIVES[kind]) for kind in LinkKind]),
        ]
        self.fields["good"].choices = _named("goods", "good", words.good)  # type: ignore[attr-defined]
        self.fields["sector"].choices = _named("sectors", "sector", words.sector)  # type: ignore[attr-defined]
        self.fields["spend"].min_value = 0  # type: ignore[attr-defined]
        if self.instance.pk:
            self._fill_in()

    def _fill_in(self) -> None:
        link = self.instance
        out = link.from_party_id == self.party.pk
        self.initial["seen"] = link.version
        self.initial["what"] = f"{'out' if out else 'in'}:{link.kind}"
        self.other_party = link.to_party if out else link.from_party
        self.initial["other"] = self.OURSELVES if link.to_self else self.other_party.uid if self.other_party else ""
        self.initial["share_percent"] = None if link.share is None else f"{round(link.share * _PERCENT, 4):g}"

    def again(self, link: Link) -> LinkForm:
        """Return such a form that shows a link, told from the end of the same party."""
        return LinkForm(self.party, instance=link)

    def in_words(self, name: str, values: list[str]) -> str | None:
        """Return the name of the other party for its id; None for other fields."""
        if name != "other":
            return None
        if values == [self.OURSELVES]:
            return self.party.organisation.name
        party = Party.objects.filter(organisation=self.party.organisation, uid__in=values).first()
        return party.name if party else ""

    def clean_other(self) -> str:
        """Return the id. Raises ValidationError where it is no party of the organisation."""
        given = self.cleaned_data["other"]
        if given == self.OURSELVES:
            return given
        self.other_party = _party(self.party.organisation, given)
        if self.other_party is None:
            raise forms.ValidationError(_("Choose the other party: search for it by its name or number."))
        return given

    def clean_product(self) -> str | None:
        """Return the HS code. Raises ValidationError where it has not two, four or six digits."""
        code = (self.cleaned_data["product"] or "").replace(".", "").replace(" ", "")
        if code and not _HS.fullmatch(code):
            raise forms.ValidationError(_("An HS code has two, four or six digits."))
        return code or None

    def clean_from_date(self) -> str | None:
        """Return the date. Raises ValidationError where it is none."""
        return read_date(self.cleaned_data["from_date"])

    def clean_to_date(self) -> str | None:
        """Return the date. Raises ValidationError where it is none."""
        return read_date(self.cleaned_data["to_date"])

    def clean_currency(self) -> str | None:
        """Return the code in capitals. Raises ValidationError where it is none."""
        code = self.cleaned_data["currency"].strip().upper()
        if code and not _CURRENCY.fullmatch(code):
            raise forms.ValidationError(_("A currency has a code of three letters, such as KZT."))
        return code or None

    def clean(self) -> dict[str, Any]:
        """Check what hangs together. Raises ValidationError where it does not."""
        given = super().clean() or {}
        side, _colon, kind = given.get("what", "").partition(":")
        if given.get("other") == self.OURSELVES and (side != "out" or kind not in _TO_OURSELVES):
            self.add_error("what", _("Towards your own organisation a link can only say who supplies or serves it."))
        if given.get("spend") is not None and not given.get("currency"):
            self.add_error("currency", _("An amount needs its currency."))
        if given.get("spend") is not None and given["spend"] < 0:
            self.add_error("spend", _("An amount of spend is not below zero."))
        since, until = given.get("from_date"), given.get("to_date")
        if since and until and until < since[: len(until)]:
            self.add_error("to_date", _("It ends before it begins."))
        return given

    def values(self) -> dict[str, Any]:
        """Return the values to save, by the names of the model's fields."""
        given = self.cleaned_data
        side, _colon, kind = given["what"].partition(":")
        ends = (self.party, self.other_party) if side == "out" else (self.other_party, self.party)
        share = given["share_percent"]
        return {
            "kind": kind,
            "from_party": ends[0],
            "to_party": ends[1],
            "to_self": given["other"] == self.OURSELVES,
            "share": None if share is None else float(share / _PERCENT),
            **{name: given[name] or None for name in ("good", "sector", "product", "currency", "from_date", "to_date")},
            **{name: given[name] for name in ("tier", "spend")},
        }


#: What can be done for the organisation itself.
_TO_OURSELVES: Final = frozenset({LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS, LinkKind.RECRUITS_FOR, LinkKind.SECONDS_TO})


def read_date(text: str) -> str | None:
    """Return a date as precise as it was given: 2024, 2024-05, 2024-05-17. Raises ValidationError where it is none."""
    text = text.strip()
    if not text:
        return None
    if _DATE.fullmatch(text):
        padded = f"{text}-01-01"[:10]
        try:
            date.fromisoformat(padded)
        except ValueError:
            pass
        else:
            return text
    raise forms.ValidationError(_("Write a year, a month or a day: 2024, 2024-05 or 2024-05-17."))


def _party(organisation: Organisation, uid: str) -> Party | None:
    return Party.live.filter(organisation=organisation, uid=uid).first() if uid else None


def _named(table: str, key: str, word: Any) -> list[tuple[str, Any]]:
    """Return the rows of a reference table as choices, in the order of their names."""
    keys = sorted({row[key] for row in load_csv(table) if row[key]})
    return [("", _("not known")), *sorted(((one, word(one)) for one in keys), key=lambda each: str(each[1]))]
