"""The project's own labelled pairs of supplier names and facilities, and what makes them."""
