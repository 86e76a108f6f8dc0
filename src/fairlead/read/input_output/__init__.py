"""Reads multi-regional input-output tables as their publishers give them; one file per format."""

from fairlead.read.input_output.formats import read_input_output

__all__ = ["read_input_output"]
