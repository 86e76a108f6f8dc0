"""The pages of parties, one file for each kind of page."""
