"""The languages of the reports: catalogues, and how each writes numbers, dates, countries and money."""

from fairlead.language.language import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language"]
