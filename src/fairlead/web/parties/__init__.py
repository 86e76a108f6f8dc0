"""Parties: suppliers, labour providers, owners; their sites and the links between them."""
