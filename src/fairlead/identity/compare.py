"""A party and an entry of a list: how alike they are, what speaks for and against, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.identity.address import parse_address
from fairlead.identity.align import Alignment, Weigh, align
from fairlead.identity.born import SAME, compare_born
from fairlead.identity.features import FIRM, PERSON, features, score, thresholds
from fairlead.identity.name import DISTINGUISHING, Reading
from fairlead.identity.word import class_weight, word_class
from fairlead.model.vocabulary import PartyKind, Verdict

_ORDER: Final = (Verdict.DIFFERENT, Verdict.REVIEW, Verdict.MATCH)
_RANK: Final = {verdict: rank for rank, verdict in enumerate(_ORDER)}
_LEAST_SHARED_ADDRESS: Final = 2
#: The weight of the shared words in three parts: the first word that is somebody's own says most.
_TOLD: Final = {"told_one": (0.0, 1.0), "told_two": (1.0, 2.0), "told_more": (2.0, 4.0)}
#: Features that say how the words compare where they are not the same.
_WORDS: Final = frozenset(
    {
        "missing_words",
        "other_words",
        "other_spelling",
        "other_spacing",
        "alike_words",
        "half_alike_words",
        "initials",
        "abbreviation",
        "short_form",
        "same_consonants",
    }
)


@dataclass(frozen=True)
class Details:
    """What is known of a party or an entry beside its names.

    `numbers` are (scheme, value), the scheme often empty; `addresses` are as written, because few of them are ever
    compared; `born` are dates of birth, or of founding, as in `born`. They
    serve the comparison and stand in no result.
    """

    kind: PartyKind = PartyKind.UNKNOWN
    countries: tuple[str, ...] = ()
    numbers: frozenset[tuple[str, str]] = frozenset()
    addresses: tuple[str, ...] = ()
    born: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What came of a comparison: score from 0 to 1, verdict, keys of features in their order, words apart."""

    score: float
    verdict: Verdict
    features: tuple[str, ...]
    apart: tuple[str, ...] = ()


def compare(left: Reading, right: Reading, ours: Details, theirs: Details, weigh: Weigh, *, weak: bool) -> Comparison:
    """Compare a reading of a party's name with one of an entry's, and what else is known of both.

    `weigh` says what a word tells within the list; `weak` that the list calls the name a weak one. The score is that
    of tables/features.yaml; the verdict is the best that the score and every feature allow, because a list names
    somebody and nobody is said to be on it for a likeness.
    """
    aligned = compare_readings(left, right, weigh)
    amounts = aligned.amounts
    if weak:
        amounts["weak_name"] = 1.0
    amounts |= dict.fromkeys(compare_details(ours, theirs), 1.0)
    limits = thresholds()
    supported = amounts.keys() & {"same_country", SAME}
    needed = limits.told_with_country if supported else limits.told_without_country
    own = aligned.own or left.whole == right.whole
    if aligned.told < needed or not own:
        amounts["says_little"] = 1.0
    _mark_words(aligned)
    return _judged(amounts, model_of(left, right), aligned.apart)


def model_of(left: Reading, right: Reading) -> str:
    """Return which weights two readings are scored with: a person's where one was read as a person's name."""
    return PERSON if left.person or right.person else FIRM


def compare_readings(left: Reading, right: Reading, weigh: Weigh) -> Alignment:
    """Compare two readings of names: the alignment of their words, its amounts with those of the names as a whole."""
    person = left.person or right.person
    aligned = align(left, right, weigh)
    for key, (least, most) in _TOLD.items():
        if aligned.told > least:
            aligned.amounts[key] = min(aligned.told, most) - least
    if "identical_words" not in aligned.amounts and not aligned.own:
        aligned.add("nothing_own", 1.0)
    if person and aligned.own == 1 and "missing_words" in aligned.amounts:
        aligned.add("one_word", 1.0)
    if left.cut or right.cut:
        aligned.add("cut", 1.0)
    if left.partial or right.partial:
        _brackets(aligned, left, right)
    if not person and left.whole != right.whole:
        aligned.add("other_form", float(bool(left.form and right.form and left.form != right.form)))
        aligned.add("form_missing", float(bool(left.form) != bool(right.form)))
    return aligned


def _brackets(aligned: Alignment, left: Reading, right: Reading) -> None:
    """Note that a bracket was left out, whether it says a place, and where both say something else."""
    aligned.add("without_bracket", 1.0)
    places = [_is_place(each.outside) for each in (left, right) if each.outside]
    if left.outside and right.outside and left.outside != right.outside:
        aligned.add("other_place" if any(places) else "other_bracket", class_weight("asia") if any(places) else 1.0)
        aligned.amounts.pop("identical_words", None)
    elif any(places):
        aligned.add("bracket_place", 1.0)
        aligned.amounts.pop("identical_words", None)


def _is_place(outside: str) -> bool:
    """Whether a bracket says a place: the code of a country, or a word that is one."""
    return outside.isupper() or any(word_class(word).name == "place" for word in outside.split())


def _mark_words(aligned: Alignment) -> None:
    """Say in one feature whether words are missing, whatever their sort, or are all the same."""
    amounts = aligned.amounts
    if any(class_weight(word) >= DISTINGUISHING and not word.isdigit() for word in aligned.apart):
        amounts.setdefault("missing_words", 0.0)
    elif not amounts.keys() & _WORDS:
        amounts["same_words"] = 1.0


def compare_details(ours: Details, theirs: Details) -> set[str]:
    """Return the features that do not come from the names."""
    found = {_country(ours.countries, theirs.countries)}
    if ours.numbers and theirs.numbers:
        found |= _numbers(ours, theirs)
    if ours.kind is not theirs.kind and {ours.kind, theirs.kind} & {PartyKind.PERSON, PartyKind.VESSEL}:
        known = PartyKind.UNKNOWN not in (ours.kind, theirs.kind)
        found |= {"other_kind"} if known else set()
    if any(_same_address(one, other) for one in ours.addresses for other in theirs.addresses):
        found.add("same_address")
    if (born := compare_born(ours.born, theirs.born)) is not None:
        found.add(born)
    return found


def by_number(ours: Details, theirs: Details) -> Comparison:
    """Return what a shared number comes to when the names are not alike at all."""
    return _judged(dict.fromkeys({"same_identifier"} | compare_details(ours, theirs), 1.0), FIRM, ())


def shared_numbers(ours: Details, theirs: Details) -> tuple[str, ...]:
    """Return the numbers that both have, in schemes that do not contradict each other, sorted."""
    return tuple(
        sorted(
            {
                value
                for scheme, value in ours.numbers
                for other, same in theirs.numbers
                if value == same and (scheme == other or "" in (scheme, other))
            }
        )
    )


def _judged(amounts: Mapping[str, float], model: str, apart: Sequence[str]) -> Comparison:
    table, limits = features(), thresholds()
    found = set(amounts)
    if "same_identifier" in found:
        found -= {"says_little", "other_identifier"}
    ordered = tuple(sorted(found, key=lambda key: table[key].place))
    if "same_identifier" in found:
        return Comparison(1.0, Verdict.MATCH, ordered, tuple(apart))
    against = any(table[key].weights[model] < 0 for key in ordered)
    points = 1.0 if "identical_words" in found and not against else score(amounts, model)
    by_score = (points >= limits.listed_match_from[model]) + (points >= limits.listed_review_from[model])
    allowed = min(by_score, *(_RANK[table[key].at_most] for key in ordered))
    return Comparison(round(points, 6), _ORDER[allowed], ordered, tuple(apart))


def _country(ours: Sequence[str], theirs: Sequence[str]) -> str:
    if not ours or not theirs:
        return "country_unknown"
    return "same_country" if set(ours) & set(theirs) else "other_country"


def _numbers(ours: Details, theirs: Details) -> set[str]:
    if shared_numbers(ours, theirs):
        return {"same_identifier"}
    schemes = {scheme for scheme, _ in ours.numbers if scheme} & {scheme for scheme, _ in theirs.numbers if scheme}
    return {"other_identifier"} if schemes else set()


def _same_address(left: str, right: str) -> bool:
    """Whether two addresses have two words in common and no house number that differs."""
    one, other = parse_address(left), parse_address(right)
    if one.house and other.house and one.house != other.house:
        return False
    return len(set(one.words) & set(other.words)) >= _LEAST_SHARED_ADDRESS
