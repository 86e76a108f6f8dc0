"""Lists: search, filters that show as removable words, sorting, saved views, export, counts."""
