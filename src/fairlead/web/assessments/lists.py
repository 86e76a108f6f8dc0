"""The lists of this feature: assessments, the ratings of one, the changes between two, challenges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fairlead.model.vocabulary import Band
from fairlead.risk.comparison import State
from fairlead.web.assessments.models import (
    NO_DATA,
    Assessment,
    Challenge,
    ChallengeState,
    Change,
    Comparison,
    PartyChange,
    Rating,
)
from fairlead.web.assessments.words import state_word
from fairlead.web.lists.definition import Choices, Column, Filter, ListDefinition, equals
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.country_filter import country_filter
from fairlead.web.parties.search import named
from fairlead.web.site.templatetags import words


def _assessments(organisation: Organisation) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(organisation=organisation).short()
    return rows.select_related("created_by", "job")


def _count(band: str) -> Column:
    return Column(
        band, words.band(None if band == NO_DATA else band), lambda row: row.counts.get(band), exported_only=True
    )


ASSESSMENT_LIST: Final = ListDefinition(
    key="assessments",
    title=_("Assessments"),
    page="assessments:list",
    rows=_assessments,
    columns=(
        Column("number", _("Assessment"), lambda row: row.number, "assessments/cell_number.html", order=("number",)),
        Column("as_of", _("As of"), lambda row: row.as_of, "assessments/cell_date.html", order=("as_of", "number")),
        Column(
            "state",
            _("Ratings"),
            lambda row: str(row.shown_state.label),
            "assessments/cell_counts.html",
        ),
        *(_count(band) for band in (*map(str, Band), NO_DATA)),
        Column("who", _("Who"), lambda row: str(row.created_by) if row.created_by else "", "assessments/cell_who.html"),
        Column("note", _("Note"), lambda row: row.note, "assessments/cell_text.html"),
    ),
    order=("-as_of", "-number"),
    empty="assessments/empty.html",
)


def _bands(organisation: Organisation) -> Choices:
    return [*((str(band), words.band(band)) for band in Band), (NO_DATA, words.band(None))]


def _band(_of: Organisation, value: str) -> Q:
    return Q(band__isnull=True) if value == NO_DATA else Q(band=value)


def work_list(assessment: Assessment) -> ListDefinition:
    """Return the list of an assessment's ratings, in the order in which to look at them."""

    def rows(organisation: Organisation) -> QuerySet[Rating]:
        ratings = Rating.objects.visible().filter(assessment=assessment, assessment__organisation=organisation)
        return ratings.select_related("party")

    def countries(organisation: Organisation) -> Iterable[str | None]:
        return rows(organisation).order_by().values_list("party__country", flat=True).distinct()

    changes: tuple[Filter, ...] = ()
    if assessment.previous_id:
        choices = [(str(one), one.label) for one in Change if one is not Change.FIRST]
        changes = (Filter("change", _("Since the one before"), lambda _o: choices, equals("change")),)
    return ListDefinition(
        key="ratings",
        title=_("Whom to look at first"),
        page="assessments:list",
        rows=rows,
        columns=(
            Column("rank", _("Place"), lambda row: row.rank, numeric=True, order=("rank",)),
            Column(
                "name",
                _("Name"),
                lambda row: row.party.name,
                "assessments/cell_party.html",
                order=("party__folded", "rank"),
            ),
            Column(
                "band",
                _("Rating"),
                lambda row: words.band(row.band),
                "assessments/cell_rating.html",
                order=("p", "rank"),
            ),
            Column(
                "country",
                _("Country"),
                lambda row: words.country(row.party.country) if row.party.country else None,
                order=("party__country", "rank"),
            ),
            Column(
                "find_out",
                _("Find out"),
                lambda row: _now("yes") if row.find_out else _now("no"),
                "assessments/cell_find_out.html",
            ),
            *(
                [Column("change", _("Since the one before"), _change_told, "assessments/cell_change.html")]
                if assessment.previous_id
                else []
            ),
            Column("id", _("Id"), lambda row: row.party.uid, exported_only=True),
            Column("p", _("Probability"), lambda row: row.p, exported_only=True),
            Column("p_low", _("Probability, low"), lambda row: row.p_low, exported_only=True),
            Column("p_high", _("Probability, high"), lambda row: row.p_high, exported_only=True),
        ),
        order=("rank",),
        search=lambda _of, typed: named(typed, of="party"),
        search_hint=_("Name or number, in any script"),
        filters=(
            Filter("band", _("Rating"), _bands, _band),
            country_filter(countries, "party__country"),
            Filter("find_out", _("Find out"), lambda _o: [("yes", _("to find out"))], lambda _of, _v: Q(find_out=True)),
            *changes,
        ),
        empty="assessments/empty_ratings.html",
    )


def _change_told(row: Rating) -> str:
    return str(Change(row.change).label)


def change_list(comparison: Comparison) -> ListDefinition:
    """Return the list of parties that are not the same in two assessments, the weightiest change first."""

    def rows(organisation: Organisation) -> QuerySet[PartyChange]:
        return PartyChange.objects.filter(
            comparison=comparison, comparison__organisation=organisation, comparison__ready=True
        ).select_related("party")

    def states(organisation: Organisation) -> Choices:
        return [(str(one), state_word(one)) for one in State if one is not State.SAME and comparison.counts.get(one)]

    return ListDefinition(
        key="changes",
        title=_("What changed, and why"),
        page="assessments:list",
        rows=rows,
        columns=(
            Column("name", _("Name"), lambda row: row.name, "assessments/cell_changed_party.html"),
            Column("state", _("What"), lambda row: state_word(State(row.state)), exported_only=True),
            Column("before", _("Before"), lambda row: _band_of(row.before), "assessments/cell_before.html"),
            Column("after", _("Now"), lambda row: _band_of(row.after), "assessments/cell_after.html"),
            Column("why", _("Why"), _why, "assessments/cell_why.html"),
            Column("p_before", _("Probability before"), lambda row: (row.before or {}).get("p"), exported_only=True),
            Column("p_after", _("Probability now"), lambda row: (row.after or {}).get("p"), exported_only=True),
            Column("by_model", _("By the model, in nats"), lambda row: row.by_model, exported_only=True),
            Column("by_time", _("By time, in nats"), lambda row: row.by_time, exported_only=True),
            Column("by_evidence", _("By evidence, in nats"), lambda row: row.by_evidence, exported_only=True),
        ),
        order=("place",),
        search=equals("name__icontains"),
        search_hint=_("Name"),
        filters=(Filter("state", _("What changed"), states, equals("state")),),
        empty="assessments/empty_changes.html",
    )


def _band_of(rating: dict[str, Any] | None) -> str:
    return "" if rating is None else words.band(rating["band"])


def _why(row: PartyChange) -> str:
    shown = (words.sentence(term["text"]) for term in row.terms if not term["restricted"] and term["text"])
    return " | ".join(shown)


def _challenges(organisation: Organisation) -> QuerySet[Challenge]:
    return Challenge.objects.filter(organisation=organisation).select_related("party", "rating__assessment")


CHALLENGE_LIST: Final = ListDefinition(
    key="challenges",
    title=_("Challenges"),
    page="assessments:challenges",
    rows=_challenges,
    columns=(
        Column("number", _("Number"), lambda row: row.number, "assessments/cell_challenge.html", order=("number",)),
        Column("party", _("Of"), lambda row: row.party.name, order=("party__folded", "number")),
        Column("state", _("State"), lambda row: str(ChallengeState(row.state).label), order=("state", "due_on")),
        Column(
            "received_on",
            _("Received"),
            lambda row: row.received_on,
            "assessments/cell_date.html",
            order=("received_on",),
        ),
        Column("due_on", _("Answer by"), lambda row: row.due_on, "assessments/cell_due.html", order=("due_on",)),
    ),
    order=("-state", "due_on", "number"),
    filters=(Filter("state", _("State"), lambda _o: ChallengeState.choices, equals("state")),),
    empty="assessments/empty_challenges.html",
)
