"""Exposure in tiers that nobody has mapped, by input-output analysis."""
