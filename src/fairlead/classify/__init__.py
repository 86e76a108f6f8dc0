"""What a supplier sells: a good and a sector, from codes where there are any, else from words."""

from fairlead.classify.classify import classify

__all__ = ["classify"]
