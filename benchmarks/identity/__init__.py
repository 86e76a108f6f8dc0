"""Who is who, and who is on a list, beside the peers: `./run bench identity`."""

from benchmarks.identity.sections import main

__all__ = ["main"]
