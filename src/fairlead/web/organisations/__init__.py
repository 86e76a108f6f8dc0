"""Organisations, who belongs to them in which role, and what each role may do."""
