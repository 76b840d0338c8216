"""Reads shared by two callers or more; they return frozen rows or loaded objects."""
