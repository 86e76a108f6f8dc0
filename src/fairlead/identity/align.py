"""Two names word by word, in any order: which words are the same, spelled otherwise, alike, or in one name only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from fairlead.identity import word as words_of
from fairlead.identity.name import Reading, class_weight
from fairlead.identity.normalise import phonetic
from fairlead.identity.word import LETTER, NUMBER, OWN, consonants, one_spelling, stem, word_class

#: Two words less alike than this are two words.
LEAST_ALIKE: Final = 0.7
#: Two words less alike than this have nothing in common.
LEAST_LIKE: Final = 0.5
_LEAST_JOINED: Final = 0.85
#: Words that sound the same and are less alike in letters than this may be two words (선영 and 성현).
_SAME_WORD: Final = 0.6
_SHORTEST_SOUND: Final = 2
_SHORTEST_FUZZY: Final = 4
_SHORTEST_CONSONANTS: Final = 2
_FEWEST_INITIALS: Final = 2
_MOST_INITIALS: Final = 8
_MOST_JOINED: Final = 3
_WORTH_SAYING: Final = 0.15
_WITH_LEGAL_FORM: Final = "particle"

Weigh = Callable[[str], float]


@dataclass(slots=True)
class Alignment:
    """What came of two names.

    `amounts` says how much of each feature of tables/features.yaml there is; `told` is the weight of what they share,
    `own` whether a word of no class is among it and not only places and trades; `apart` the words that only one has.
    """

    amounts: dict[str, float] = field(default_factory=dict)
    told: float = 0.0
    own: bool = False
    own_count: int = 0
    apart: tuple[str, ...] = ()


def align(left: Reading, right: Reading, weigh: Weigh, *, person: bool) -> Alignment:
    """Compare two readings of names word by word; the same comes out from either side."""
    if left.words == right.words:
        told = sum(map(weigh, left.words))
        return Alignment({}, told, any(map(_is_own, left.words)))
    first, second = sorted((left, right), key=lambda each: (each.words, each.whole))
    return _Aligner(first, second, weigh, person).run()


class _Aligner:
    """Pairs the words of two names step by step; each step takes what the ones before have left."""

    def __init__(self, left: Reading, right: Reading, weigh: Weigh, person: bool) -> None:
        self._weigh = weigh
        self._person = person
        self._readings = left, right
        self._left, self._right = list(left.words), list(right.words)
        self._found = Alignment()
        self._led = False

    def run(self) -> Alignment:
        """Take the steps in their order and put together what they found."""
        self._same()
        if self._left and self._right:
            self._respelled()
        if self._left and self._right:
            self._joined(self._left, self._right, True)
            self._joined(self._right, self._left, False)
            self._initials_joined(self._left, self._right, True)
            self._initials_joined(self._right, self._left, False)
        if self._left and self._right:
            self._nearest()
        self._apart()
        self._order()
        if not {"acronym", "consonants", "short_form"} & self._found.amounts.keys():
            letters = ["".join(sorted(filter(self._counts, reading.words))) for reading in self._readings]
            self._add("unlike", 1 - fuzz.ratio(letters[0], letters[1]) / 100)
        return self._found

    def _counts(self, word: str) -> bool:
        return self._person or class_weight(word) == 1

    def _add(self, key: str, amount: float) -> None:
        if amount > 0:
            amounts = self._found.amounts
            amounts[key] = amounts.get(key, 0.0) + amount

    def _take(self, left: Sequence[str], right: Sequence[str], alike: float, key: str = "", amount: float = 1.0) -> None:
        for word in left:
            self._left.remove(word)
        for word in right:
            self._right.remove(word)
        weight = (sum(map(self._weigh, left)) + sum(map(self._weigh, right))) / 2
        if key not in ("near", "like", "initials"):
            self._found.told += alike * weight
            self._found.own_count += any(map(_is_own, (*left, *right)))
            self._found.own = self._found.own or any(map(_is_own, (*left, *right)))
        elif key == "near":
            self._found.told += alike * weight / 2
            self._found.own_count += any(map(_is_own, (*left, *right)))
            self._found.own = self._found.own or any(map(_is_own, (*left, *right)))
        if key in ("near", "like") and min(map(class_weight, (*left, *right))) < 0.1:
            key, amount = "missing_particle", 0.1
        if key:
            self._add(key, amount * max(map(class_weight, (*left, *right))))

    def _same(self) -> None:
        for word in list(self._left):
            if word in self._right:
                self._take([word], [word], 1.0)

    def _respelled(self) -> None:
        """Pair words of one sound, spellings of one name, plurals, short forms, and consonants of vowelless scripts."""
        vowelless = any(reading.vowelless for reading in self._readings)
        steps: list[tuple[Callable[[str], str], str]] = [(_sound, "spelling"), (_plural, "plural")]
        if vowelless:
            steps.append((_consonants, "consonants"))
        for key_of, feature in steps:
            keys = {key: word for word in reversed(self._right) if (key := key_of(word))}
            for word in list(self._left):
                key = key_of(word)
                other = keys.pop(key, None) if key else None
                if other is None or other not in self._right:
                    continue
                if feature == "spelling" and OSA.normalized_similarity(word, other) < _SAME_WORD and one_spelling(word) != one_spelling(other):
                    self._take([word], [other], 0.8, "near", OSA.distance(word, other) / max(len(word), len(other)))
                else:
                    amount = 1.0 - OSA.normalized_similarity(word, other) if feature == "spelling" else 1.0
                    self._take([word], [other], 1.0 if feature != "consonants" else 0.8, feature, amount)
        if self._person:
            for word in list(self._left):
                for other in list(self._right):
                    if words_of.is_short_for(word, other):
                        self._take([word], [other], 0.5, "short_form")
                        break

    def _joined(self, parts: list[str], wholes: list[str], parts_left: bool) -> None:
        """Pair words that stand side by side with one word of the other name: good will is goodwill."""
        vowelless = any(reading.vowelless for reading in self._readings)
        for run in list(_runs(parts)):
            joined = "".join(run)
            for whole in wholes:
                if whole.isdigit():
                    continue
                feature = ""
                if joined == whole or phonetic(joined) == phonetic(whole):
                    alike, feature = 1.0, "spacing"
                elif vowelless and len(consonants(whole)) > 1 and consonants(joined) == consonants(whole):
                    alike, feature = 0.8, "consonants"
                elif joined[0] == whole[0] or joined[-1] == whole[-1]:
                    alike = OSA.normalized_similarity(joined, whole, score_cutoff=_LEAST_JOINED)
                    feature = "near" if alike else ""
                if feature and all(word in parts for word in run):
                    left, right = ([*run], [whole]) if parts_left else ([whole], [*run])
                    self._take(left, right, alike, feature, 1 - alike if feature == "near" else 1.0)
                    if feature != "near":
                        break
                    break

    def _initials_joined(self, shorts: list[str], longs: list[str], shorts_left: bool) -> None:
        """Pair a word with the words whose first letters it is made of: PLA, JC."""
        fewest = _FEWEST_INITIALS if self._person else 3
        for short in list(shorts):
            length = len(short)
            if not fewest <= length <= min(_MOST_INITIALS, len(longs)) or not short.isalpha():
                continue
            for first in range(len(longs) - length + 1):
                run = longs[first : first + length]
                if "".join(word[0] for word in run) == short:
                    left, right = ([short], run) if shorts_left else (run, [short])
                    self._take(left, right, 0.8, "acronym")
                    break
            else:
                chief = [word for word in longs if class_weight(word) > 0.05]
                if "".join(word[0] for word in chief) == short:
                    left, right = ([short], chief) if shorts_left else (chief, [short])
                    self._take(left, right, 0.8, "acronym")

    def _nearest(self) -> None:
        pairs = sorted(self._pairs(), key=lambda pair: (-pair[0], pair[1], pair[2]))
        for alike, left, right, feature, amount in pairs:
            if left in self._left and right in self._right:
                self._take([left], [right], alike, feature, amount)

    def _pairs(self) -> Iterator[tuple[float, str, str, str, float]]:
        for left in self._left:
            for right in self._right:
                if left.isdigit() or right.isdigit():
                    continue
                if self._person and (len(left) == 1 or len(right) == 1):
                    if left[0] == right[0]:
                        yield 0.6, left, right, "initials", 1.0
                elif (found := self._likeness(left, right)) is not None:
                    alike, feature = found
                    yield alike, left, right, feature, 1 - alike if feature == "near" else 1.0

    def _likeness(self, left: str, right: str) -> tuple[float, str] | None:
        classes = word_class(left), word_class(right)
        if classes[0].name != OWN and classes[1].name != OWN:
            return None
        shorter = min(len(left), len(right))
        if shorter < 2:
            return None
        alike = OSA.normalized_similarity(left, right, score_cutoff=LEAST_LIKE)
        if not alike:
            return None
        if self._person:
            one, other = words_of.without_shared_ending(left, right)
            if one != left:
                alike = min(alike, OSA.normalized_similarity(one, other))
        if OSA.distance(left, right) == 1 and shorter >= 3:
            return alike, "near" if alike >= LEAST_ALIKE else "near"
        if alike >= LEAST_ALIKE and shorter >= _SHORTEST_FUZZY:
            return alike, "near"
        if alike >= LEAST_LIKE:
            return alike, "like"
        return None

    def _apart(self) -> None:
        """Sum up the words that only one of the names has, by what they are."""
        if self._person:
            self._repeated()
        for side in (self._left, self._right):
            for word in list(side):
                if word_class(word).name in (OWN,) and self._is_misspelt_form(word):
                    side.remove(word)
        sums: list[dict[str, float]] = [{}, {}]
        for side, total in zip((self._left, self._right), sums, strict=True):
            for word in side:
                total_key = self._group(word)
                total[total_key] = total.get(total_key, 0.0) + (1.0 if total_key in ("own", "father") else class_weight(word))
        rest = [0.0, 0.0]
        for key in sorted({*sums[0], *sums[1]}):
            left, right = sums[0].get(key, 0.0), sums[1].get(key, 0.0)
            both = min(left, right)
            self._add(f"other_{key}", both)
            self._add(f"missing_{key}", max(left, right) - both)
            if key in ("own", "trade", "place", "business"):
                rest[0] += left - both
                rest[1] += right - both
        self._add("both_sides", min(rest))
        if self._person:
            for one, other in (sums, sums[::-1]):
                if one.get(LETTER) and other.get(OWN):
                    self._add("other_initial", 1.0)
        if not self._person:
            self._lead()
        self._found.apart = tuple(word for word in (*self._left, *self._right) if class_weight(word) >= _WORTH_SAYING)

    def _is_misspelt_form(self, word: str) -> bool:
        return not self._person and len(word) >= 5 and any(
            abs(len(form) - len(word)) <= 1 and OSA.distance(word, form, score_cutoff=1) <= 1 for form in words_of.long_form_words()
        )

    def _repeated(self) -> None:
        for side, reading in zip((self._left, self._right), self._readings, strict=True):
            for word in list(side):
                others = list(reading.words)
                others.remove(word)
                if any(word == other or one_spelling(word) == one_spelling(other) or phonetic(word) == phonetic(other) for other in others):
                    side.remove(word)
                    self._add("repeated", 1.0)

    def _group(self, word: str) -> str:
        if word.isdigit():
            return NUMBER
        if self._person:
            if len(word) == 1:
                return LETTER
            if words_of.is_father_name(word):
                return "father"
            name = word_class(word).name
            return name if name in ("particle", "title") else OWN
        return word_class(word).name

    def _lead(self) -> None:
        """Remark where the first word that tells something is not shared."""
        for side, reading in zip((self._left, self._right), self._readings, strict=True):
            first = next((word for word in reading.words if class_weight(word) == 1), None)
            if first is not None and first in side:
                self._add("other_lead", 1.0)

    def _order(self) -> None:
        left, right = self._readings
        if not self._person or left.comma or right.comma:
            return
        if len(left.words) == len(right.words) == 2 and left.words == right.words[::-1] and all(map(words_of.is_given_name, left.words)):
            self._add("swapped", 1.0)
        elif _son_and_father(left.words) and _son_and_father(left.words) == _son_and_father(right.words)[::-1]:
            self._add("swapped_father", 1.0)


def _son_and_father(words: Sequence[str]) -> tuple[str, ...]:
    for place in range(1, len(words) - 1):
        if words[place] in ("bin", "ben", "ibn") and words[place - 1] != words[place + 1]:
            return words[place - 1], words[place + 1]
    return ()


def _sound(word: str) -> str:
    if len(word) < _SHORTEST_SOUND or word.isdigit():
        return ""
    return phonetic(one_spelling(word))


def _plural(word: str) -> str:
    return stem(word) if word_class(word).name != OWN else ""


def _consonants(word: str) -> str:
    found = consonants(word)
    return found if len(found) >= _SHORTEST_CONSONANTS else ""


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield up to four words that stand side by side, the longest first."""
    for length in range(min(4, len(words)), 1, -1):
        for first in range(len(words) - length + 1):
            yield words[first : first + length]


def _is_own(word: str) -> bool:
    """Whether a word is of no class: somebody's own name, as far as is known."""
    return class_weight(word) == 1.0
