"""Supplier lists that people upload: their columns, a preview of what they would change, commit and undo."""
