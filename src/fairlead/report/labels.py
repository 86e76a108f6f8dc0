"""The fixed words of the report: headings of sections and columns, buttons, notes that never change."""

from __future__ import annotations

from collections.abc import Mapping

from fairlead.language import Language


def labels(language: Language) -> Mapping[str, str]:
    """Return the fixed words of the report by the keys that the templates use."""
    _ = language.gettext
    return {
        "skip": _("Skip to the work list"),
        "contents": _("Contents"),
        "summary": _("Summary"),
        "work_list": _("Work list"),
        "no_data": _("No data"),
        "map": _("Map"),
        "tiers": _("Tiers and labour providers"),
        "coverage": _("Coverage"),
        "details": _("Reasons and next steps"),
        "sources": _("Sources"),
        "set_aside": _("Set aside"),
        "rejected": _("Rows that could not be used"),
        "remarks": _("Values set aside, although their row was used"),
        "review": _("Possible duplicates"),
        "limits": _("What this report cannot know"),
        "limits_short": _("Limits"),
        "tiers_short": _("Tiers"),
        "details_short": _("Reasons"),
        "files": _("Files that were read"),
        "distribution": _("How the suppliers are rated"),
        "supplier": _("Supplier"),
        "rating": _("Rating"),
        "reasons": _("Main reasons"),
        "next_step": _("First step"),
        "rows": _("Rows"),
        "row": _("Row"),
        "sheet": _("Sheet"),
        "needed": _("Needed to know more"),
        "country": _("Country"),
        "suppliers": _("Suppliers"),
        "raised": _("Elevated or higher"),
        "find_out": _("find out"),
        "interval": _("Interval"),
        "axis": _("Probability of at least one case within a year"),
        "reason": _("Reason"),
        "factor": _("Factor"),
        "source": _("Source"),
        "result": _("Result"),
        "other_names": _("Other names"),
        "identifiers": _("Numbers"),
        "owners": _("Owners"),
        "found_in": _("Found in"),
        "why": _("Why it stands here"),
        "publisher": _("Publisher"),
        "edition": _("Edition"),
        "licence": _("Licence"),
        "note": _("Note"),
        "file": _("File"),
        "hash": _("SHA-256"),
        "used": _("Used"),
        "not_used": _("Not used"),
        "place": _("Where"),
        "column": _("Column"),
        "why_not": _("Reason"),
        "cells": _("Cells"),
        "first": _("One record"),
        "second": _("The other"),
        "alike": _("Alike"),
        "search": _("Search the work list"),
        "band": _("Band"),
        "all_bands": _("All bands"),
        "shown": _("shown"),
        "order": _("Order"),
        "by_rank": _("As ranked"),
        "exposed": _("Workers × probability"),
        "beside": _("Beside the rating, and no part of it"),
        "scale": _("How many work there"),
        "axes": _("The ILO's two axes"),
        "signs": _("Reported signs"),
        "all_signs": _("All"),
        "signs_both": _("On both axes"),
        "signs_some": _("Not on both axes"),
        "signs_none": _("No data"),
        "no_signs": _(
            "Signs by the ILO's two axes (involuntary work, menace of a penalty) are reported of no supplier here. "
            "That says nothing about how things are."
        ),
        "exposed_text": _(
            "Workers × probability is a second order, for setting priorities: how many are expected to work where "
            "there is at least one case, if the ratings hold. It is no count of people in forced labour, and no part "
            "of the rating."
        ),
        "reset": _("Show all"),
        "none_found": _("No supplier fits. Change the search or show all."),
        "countries_table": _("The countries in numbers"),
        "folded": _("Folded groups"),
        "link_here": _("Link to this section"),
        "details_link": _("Reasons and next steps"),
        "back": _("Back to the work list"),
        "none_rated": _("No supplier could be rated."),
        "every_rated": _("Every supplier could be rated."),
        "none_rejected": _("Every row was used."),
        "none_remarks": _("No value was set aside."),
        "none_review": _("No two records look like one supplier without being merged."),
        "none_sources": _("No source was used."),
        "page": _("Page"),
        "of": _("of"),
        "rank": _("No."),
        "question": _("Question"),
        "asked_first": _("First on the work list"),
        "how_to_read": _("How to read a rating"),
        "how_to_read_text": _(
            "The bar is the interval within which the rating lies with a probability of 90%; the line in it is the "
            "middle. “Find out” means that the interval reaches over bands that ask for different things: one answer "
            "from the supplier would be worth most here."
        ),
        "no_data_text": _(
            "Too little is known of these suppliers to rate them. That says nothing about how things are there: it is "
            "neither low nor high. What would have to be known stands beside each."
        ),
        "details_text": _(
            "Each rating is a sum. Every line moves the odds by the factor shown, from its source; the last line is "
            "the result. If a reason is wrong, correct it where it comes from."
        ),
        "rejected_text": _("Each of these rows is in rejected.csv with all its cells."),
        "remarks_text": _("These suppliers were assessed without the value. All of them are in remarks.csv."),
        "review_text": _(
            "A person decides whether they are one supplier; nothing was merged. All pairs are in review.csv."
        ),
        "coverage_text": _("Read the coverage before the work list: what could not be placed could not be rated."),
    }
