"""Measurements beside peers and of whole commands; nothing here decides a test."""
