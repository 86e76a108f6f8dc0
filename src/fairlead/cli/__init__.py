"""The command line: a thin skin over the rooms, one file per command."""

from fairlead.cli.app import app, main

__all__ = ["app", "main"]
