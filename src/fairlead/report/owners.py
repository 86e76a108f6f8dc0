"""Who owns, controls or operates each supplier on its card, and of which owners there is no data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from fairlead.language import Language
from fairlead.model.vocabulary import LinkKind
from fairlead.report.case import Case, Row, taken

#: The finding that says that an owner is not known.
NOT_KNOWN: Final = "owner_not_known"
_HOLDS: Final = (LinkKind.OWNS, LinkKind.CONTROLS, LinkKind.OPERATES)
_MOST: Final = 8


def owners_of(language: Language, case: Case, ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return for each of these parties a phrase for every direct owner, the largest share first, and for each gap."""
    links = [link for link in taken(case.assessment.links, "to_id", ids) if link["kind"] in _HOLDS]
    names = {party_id: row["name"] for party_id, row in case.parties({link["from_id"] for link in links}).items()}
    held: defaultdict[str, list[Row]] = defaultdict(list)
    for link in links:
        held[link["to_id"]].append(link)
    unknown: defaultdict[str, list[str]] = defaultdict(list)
    for row in taken(case.assessment.evidence, "subject_id", ids):
        if row["finding"] == NOT_KNOWN:
            unknown[row["subject_id"]].append(language.render(row["text"]))
    return {
        party_id: (*_phrases(language, held[party_id], names), *sorted(set(unknown[party_id])))
        for party_id in sorted({*held, *unknown})
    }


def _phrases(language: Language, links: Sequence[Row], names: Mapping[str, str]) -> list[str]:
    order = sorted(links, key=lambda link: (_HOLDS.index(link["kind"]), -(link["share"] or 0), names[link["from_id"]]))
    phrases = [_phrase(language, link, names[link["from_id"]]) for link in order]
    return phrases if len(phrases) <= _MOST else [*phrases[:_MOST], "…"]


def _phrase(language: Language, link: Row, name: str) -> str:
    if link["kind"] == LinkKind.CONTROLS:
        return language.gettext("{name} (controls it)").format(name=name)
    if link["kind"] == LinkKind.OPERATES:
        return language.gettext("{name} (runs it)").format(name=name)
    if link["share"] is None:
        return language.gettext("{name} (share not known or an interval)").format(name=name)
    return f"{name} {language.number(round(link['share'] * 100, 3))}%"
