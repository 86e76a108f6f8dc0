"""Makes the tables of the reference pack from the publishers' files: one module per publisher's file.

A builder takes the content of files as bytes and returns rows, and does nothing else; `./run build reference`
runs all of them on files kept in a folder, `fairlead reference update` runs one on what it has fetched.
"""

from fairlead.reference.builders.builder import Builder
from fairlead.reference.builders.registry import BUILDERS, builder_of

__all__ = ["BUILDERS", "Builder", "builder_of"]
