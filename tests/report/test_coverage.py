"""Shares of rows and of spend, currency by currency."""

from __future__ import annotations

from fairlead.language import Language
from fairlead.report.case import Case
from fairlead.report.coverage import answered, coverage, coverage_numbers
from tests.report.example_assessment import assessment_of, empty
from tests.report.example_suppliers import Supplier

TWO = [
    Supplier("A", "KAZ", "x", sector="cleaning", identifiers=(("KZ-BIN", "1", True),), spend=("300", "KZT")),
    Supplier("B", None, None, identifiers=(("RU-INN", "2", False),), spend=("100", "KZT")),
    Supplier(
        "C", "DEU", "y", sector="cleaning", identifiers=(("OSID", "3", None),), spend=("50", "EUR"), city="Kassel"
    ),
]


def test_a_number_that_fails_its_check_identifies_nobody() -> None:
    assert answered(Case(assessment_of(TWO)))["identified"].tolist() == [True, False, True]


def test_spend_is_shared_within_its_currency_only() -> None:
    numbers = coverage_numbers(Case(assessment_of(TWO)))
    assert numbers["identified"] == {"rows": 0.666667, "spend_KZT": 0.75, "spend_EUR": 1.0}
    assert numbers["place"] == {"rows": 0.333333, "spend_KZT": 0.0, "spend_EUR": 1.0}


def test_nearly_all_is_never_written_as_all() -> None:
    many = [*TWO[:1] * 1, *(Supplier(f"S{n}", "KAZ", "x", sector="cleaning") for n in range(499)), TWO[1]]
    row = coverage(Language("en"), Case(assessment_of(many))).rows[1]
    assert row.shares[0][0] == "99%"


def test_without_rows_nothing_is_divided() -> None:
    made = coverage(Language("en"), Case(empty()))
    assert made.rows[0].shares == (("no rows", None),)
