"""What the API gives and takes, one file for each kind of record."""
