"""Who did what, when: lines that are only added, each sealed with the hash of the one before."""
