"""What the figures leave open: why a goal is not reached, and the next idea to try. No figure stands here."""

from __future__ import annotations

from typing import Final

CHICAGO: Final = """\
**What is left.** Most of what is missed has two house numbers for one institution, or two institutions under
one label; most of what is joined against the labels has one name at one address. Different house numbers stay
with a person on purpose: two units of a factory side by side look just the same. *Next*: let a person say
once, for a whole list, that numbers of one block may be one site, and learn from judgements how far apart
they may be."""

OS_HUB: Final = """\
**What is left.** The set is small, and was picked because it is hard: a single pair moves F1 by about one
point. Out of fold, the weights are learned from the other pairs; as shipped, rules stand above them that
leave doubtful pairs to a person. *Next*: a table of districts and industrial zones, so that two ways to write
one place meet, and more labelled pairs."""

COMPANY_SCREENING: Final = """\
**What is left.** A wrong or missing letter in the one word that tells a name apart, in a name of which the
other words are common ones, keeps it from being looked at; n-grams of letters find such names. *Next*: an
index of n-grams for those names to which words lead nowhere."""

OWN_PAIRS: Final = """\
**What is left.** Names that differ in nothing but the legal form, and look-alike brands, come out as matches
more often than the labels say; translated names and romanised addresses are missed. *Next*: the legal form as
a stronger feature where both names have one, and a table of translated trade words for names of firms."""
