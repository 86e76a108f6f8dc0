"""Forms for changes to the standard; what a change may be is the engine's business."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairlead.standard import AnswerType, Provision, Standard
from fairlead.web.site.templatetags.words import reader


class RewordForm(forms.Form):
    """What an organisation says in its own words about one provision, and whether it asks for good practice."""

    title = forms.CharField(label=_("Title"), max_length=300)
    good_practice = forms.CharField(
        label=_("Good practice"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    own_words = forms.CharField(
        label=_("Your own words"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("They stand beside the legal minimum, which stays as it is."),
    )
    raised = forms.BooleanField(label=_("Ask for good practice, not only for the legal minimum"), required=False)

    def changes(self, provision: Provision, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the changes with those to this provision replaced by what the form says.

        `provision` is that of Fairlead's own standard, or the added one as it was added.
        """
        key, given = provision.key, self.cleaned_data
        kept = [each for each in changes if key not in (each.get("reword"), each.get("raise"))]
        fields = {
            name: given[name]
            for name in ("title", "good_practice", "own_words")
            if given[name] and _same(given[name]) != _same(getattr(provision, name))
        }
        if fields:
            kept.append({"reword": key, **fields})
        if given["raised"] and provision.of_the_law:
            kept.append({"raise": key})
        return kept


def _same(text: str) -> str:
    return " ".join(text.split())


class ReasonForm(forms.Form):
    """Why a provision or a question is taken out."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AddForm(forms.Form):
    """A provision of the organisation's own, with one question."""

    key = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small Latin letters, digits and underscores, such as pay_scales_published."),
    )
    topic = forms.ChoiceField(label=_("Chapter"))
    title = forms.CharField(label=_("Title"), max_length=300)
    good_practice = forms.CharField(
        label=_("What you ask for"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.ChoiceField(label=_("Rests on"))
    at = forms.CharField(label=_("Place in it"), max_length=120, help_text=_("Such as Article 7 or Principle 21."))
    ask = forms.CharField(label=_("The question to suppliers"), max_length=500)
    type = forms.ChoiceField(label=_("Its answer"))
    proof = forms.CharField(label=_("Proof to attach"), max_length=300, required=False)

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instruments = {source.instrument.key: source.instrument for p in standard.provisions for source in p.sources}
        told = reader().gettext
        self.fields["topic"].choices = [(key, told(title)) for key, title in standard.topics.items()]  # type: ignore[attr-defined]
        self.fields["source"].choices = [(key, one.title) for key, one in sorted(instruments.items())]  # type: ignore[attr-defined]
        self.fields["type"].choices = [  # type: ignore[attr-defined]
            (str(AnswerType.YES_NO), _("yes or no")),
            (str(AnswerType.MONEY), _("an amount of money")),
            (str(AnswerType.DATE), _("a date")),
            (str(AnswerType.TEXT), _("a text")),
            (str(AnswerType.FILE), _("a file")),
        ]

    def change(self) -> dict[str, Any]:
        """Return the change that adds the provision."""
        given = self.cleaned_data
        question = {"key": given["key"], "ask": given["ask"], "type": given["type"]}
        if given["proof"]:
            question["proof"] = given["proof"]
        return {
            "add": given["key"],
            "provision": {
                "topic": given["topic"],
                "title": given["title"],
                "good_practice": given["good_practice"],
                "sources": [{"in": given["source"], "at": given["at"]}],
                "questions": [question],
            },
        }


class KeepForm(forms.Form):
    """The name of a version."""

    name = forms.CharField(
        label=_("Name of the version"), max_length=100, help_text=_("Such as Ministry of Quiet Waters 2026.")
    )
