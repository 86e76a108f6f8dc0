"""The chain: a picture that is walked tier by tier, a world map, the list of links."""
