"""The form for a piece of evidence."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import AssertedBy, Polarity, Visibility
from fairlead.risk.cards import Card, Group
from fairlead.web.evidence.words import GROUPS, INDICATORS, POINTS, SEEN_BY, SURE, WHO, by_hand, cards
from fairlead.web.site.templatetags.words import reader

_LONGEST_QUOTE: Final = 500
_FIRST_YEAR: Final = 1990
_TO_CHOOSE: Final = ("", _("Choose…"))
_PEOPLE: Final = tuple(who for who in AssertedBy if who not in {AssertedBy.MODEL, AssertedBy.PUBLIC_LIST})


class EvidenceForm(forms.Form):
    """What is reported of a party, by whom, since when, and where it can be read."""

    finding = forms.ChoiceField(label=_("What is found"))
    indicator = forms.ChoiceField(
        label=_("ILO indicator"),
        required=False,
        help_text=_("Only where the finding does not name it by itself, such as a specific allegation."),
    )
    polarity = forms.ChoiceField(label=_("Which way it points"), choices=list(POINTS.items())[:2])
    asserted_by = forms.ChoiceField(label=_("Who says so"))
    verified_by = forms.ChoiceField(label=_("Who has verified it"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31)
    source_title = forms.CharField(
        label=_("Title of the source"), max_length=300, help_text=_("The report, letter, article or interview.")
    )
    edition = forms.CharField(label=_("Its edition or date"), required=False, max_length=120)
    locator = forms.CharField(
        label=_("Where in it"), required=False, max_length=500, help_text=_("Page, cell, line or address.")
    )
    quote = forms.CharField(
        label=_("Quote"),
        required=False,
        max_length=_LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Up to 500 letters. No names of workers, and nothing by which one could be recognised."),
    )
    confidence = forms.ChoiceField(label=_("How sure it is"))
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=list(SEEN_BY.items()))
    expires_on = forms.DateField(
        label=_("Counts until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        help_text=_("A file that shows it. It is kept and only given back to be saved."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].choices = [_TO_CHOOSE, *_findings()]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", _("as the finding says")), *INDICATORS.items()]  # type: ignore[attr-defined]
        self.fields["asserted_by"].choices = [_TO_CHOOSE, *((str(who), WHO[who]) for who in _PEOPLE)]  # type: ignore[attr-defined]
        self.fields["verified_by"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody yet")),
            *((str(who), WHO[who]) for who in _PEOPLE),
        ]
        self.fields["month"].choices = [("", ""), *_months()]  # type: ignore[attr-defined]
        self.fields["confidence"].choices = [(str(degree), word) for degree, word in SURE.items()]  # type: ignore[attr-defined]
        self.fields["visibility"].initial = str(Visibility.ORGANISATION)
        self.fields["year"].widget.attrs |= {"inputmode": "numeric", "placeholder": "2026"}
        self.fields["day"].widget.attrs |= {"inputmode": "numeric"}

    def clean(self) -> dict[str, Any]:
        """Put the date together. Raises ValidationError where it is none or lies ahead."""
        given = super().clean() or {}
        given["event_date"] = self._date(given)
        if given.get("finding"):
            self._check_indicator(given)
        return given

    def _check_indicator(self, given: dict[str, Any]) -> None:
        card = self._card(given["finding"])
        if card.group is Group.EVIDENCE and not card.indicators and not given.get("indicator"):
            self.add_error("indicator", _("This finding says nothing of what it is about: name the indicator."))

    def _date(self, given: dict[str, Any]) -> str | None:
        year, month, day = given.get("year"), given.get("month"), given.get("day")
        if year is None:
            if month or day:
                self.add_error("year", _("A month or day needs its year."))
            return None
        if day and not month:
            self.add_error("month", _("A day needs its month."))
            return None
        today = timezone.localdate()
        if not _FIRST_YEAR <= year <= today.year:
            self.add_error("year", _("Give a year from 1990 on that is not ahead."))
            return None
        try:
            first = date(year, int(month or 1), day or 1)
        except ValueError:
            self.add_error("day", _("This month has no such day."))
            return None
        if first > today:
            self.add_error("year", _("That lies ahead."))
            return None
        return f"{year:04}" + (f"-{int(month):02}" if month else "") + (f"-{day:02}" if day else "")

    @staticmethod
    def _card(chosen: str) -> Card:
        return cards()[chosen.partition("|")[0]]

    def values(self) -> dict[str, Any]:
        """Return the values to keep, by the names of the columns of evidence."""
        given = self.cleaned_data
        finding, _bar, value = given["finding"].partition("|")
        card = cards()[finding]
        contradicts = given["polarity"] == Polarity.CONTRADICTS
        points = Polarity.MITIGATES if card.group is Group.MITIGATION else Polarity.SUPPORTS
        named = str(card.indicators[0]) if card.indicators else None
        return {
            "finding": finding,
            "value": value or None,
            "polarity": str(Polarity.CONTRADICTS if contradicts else points),
            "indicator": given["indicator"] or named,
            "verified_by": given["verified_by"] or None,
            "confidence": float(given["confidence"]),
            "quote": " ".join(given["quote"].split()),
            "source_title": " ".join(given["source_title"].split()),
            **{
                name: given[name]
                for name in ("asserted_by", "event_date", "edition", "locator", "visibility", "expires_on")
            },
        }


class WithdrawForm(forms.Form):
    """Why a piece of evidence no longer counts."""

    why = forms.CharField(label=_("Why it no longer counts"), max_length=300)


class ProofForm(forms.Form):
    """A file to attach."""

    proof = forms.FileField(label=_("File"))


def _findings() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return the findings in their groups, each with its sentence; one with levels comes once for each."""
    return [
        (GROUPS[group], [choice for card in found for choice in _of_card(card)]) for group, found in by_hand().items()
    ]


def _of_card(card: Card) -> list[tuple[str, str]]:
    language = reader()
    return [
        (f"{card.key}|{level.value}" if level.value else card.key, language.gettext(level.statement))
        for level in card.levels.values()
    ]


def _months() -> list[tuple[str, str]]:
    """Return the months by their numbers, as the reader's language names them."""
    names = reader().locale.months["stand-alone"]["wide"]
    return [(str(number), str(names[number])) for number in range(1, 13)]
