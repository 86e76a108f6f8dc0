"""Rules that make two suppliers or facilities that are easily taken for one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from benchmarks.pairs.draw import Draw, Pair
from benchmarks.pairs.words import Reading
from benchmarks.pairs.written import Site, Supplier

#: How many of the pairs that are not the same have their two sides in different readings.
ACROSS_READINGS: Final = 0.35


# Two suppliers, their names only.


def sister_number(draw: Draw) -> Pair | None:
    one = draw.supplier("numbered")
    return _two_names(draw, replace(one, number=2), replace(one, number=3))


def swapped_numbers(draw: Draw) -> Pair | None:
    one, (tens, units) = draw.supplier("numbered"), draw.two(range(1, 8))
    return _two_names(draw, replace(one, number=10 * tens + units), replace(one, number=10 * units + tens))


def other_place(draw: Draw) -> Pair | None:
    one, (here, there) = draw.supplier("placed"), draw.two(draw.language.places)
    return _two_names(draw, replace(one, place=here), replace(one, place=there))


def other_trade(draw: Draw) -> Pair | None:
    one, (this, that) = draw.supplier(), draw.two(draw.language.trades)
    return _two_names(draw, replace(one, trade=this), replace(one, trade=that))


def other_brand(draw: Draw) -> Pair | None:
    one, (this, that) = draw.supplier(), draw.two(draw.brands)
    return _two_names(draw, replace(one, brand=this), replace(one, brand=that))


def same_trade_words(draw: Draw) -> Pair | None:
    one = draw.supplier()
    return _two_names(draw, one, replace(one, brand=draw.one(draw.others)))


def group_and_unit(draw: Draw) -> Pair | None:
    one = draw.supplier("plain")
    return _two_names(draw, replace(one, shape="group"), one)


def other_branch(draw: Draw) -> Pair | None:
    one, (here, there) = draw.supplier("branch"), draw.two(draw.language.branches)
    return _two_names(draw, replace(one, branch=here), replace(one, branch=there))


def other_legal_form(draw: Draw) -> Pair | None:
    one, (this, that) = draw.supplier("plain"), draw.two(draw.language.forms)
    return _two_names(draw, replace(one, form=this), replace(one, form=that))


# Two facilities.


def one_roof(draw: Draw) -> Pair | None:
    one, (this, that) = draw.supplier("plain"), draw.two(draw.language.trades)
    other = replace(one, brand=draw.one(draw.others), trade=that)
    site = draw.site(one.place)
    return _two_sites(draw, replace(one, trade=this), other, site, site)


def same_trade_one_roof(draw: Draw) -> Pair | None:
    one = draw.supplier("plain")
    site = draw.site(one.place)
    return _two_sites(draw, one, replace(one, brand=draw.one(draw.others)), site, site)


def sister_number_at_a_site(draw: Draw) -> Pair | None:
    one = draw.supplier("numbered")
    site = draw.site(one.place)
    further = replace(site, house=site.house + 4)
    return _two_sites(draw, replace(one, number=2), replace(one, number=3), site, further)


def other_house(draw: Draw) -> Pair | None:
    one = draw.supplier()
    site = draw.site(one.place)
    return _two_sites(draw, one, one, site, replace(site, house=site.house + 11 + 2 * draw.random.randrange(40)))


def swapped_house(draw: Draw) -> Pair | None:
    one, (tens, units) = draw.supplier(), draw.two(range(1, 8))
    site = draw.site(one.place)
    this, that = replace(site, house=10 * tens + units), replace(site, house=10 * units + tens)
    return _two_sites(draw, one, one, this, that)


def other_place_at_a_site(draw: Draw) -> Pair | None:
    one, (here, there) = draw.supplier("plain"), draw.two(draw.language.places)
    return _two_sites(draw, replace(one, place=here), replace(one, place=there), draw.site(here), draw.site(there))


def same_street(draw: Draw) -> Pair | None:
    one = draw.supplier()
    site = draw.site(one.place)
    return _two_sites(draw, one, replace(one, brand=draw.one(draw.others)), site, replace(site, house=site.house + 6))


def group_and_unit_at_a_site(draw: Draw) -> Pair | None:
    one = draw.supplier("plain")
    works = draw.site(one.place)
    office = replace(
        draw.site(one.place), street=draw.one([street for street in draw.language.streets if street != works.street])
    )
    return _two_sites(draw, replace(one, shape="group"), one, office, works)


def _two_names(draw: Draw, one: Supplier, other: Supplier) -> Pair:
    left, right = _readings_of_two(draw)
    return draw.side(one, left), draw.side(other, right)


def _two_sites(draw: Draw, one: Supplier, other: Supplier, here: Site, there: Site) -> Pair:
    left, right = _readings_of_two(draw)
    return draw.side(one, left, here), draw.side(other, right, there, draw.one(["full", "full", "short"]))


def _readings_of_two(draw: Draw) -> tuple[Reading, Reading]:
    left = draw.reading()
    return left, draw.reading() if draw.random.random() < ACROSS_READINGS else left
