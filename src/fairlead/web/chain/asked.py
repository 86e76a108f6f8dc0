"""What somebody asked of the picture, as its address says it: where it starts, how it is narrowed, what is folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from fairlead.model.vocabulary import Band
from fairlead.reference import load_csv
from fairlead.web.chain.link_words import Line
from fairlead.web.chain.neighbours import Narrowed
from fairlead.web.parties.party_list import NO_DATA, NOT_ASSESSED

TIERS: Final = (1, 2, 3, 4)
_TIERS_FIRST: Final = 3
#: Steps of the way here that are kept.
_WAY_AT_MOST: Final = 8
_FOLDED_AT_MOST: Final = 60
_PAGES_AT_MOST: Final = 10_000


@dataclass(frozen=True)
class Asked:
    """One view of the chain. `start` is a party's id, empty for the organisation; `way` leads there from it.

    `folded` are parties whose givers are not shown, `pages` which batch of each column is, from 0, by column.
    """

    start: str = ""
    way: tuple[str, ...] = ()
    tiers: int = _TIERS_FIRST
    narrowed: Narrowed = field(default_factory=Narrowed)
    folded: frozenset[str] = frozenset()
    pages: tuple[tuple[int, int], ...] = ()

    def page(self, column: int) -> int:
        """Return which batch of a column is shown."""
        return dict(self.pages).get(column, 0)

    def walk(self, uid: str) -> Asked:
        """Return the view that starts at another party, or where `uid` is empty at the organisation."""
        if not uid:
            return replace(self, start="", way=(), pages=(), folded=frozenset())
        steps = [*self.way, *([self.start] if self.start else [])]
        way = steps[: steps.index(uid)] if uid in steps else steps
        return replace(self, start=uid, way=tuple(way[-_WAY_AT_MOST:]), pages=(), folded=frozenset())

    def turn(self, uid: str) -> Asked:
        """Return the view in which a party's givers are folded away, or shown again."""
        return replace(self, folded=self.folded ^ {uid})

    def batch(self, column: int, number: int) -> Asked:
        """Return the view with another batch of a column; the columns behind it begin anew."""
        kept = {place: page for place, page in self.pages if place < column}
        return replace(self, pages=tuple(sorted(kept.items())) + (((column, number),) if number else ()))

    def with_tiers(self, tiers: int) -> Asked:
        """Return the view with another number of tiers."""
        return replace(self, tiers=tiers)

    def without(self, key: str, value: str) -> Asked:
        """Return the view without one value that it is narrowed to."""
        left = tuple(each for each in getattr(self.narrowed, key) if each != value)
        return replace(self, narrowed=replace(self.narrowed, **{key: left}), pages=())

    def parts(self) -> list[tuple[str, str]]:
        """Return the parts of the address, in one order."""
        found: list[tuple[str, Any]] = [("from", self.start)] if self.start else []
        found += [("via", uid) for uid in self.way]
        found += [("tiers", self.tiers)] if self.tiers != _TIERS_FIRST else []
        for key, name in (("lines", "kind"), ("goods", "good"), ("bands", "band"), ("countries", "country")):
            found += [(name, value) for value in getattr(self.narrowed, key)]
        found += [("fold", uid) for uid in sorted(self.folded)]
        found += [("batch", f"{column}-{page}") for column, page in self.pages]
        return [(name, str(value)) for name, value in found]

    def address(self, **more: str) -> str:
        """Return the query of this view, with parts added."""
        return f"?{urlencode([*self.parts(), *more.items()])}"


def asked(query: QueryDict) -> Asked:
    """Return what an address asks for; what it says that there is not is left out."""
    tiers = query.get("tiers", "")
    return Asked(
        start=query.get("from", "").replace("\0", "")[:40],
        way=tuple(uid.replace("\0", "")[:40] for uid in query.getlist("via")[-_WAY_AT_MOST:]),
        tiers=int(tiers) if tiers in {str(number) for number in TIERS} else _TIERS_FIRST,
        narrowed=Narrowed(
            lines=tuple(Line(value) for value in _known(query.getlist("kind"), [str(line) for line in Line])),
            goods=_known(query.getlist("good"), goods()),
            countries=_known(query.getlist("country"), countries()),
            bands=_known(query.getlist("band"), [*(str(band) for band in Band), NO_DATA, NOT_ASSESSED]),
        ),
        folded=frozenset(uid[:40] for uid in query.getlist("fold")[:_FOLDED_AT_MOST]),
        pages=_pages(query.getlist("batch")),
    )


def goods() -> Sequence[str]:
    """Return the keys of the goods that a link can have."""
    return [row["good"] for row in load_csv("goods")]


def countries() -> Sequence[str]:
    """Return the codes of the countries."""
    return [row["iso3"] for row in load_csv("countries")]


def _known(values: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    there = set(known)
    return tuple(value for value in dict.fromkeys(values) if value in there)


def _pages(values: Iterable[str]) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for value in list(values)[: len(TIERS)]:
        column, _, page = value.partition("-")
        if column in {str(number) for number in TIERS} and re.fullmatch(r"[0-9]{1,5}", page):
            found[int(column)] = min(int(page), _PAGES_AT_MOST)
    return tuple(sorted((column, page) for column, page in found.items() if page))
