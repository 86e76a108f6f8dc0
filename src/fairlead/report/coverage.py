"""Coverage: the share of rows, and of spend in each currency, that is identified, located, classified and rated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.language import Language
from fairlead.report.case import Case
from fairlead.report.content import Coverage, CoverageRow

Bools = npt.NDArray[np.bool_]

#: So many currencies are shown, those that most rows have; the others are named beneath.
CURRENCIES_SHOWN: Final = 4


def answered(case: Case) -> Mapping[str, Bools]:
    """Say for each row of the lists whether it is identified, located, classified and rated.

    identified: it has a number of a known scheme that does not fail its check. country: its country is known.
    place: so is the address, the city or a point. classified: its good or sector was recognised. rated: its party
    has a rating.
    """
    rows, assessment = case.assessment.rows, case.assessment
    classified = assessment.classification.filter(
        pc.or_(assessment.classification["good"].is_valid(), assessment.classification["sector"].is_valid())
    )
    place = pc.or_(pc.or_(_said(rows["address"]), _said(rows["city"])), rows["latitude"].is_valid())
    return {
        "identified": _identified(rows["identifiers"]),
        "country": np.asarray(rows["country"].is_valid()),
        "place": np.asarray(place),
        "classified": np.asarray(pc.is_in(rows["row_id"], value_set=classified["row_id"].combine_chunks())),
        "rated": np.asarray(pc.is_in(rows["row_id"], value_set=_rows_of_rated(case))),
    }


def _said(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(pc.not_equal(column, ""), False)


def _identified(column: pa.ChunkedArray) -> Bools:
    found = np.zeros(len(column), dtype=bool)
    identifiers = column.combine_chunks()
    valid = pc.fill_null(pc.struct_field(pc.list_flatten(identifiers), "valid"), True)
    parents = pc.list_parent_indices(identifiers).to_numpy(zero_copy_only=False)
    found[parents[np.asarray(valid)]] = True
    return found


def _rows_of_rated(case: Case) -> pa.Array:
    parties, ratings = case.assessment.parties, case.assessment.ratings
    rated = ratings.filter(ratings["band"].is_valid())["subject_id"].combine_chunks()
    return pc.list_flatten(parties.filter(pc.is_in(parties["party_id"], value_set=rated))["row_ids"].combine_chunks())


def _spend(case: Case) -> Mapping[str, npt.NDArray[np.float64]]:
    """Return the spend of each row by currency (0 elsewhere), for the currencies that most rows have first."""
    rows = case.assessment.rows
    amounts = pc.fill_null(rows["spend"].cast(pa.float64()), 0.0).to_numpy()
    currencies = np.asarray(pc.fill_null(rows["currency"], "").to_pylist(), dtype=object)
    counted = Counter(currencies[amounts > 0].tolist())
    order = sorted(counted, key=lambda currency: (-counted[currency], currency))
    return {currency: np.where((currencies == currency) & (amounts > 0), amounts, 0.0) for currency in order}


def coverage(language: Language, case: Case) -> Coverage:
    """Return how much of the lists could be placed, in words and shares."""
    answers, spend, count = answered(case), _spend(case), case.assessment.rows.num_rows
    shown = list(spend)[:CURRENCIES_SHOWN]
    rows = []
    for key, (label, note) in _questions(language).items():
        shares = [float(answers[key].sum() / count) if count else None]
        shares += [float(spend[one][answers[key]].sum() / spend[one].sum()) for one in shown]
        rows.append(CoverageRow(label, note, tuple((_percent(language, share), share) for share in shares)))
    return Coverage(
        title=_title(language, answers, count),
        columns=(language.gettext("Rows"), *(_spend_heading(language, currency) for currency in shown)),
        rows=tuple(rows),
        notes=_notes(language, spend, case),
    )


def _questions(language: Language) -> Mapping[str, tuple[str, str]]:
    return {
        "identified": (
            language.gettext("Identified"),
            language.gettext("has a registration number that does not fail its check"),
        ),
        "country": (language.gettext("Country known"), language.gettext("says in which country the supplier is")),
        "place": (language.gettext("Place known"), language.gettext("says an address, a city or coordinates")),
        "classified": (language.gettext("Classified"), language.gettext("its good or sector was recognised")),
        "rated": (language.gettext("Rated"), language.gettext("enough was known to rate the supplier")),
    }


def _percent(language: Language, share: float | None) -> str:
    if share is None:
        return language.gettext("no rows")
    whole = round(share * 100)
    if share > 0 and whole == 0:
        return language.percent(0.01).replace("1", "<1", 1)
    return language.percent((99 if share < 1 and whole == 100 else whole) / 100)  # noqa: PLR2004


def _spend_heading(language: Language, currency: str) -> str:
    return language.gettext("Spend in {currency}").format(currency=currency or language.gettext("no named currency"))


def _title(language: Language, answers: Mapping[str, Bools], count: int) -> str:
    if not count:
        return language.gettext("Coverage")
    return language.gettext("{rated} of the rows are rated, {identified} are identified").format(
        rated=_percent(language, float(answers["rated"].sum() / count)),
        identified=_percent(language, float(answers["identified"].sum() / count)),
    )


def _notes(language: Language, spend: Mapping[str, Any], case: Case) -> tuple[str, ...]:
    notes = [language.gettext("Amounts in different currencies are never added or compared.")]
    without = case.assessment.rows.num_rows - int(sum((amounts > 0).sum() for amounts in spend.values()))
    if without:
        text = language.ngettext("{count} row says no spend.", "{count} rows say no spend.", without)
        notes.append(text.format(count=language.number(without)))
    hidden = [currency or language.gettext("no named currency") for currency in list(spend)[CURRENCIES_SHOWN:]]
    if hidden:
        notes.append(language.gettext("Not shown: spend in {currencies}.").format(currencies=", ".join(hidden)))
    return tuple(notes)


def coverage_numbers(case: Case) -> Mapping[str, Mapping[str, float]]:
    """Return the coverage as numbers: for each question the share of rows, and of spend by currency."""
    answers, spend, count = answered(case), _spend(case), case.assessment.rows.num_rows
    return {
        key: {
            **({"rows": round(float(found.sum() / count), 6)} if count else {}),
            **{f"spend_{one}": round(float(spend[one][found].sum() / spend[one].sum()), 6) for one in spend},
        }
        for key, found in answers.items()
    }
