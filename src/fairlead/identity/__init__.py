"""How names and addresses are read, and how alike two of them are; what `resolve` and `screen` both rest on."""

from fairlead.identity.normalise import SplitName, fold, phonetic, split_legal_form

__all__ = ["SplitName", "fold", "phonetic", "split_legal_form"]
