"""The fixed words of a rating taken apart: headings, and the names of groups and stages."""

from __future__ import annotations

from collections.abc import Mapping

from fairlead.language import Language
from fairlead.risk.cards import Group
from fairlead.risk.steps import Stage


def fixed_words(language: Language) -> Mapping[str, str]:
    """Return the headings by the keys that the page and the terminal use."""
    _ = language.gettext
    return {
        "step": _("Step"),
        "factor": _("Factor"),
        "nats": _("nats"),
        "so_far": _("So far"),
        "sum": _("Sum"),
        "axes": _("The ILO's two axes"),
        "scale": _("How many work there, kept apart from the rating"),
        "buyer": _("The buyer's own part"),
        "uncounted": _("Known, and not counted"),
        "source": _("Source"),
        "weight": _("Weight"),
        "waterfall": _("How the rating adds up"),
        "notes": _("Notes"),
        "interval": _("90% interval"),
        "pieces": _("Every piece, its weight and its source"),
    }


def group_word(language: Language, group: Group) -> str:
    """Return the word for a group of evidence cards."""
    _ = language.gettext
    return {
        Group.COUNTRY: _("Country and listed goods"),
        Group.GOOD: _("Country and listed goods"),
        Group.UPSTREAM: _("Inputs of the good"),
        Group.STATE_IMPOSED: _("Labour imposed by the State"),
        Group.SECTOR: _("Sector"),
        Group.WORKFORCE: _("Workforce"),
        Group.LISTING: _("Lists of names"),
        Group.IDENTITY: _("Identity"),
        Group.EVIDENCE: _("Found at the supplier"),
        Group.BUYER: _("The buyer's own practice"),
        Group.MITIGATION: _("Verified to lower it"),
    }[group]


def stage_word(language: Language, stage: Stage) -> str:
    """Return the word for where a rating stands after a stage."""
    _ = language.gettext
    return {
        Stage.START: _("Starting point"),
        Stage.INHERENT: _("Inherent"),
        Stage.EVIDENCE: _("With evidence"),
        Stage.RESIDUAL: _("Residual, after what was verified to lower it"),
        Stage.RULE: _("Under the rule"),
    }[stage]
