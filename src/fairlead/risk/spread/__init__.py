"""Risk that spreads along links: what stands behind a party, by which paths, and where what it makes goes."""
