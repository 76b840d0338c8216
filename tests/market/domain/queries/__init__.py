"""Reads shared by several callers."""
