"""Imports: files of others and our own templates become rows of the market, each row or none."""
