"""The main job: from supplier lists to a report, as one function for the command line and the workbench."""

from fairlead.assess.pipeline import assess

__all__ = ["assess"]
