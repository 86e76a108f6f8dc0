"""Work that goes on in the background: what it is doing, how far it has come, and starting again after a crash."""
