"""From hits to Evidence: which finding, how sure, from which list and row, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa

from fairlead.identity.features import features
from fairlead.model.ids import content_id
from fairlead.model.message import Message, message
from fairlead.model.schemas import EVIDENCE
from fairlead.model.vocabulary import AssertedBy, Polarity, SubjectKind, Verdict, Visibility
from fairlead.screen.hit import Hit
from fairlead.screen.watch_list import About

_FINDINGS: Final = {
    (Verdict.MATCH, About.IMPORT_BAN): "listed_import_ban",
    (Verdict.REVIEW, About.IMPORT_BAN): "possible_import_ban_match",
    (Verdict.MATCH, About.OTHER): "listed_other",
    (Verdict.REVIEW, About.OTHER): "possible_other_match",
}
#: Features of how the words compare, and of the country; every hit tells one of each, and one further at most.
_WORDS: Final = (
    "same_words",
    "other_spelling",
    "other_spacing",
    "same_consonants",
    "short_form",
    "alike_words",
    "half_alike_words",
    "initials",
    "abbreviation",
)
_COUNTRY: Final = ("same_country", "other_country", "country_unknown")


def evidence_table(hits: Sequence[Hit], as_of: date) -> pa.Table:
    """Return the hits as EVIDENCE, sorted by id.

    The value says whether the listing is in_force or ended on the day `as_of`, or removed, where an earlier edition
    had the entry and the list has it no more. The date of an ended listing is the day since which it has ended, where
    that is known. The confidence is the score.
    """
    rows = sorted((_row(hit, as_of) for hit in hits), key=lambda row: str(row["evidence_id"]))
    return pa.Table.from_pylist(rows, schema=EVIDENCE)


def _row(hit: Hit, as_of: date) -> dict[str, Any]:
    watch_list, entry = hit.watch_list, hit.entry
    finding = _FINDINGS[hit.comparison.verdict, entry.about or watch_list.about]
    ended = entry.ended_by(as_of)
    return {
        "evidence_id": content_id("evd", hit.party_id, finding, watch_list.list_id, entry.entry_id),
        "subject_kind": SubjectKind.PARTY.value,
        "subject_id": hit.party_id,
        "finding": finding,
        "indicator": None,
        "polarity": Polarity.SUPPORTS.value,
        "value": "removed" if entry.removed_after else "ended" if ended else "in_force",
        "unit": None,
        "source_id": watch_list.list_id,
        "edition": watch_list.edition,
        "source_sha256": watch_list.sha256,
        "locator": entry.locator,
        "asserted_by": AssertedBy.PUBLIC_LIST.value,
        "verified_by": None,
        "event_date": (ended and entry.to_date) or entry.from_date,
        "confidence": hit.comparison.score,
        "cluster_key": f"{watch_list.list_id}:{entry.entry_id}",
        "visibility": Visibility.PUBLIC.value,
        "text": explain(hit, ended=ended).to_arrow(),
    }


def explain(hit: Hit, *, ended: bool) -> Message:
    """Say why a party was hit: how the names compare, the country, and what else counts most; never that it is so."""
    if hit.entry.removed_after:
        return _removed(hit)
    found = hit.comparison.features
    values = {
        "name": hit.name,
        "entry": hit.listed_name,
        "list": hit.watch_list.title,
        "edition": hit.watch_list.edition,
        "country": _sentence(next(key for key in found if key in _COUNTRY)),
    }
    more = next(_further(hit, ended=ended), None)
    if more is not None:
        values["more"] = more
    if hit.number is not None and "same_identifier" in found:
        return _by_number({**values, "number": hit.number}, more is not None)
    if "missing_words" in found:
        return _with_words_apart({**values, "apart": ", ".join(hit.comparison.apart)}, more is not None)
    values["words"] = _sentence(next(key for key in found if key in _WORDS))
    if hit.comparison.verdict is Verdict.MATCH:
        return _same(values, more is not None)
    return _resembling(values, more is not None)


def _removed(hit: Hit) -> Message:
    values = {
        "name": hit.name,
        "entry": hit.listed_name,
        "list": hit.watch_list.title,
        "before": hit.entry.removed_after,
        "edition": hit.watch_list.edition,
        "country": _sentence(next(key for key in hit.comparison.features if key in _COUNTRY)),
    }
    if hit.comparison.verdict is Verdict.MATCH:
        return message(
            "The name {name} is the same as {entry}, which was on {list} until edition {before} and is no longer on it "
            "in edition {edition}. {country:term} It counts less; find out why it was taken off.",
            **values,
        )
    return message(
        "The name {name} resembles {entry}, which was on {list} until edition {before} and is no longer on it in "
        "edition {edition}. {country:term} It counts less; find out whether it is the same at all.",
        **values,
    )


def _sentence(key: str) -> str:
    return features()[key].sentence


def _further(hit: Hit, *, ended: bool) -> Iterator[str]:
    """Yield what else there is to say, what limits the verdict most before the rest."""
    table = features()
    if ended:
        yield table["ended"].sentence
    told = {*_COUNTRY, "same_identifier", "missing_words"}
    if "missing_words" not in hit.comparison.features:
        told |= set(_WORDS)
    others = [key for key in hit.comparison.features if key not in told and table[key].sentence]
    for key in sorted(others, key=lambda key: (table[key].at_most is Verdict.MATCH, table[key].place)):
        yield table[key].sentence


def _same(values: dict[str, str], more: bool) -> Message:
    if more:
        return message(
            "The name {name} is the same as {entry} on {list} (edition {edition}). {words:term} {country:term} "
            "{more:term} Confirm who it is before acting.",
            **values,
        )
    return message(
        "The name {name} is the same as {entry} on {list} (edition {edition}). {words:term} {country:term} "
        "Confirm who it is before acting.",
        **values,
    )


def _resembling(values: dict[str, str], more: bool) -> Message:
    if more:
        return message(
            "The name {name} resembles {entry} on {list} (edition {edition}). {words:term} {country:term} {more:term} "
            "A possible match: find out who it is before acting.",
            **values,
        )
    return message(
        "The name {name} resembles {entry} on {list} (edition {edition}). {words:term} {country:term} "
        "A possible match: find out who it is before acting.",
        **values,
    )


def _with_words_apart(values: dict[str, str], more: bool) -> Message:
    if more:
        return message(
            "The name {name} resembles {entry} on {list} (edition {edition}). Only one of the names has: {apart}. "
            "{country:term} {more:term} A possible match: find out who it is before acting.",
            **values,
        )
    return message(
        "The name {name} resembles {entry} on {list} (edition {edition}). Only one of the names has: {apart}. "
        "{country:term} A possible match: find out who it is before acting.",
        **values,
    )


def _by_number(values: dict[str, str], more: bool) -> Message:
    if more:
        return message(
            "{name} has the registration number {number} of {entry} on {list} (edition {edition}). {country:term} "
            "{more:term} Confirm who it is before acting.",
            **values,
        )
    return message(
        "{name} has the registration number {number} of {entry} on {list} (edition {edition}). {country:term} "
        "Confirm who it is before acting.",
        **values,
    )
