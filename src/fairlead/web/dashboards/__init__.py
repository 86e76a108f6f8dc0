"""The overview: what is known and not known, where to look first, what is late, what workers got back."""
