"""Who is who: names as keys, candidates, comparison, rules, clusters; parties, sites and links."""

from fairlead.resolve.normalise import SplitName, fold, phonetic, split_legal_form
from fairlead.resolve.resolve import Resolved, resolve

__all__ = ["Resolved", "SplitName", "fold", "phonetic", "resolve", "split_legal_form"]
