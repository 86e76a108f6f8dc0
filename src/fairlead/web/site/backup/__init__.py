"""Backup and restore: one archive with the database as of one moment, the files, and the hash of each."""
