"""What has changed between two ratings of the same parties, and why."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.read.rated import RatedRow
from fairlead.risk import MODEL_VERSION, rate, shipped_cards, shipped_parameters
from fairlead.risk.comparison import PartyChange, Side, State, compare
from fairlead.risk.comparison_of_cases import compare_cases
from fairlead.risk.term_change import Cause
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party
from tests.risk.test_rating import any_rows

TODAY = AS_OF.isoformat()
LATER = date(2028, 11, 24)
COTTON = links(link(good="cotton"))
LISTED = evidence("good_forced_labour_listed", cluster_key="listing")
DEBT = evidence("recruitment_debt_reported", asserted_by="union", event_date=TODAY, cluster_key="debt")
FEES = evidence("fees_above_one_month_wage", asserted_by="union", event_date=TODAY, cluster_key="debt")
BAN = evidence("listed_import_ban")


def side(*rows: dict[str, Any], as_of: date = AS_OF, model: str = MODEL_VERSION, **values: Any) -> Side:
    firms = values.pop("firms", None) or parties(party(country="KAZ"))
    ratings = rate(firms, COTTON, evidences(*rows), as_of, **values)
    return Side(as_of, model, firms, COTTON, evidences(*rows), ratings)


def changed(old: Side, new: Side) -> PartyChange:
    return compare(old, new).changes[0]


def test_two_equal_ratings_are_the_same() -> None:
    comparison = compare(side(LISTED, DEBT), side(DEBT, LISTED))
    assert not comparison.different
    assert comparison.changes[0].terms == ()


def test_new_evidence_is_an_added_term_and_moves_the_rating_by_evidence() -> None:
    one = changed(side(LISTED), side(LISTED, DEBT))
    assert [(term.name, term.causes) for term in one.terms] == [("recruitment_debt_reported", (Cause.ADDED,))]
    assert one.by_model == one.by_time == 0
    assert one.by_evidence == pytest.approx(one.nats)
    assert one.terms[0].nats == pytest.approx(one.nats)


def test_evidence_that_is_gone_takes_its_term_along_and_changes_what_stood_behind_it() -> None:
    one = changed(side(DEBT, FEES), side(FEES))
    assert {term.name: term.causes for term in one.terms} == {
        "recruitment_debt_reported": (Cause.GONE,),
        "fees_above_one_month_wage": (Cause.OTHER_EVIDENCE,),
    }


def test_time_alone_lets_evidence_fade() -> None:
    one = changed(side(LISTED, DEBT), side(LISTED, DEBT, as_of=LATER))
    assert [(term.name, term.causes) for term in one.terms] == [("recruitment_debt_reported", (Cause.TIME,))]
    assert one.by_time == pytest.approx(one.nats)
    assert one.nats is not None and one.nats < 0
    assert one.by_evidence == 0


def test_a_new_edition_of_a_source_is_told() -> None:
    older = {**LISTED, "edition": "2020", "evidence_id": "evd_older"}
    one = changed(side(older), side(LISTED))
    assert one.state is State.REASONS
    assert (one.terms[0].causes, one.terms[0].editions) == ((Cause.EDITION,), ("2020", "1"))


def test_another_model_moves_the_rating_by_the_model() -> None:
    parameters = shipped_parameters()
    earlier = replace(parameters, prior=replace(parameters.prior, log_odds=parameters.prior.log_odds - 0.5))
    one = changed(side(LISTED, model="prior-0", parameters=earlier), side(LISTED, DEBT))
    assert one.by_model is not None and 0.2 < one.by_model < 0.5
    assert one.by_time == 0
    assert Cause.MODEL in {cause for term in one.terms for cause in term.causes}


def test_a_card_that_weighed_otherwise_is_a_change_by_the_model() -> None:
    cards = dict(shipped_cards())
    lighter = replace(cards["recruitment_debt_reported"].levels[""], lr=1.5)
    cards["recruitment_debt_reported"] = replace(cards["recruitment_debt_reported"], levels={"": lighter})
    one = changed(side(DEBT, model="prior-0", cards=cards), side(DEBT))
    assert one.by_model == pytest.approx(one.nats)


def test_changes_are_not_parted_where_the_later_rating_is_by_another_model() -> None:
    comparison = compare(side(LISTED), side(LISTED, DEBT, model="prior-9"))
    assert not comparison.parted
    assert comparison.changes[0].by_evidence is None


@given(any_rows, any_rows, st.sampled_from([AS_OF, LATER]))
@settings(max_examples=50)
def test_the_parts_of_a_change_and_its_terms_add_up_to_it(
    before: list[dict[str, Any]], after: list[dict[str, Any]], day: date
) -> None:
    one = changed(side(*before), side(*after, as_of=day))
    assert one.nats is not None
    parts = [part or 0.0 for part in (one.by_model, one.by_time, one.by_evidence)]
    assert sum(parts) == pytest.approx(one.nats, abs=1e-8)
    assert sum(term.nats for term in one.terms) == pytest.approx(one.nats, abs=1e-8)


def test_a_band_that_was_left_comes_before_all_other_changes() -> None:
    firms = parties(party(country="KAZ"), party("pty_b", country="KAZ"))
    chain = evidence("sector_exposure", "pty_b", value="average")
    old, new = side(chain, firms=firms), side(BAN, chain, evidence("listed_other", "pty_b"), firms=firms)
    changes = compare(old, new).changes
    assert [change.new_id for change in changes] == ["pty_a", "pty_b"]
    assert (changes[0].state, changes[0].before["band"], changes[0].after["band"]) == (
        State.BAND,
        "moderate",
        "very_high",
    )


def test_a_party_that_is_to_be_asked_now_and_was_not_is_not_the_same() -> None:
    old = side(LISTED)
    asked = pa.array([not one for one in old.ratings["find_out"].to_pylist()])
    at = old.ratings.schema.get_field_index("find_out")
    new = replace(old, ratings=old.ratings.set_column(at, "find_out", asked))
    assert changed(old, new).state is State.INTERVAL


def test_a_party_that_became_rated_has_another_band_and_no_parts() -> None:
    unknown = parties(party())
    one = changed(side(firms=unknown), side(BAN, firms=unknown))
    assert (one.state, one.nats, one.by_evidence) == (State.BAND, None, None)


def test_parties_come_and_go() -> None:
    both = parties(party(country="KAZ"), party("pty_b", country="KAZ", name="Other"))
    gone = compare(side(firms=both), side())
    come = compare(side(), side(firms=both))
    assert [change.state for change in gone.changes] == [State.GONE, State.SAME]
    assert [change.state for change in come.changes] == [State.NEW, State.SAME]


def test_a_party_with_another_id_is_found_again_by_its_name_and_country_where_that_is_unique() -> None:
    def firms(*ids: str) -> Any:
        return parties(*(party(one, country="KAZ", name="Aral Tikuv LLP") for one in ids))

    one = compare(side(firms=firms("pty_x")), side(firms=firms("pty_y")))
    two = compare(side(firms=firms("pty_x")), side(firms=firms("pty_y", "pty_z")))
    assert [(change.old_id, change.new_id) for change in one.changes] == [("pty_x", "pty_y")]
    assert {change.state for change in two.changes} == {State.GONE, State.NEW}


def test_the_order_of_the_parties_does_not_matter() -> None:
    rows = [party("pty_a", country="KAZ"), party("pty_b", country="TKM"), party("pty_c", country="DEU")]
    firms, turned = parties(*rows), parties(*rows[::-1])
    assert compare(side(LISTED, firms=firms), side(DEBT, firms=firms)) == compare(
        side(LISTED, firms=turned), side(DEBT, firms=turned)
    )


# ---- rated cases -------------------------------------------------------------------------------------------------


def case(product: str, p: float | None, band: str | None, reasons: dict[str, str], **cells: str) -> RatedRow:
    return RatedRow({"country_iso3": "KAZ", "product": product, **cells}, p, p, p, band, reasons)


def test_cases_are_compared_by_their_own_cells_and_reasons() -> None:
    old = [case("cotton", 0.2, "high", {"Listed.": "×2.4"}), case("gold", None, None, {})]
    new = [case("gold", 0.01, "moderate", {}), case("cotton", 0.3, "high", {"Listed.": "×4.1", "Migrants.": "×1.6"})]
    by_name = {change.name: change for change in compare_cases(old, new).changes}
    assert by_name["KAZ, gold"].state is State.BAND
    cotton = by_name["KAZ, cotton"]
    assert cotton.state is State.PROBABILITY
    assert [(term.name, term.causes[0]) for term in cotton.terms] == [
        ("Listed.", Cause.NOT_KNOWN),
        ("Migrants.", Cause.ADDED),
    ]


def test_equal_cases_are_taken_in_their_order_and_columns_that_one_table_lacks_are_left_out() -> None:
    old = [case("cotton", 0.2, "high", {}), case("cotton", 0.3, "high", {})]
    new = [case("cotton", 0.2, "high", {}, note="x"), case("cotton", 0.4, "very_high", {}, note="y")]
    states = {change.name: change.state for change in compare_cases(old, new).changes}
    assert states == {"KAZ, cotton": State.SAME, "KAZ, cotton (2)": State.BAND}


def test_cases_that_are_new_are_named_where_the_earlier_table_is_empty() -> None:
    assert [change.name for change in compare_cases([], [case("gold", 0.1, "elevated", {})]).changes] == ["KAZ, gold"]


@pytest.mark.parametrize(
    ("written", "factor"),
    [("×2.4", 2.4), ("×0,35", 0.35), ("×16", 16), ("×1,234.5", 1234.5), ("×1\u00a0234,5", 1234.5), ("×1,234", 1234)],
)
def test_a_factor_is_read_as_any_language_writes_it(written: str, factor: float) -> None:
    old, new = case("cotton", 0.2, "high", {"Listed.": "×1"}), case("cotton", 0.3, "high", {"Listed.": written})
    assert compare_cases([old], [new]).changes[0].terms[0].after == pytest.approx(math.log(factor))


def test_a_factor_that_is_written_as_nought_is_there_all_the_same() -> None:
    old, new = case("cotton", 0.2, "high", {"Repaid.": "×0"}), case("cotton", 0.3, "high", {"Repaid.": "×0.5"})
    assert compare_cases([old], [new]).changes[0].terms[0].before == pytest.approx(math.log(0.005))


def test_nothing_against_nothing_is_the_same() -> None:
    assert not compare_cases([], []).different
    assert compare_cases([], [case("gold", 0.1, "elevated", {})]).changes[0].state is State.NEW
