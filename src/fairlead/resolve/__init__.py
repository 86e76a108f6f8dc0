"""Who is who: names as keys, candidates, comparison, rules, clusters; parties, sites and links."""

from fairlead.resolve.normalise import SplitName, fold, phonetic, split_legal_form

__all__ = ["SplitName", "fold", "phonetic", "split_legal_form"]
