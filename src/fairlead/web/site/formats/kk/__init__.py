"""Kazakh, for which Django has no formats: without them dates and numbers are written as in the United States."""
