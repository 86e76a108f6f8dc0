"""How much a word says: rare words say much, words that half the list uses say little."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from fairlead.identity.normalise import phonetic
from fairlead.identity.tables import read_csv_table

#: A word of tables/generic_words.csv (trading, завод) begins with this weight, any other with 1.
GENERIC_WEIGHT: Final = 0.25
#: Up to so many records may share a word before it loses weight: a supplier is often written in several ways.
FREE_USES: Final = 5
#: The same as a share of all records, so that long lists are treated like short ones.
FREE_SHARE: Final = 0.002


def word_weights(lists_of_words: Iterable[Iterable[str]]) -> Mapping[str, float]:
    """Return the weight of every word: w = g / (1 + ln(max(1, n / (5 + 0.002 N)))), to three decimals.

    n is the number of records that use the word, N that of all records, g 0.25 for generic words, else 1.
    """
    uses: Counter[str] = Counter()
    records = 0
    for words in lists_of_words:
        uses.update(set(words))
        records += 1
    free = FREE_USES + FREE_SHARE * records
    generic = {phonetic(row["word"]) for row in read_csv_table("generic_words")}
    return {
        word: round((GENERIC_WEIGHT if word in generic else 1.0) / (1 + math.log(max(1.0, count / free))), 3)
        for word, count in uses.items()
    }
